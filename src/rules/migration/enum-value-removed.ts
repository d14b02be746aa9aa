/** An enum type is made anew with fewer values: rows that hold one of them stop the upgrade. */

import type { MigrationStep } from '../../alembic/simulation/steps.ts';
import { isSameName } from '../../schema/schema-change.ts';
import type { RevisionContext, Rule } from '../rule.ts';
import type { ActionSubject } from '../shared/revisions/revision-subject.ts';

export const enumValueRemoved: Rule = {
  id: 'enum-value-removed',
  category: 'migration',
  since: '0.1.0',
  severity: 'warning',
  preset: 'recommended',
  fix: null,
  documentation: {
    summary: 'An enum type loses values that rows may hold',
    why: 'PostgreSQL cannot drop a value of an enum. Making the type anew without it fails on the first row that holds it (22P02), and code that still writes it fails afterwards.',
    instead:
      'First let a version of the code go out that does not write the value, and give the rows another one in the same revision, before the column changes its type.',
    references: ['https://www.postgresql.org/docs/current/datatype-enum.html'],
  },
  examples: [
    {
      bad: `op.execute("ALTER TYPE state RENAME TO state_old")\nop.execute("CREATE TYPE state AS ENUM ('draft')")`,
      good: `op.execute("ALTER TYPE state RENAME TO state_old")\nop.execute("CREATE TYPE state AS ENUM ('draft', 'published', 'archived')")`,
    },
  ],
  check: { actions: { 'create-enum': checkType } },
};

function checkType({ action, step, revision }: ActionSubject<'create-enum'>, context: RevisionContext): void {
  const old = revision.before.enums.find(each => isSameName(each, action.type));
  const lost = (old?.values ?? []).filter(value => !action.type.values.includes(value));
  if (lost.length === 0 || action.type.values.length === 0 || revision.upgrade.some(movesRows)) return;
  const values = lost.map(value => `'${value}'`).join(', ');
  context.report({
    range: step.range,
    message: `${action.type.name} loses ${values}: a row that holds ${lost.length === 1 ? 'it' : 'one of them'} stops the upgrade (22P02)`,
  });
}

/** Rows that get another value, or a USING that says which. */
function movesRows({ actions, statement, operation }: MigrationStep): boolean {
  if (operation.kind === 'unknown' || operation.kind === 'execute-expression') return true;
  if (actions.some(({ kind }) => kind === 'update' || kind === 'delete')) return true;
  return /\busing\b[^;]*\b(?:case|replace)\b/i.test(statement?.sql ?? '');
}
