/** A revision names a table or column that the schema does not have when it runs. */

import type { TableName } from '../../alembic/directives/operation.ts';
import { type Action, tableOfAction } from '../../alembic/simulation/action.ts';
import { findTable } from '../../alembic/simulation/schema-change.ts';
import type { MigrationStep } from '../../alembic/simulation/steps.ts';
import { nearestName } from '../../base/suggest.ts';
import type { Table } from '../../schema/schema.ts';
import { isSameName } from '../../schema/schema-change.ts';
import type { RevisionContext, Rule } from '../rule.ts';
import { shownTable } from '../shared/revisions/lock-report.ts';
import type { RevisionSubject } from '../shared/revisions/revision-subject.ts';

export const unknownNameInRevision: Rule = {
  id: 'unknown-name-in-revision',
  category: 'migration',
  since: '0.1.0',
  severity: 'error',
  preset: 'recommended',
  fix: null,
  documentation: {
    summary: 'A revision changes a table or column that is not there when it runs',
    why: 'Each revision runs on what those before it have built, which is not what the models say today. A misspelt name, or one that was renamed or dropped further up, raises `UndefinedTable` or `UndefinedColumn`, and the upgrade stops there.',
    instead: 'Use the name that the schema has at this revision.',
    references: ['https://www.postgresql.org/docs/current/errcodes-appendix.html'],
  },
  examples: [
    {
      bad: "op.execute(\"UPDATE event SET kind = 'none' WHERE kind = ''\")",
      good: "op.execute(\"UPDATE events SET kind = 'none' WHERE kind = ''\")",
    },
  ],
  check: { revision: checkRevision },
};

function checkRevision(revision: RevisionSubject, context: RevisionContext): void {
  if (!revision.isBeforeCertain || revision.dialect === 'other') return;
  // After a step that could not be followed, anything may be there.
  if (checkSteps(revision.upgrade, context)) checkSteps(revision.downgrade, context);
}

/** False where the schema after them is not certain. */
function checkSteps(steps: readonly MigrationStep[], context: RevisionContext): boolean {
  const gone: TableName[] = [];
  for (const step of steps) {
    if (step.operation.certain)
      for (const action of step.actions) checkAction(action, step, { gone, context });
    if (step.opaque !== null || step.operation.kind === 'unknown' || !step.operation.certain) return false;
    for (const action of step.actions)
      if (action.kind === 'drop-table' || action.kind === 'rename-table') gone.push(action.table);
  }
  return true;
}

interface Progress {
  /** Tables that earlier steps dropped or renamed. */
  readonly gone: readonly TableName[];
  readonly context: RevisionContext;
}

function checkAction(action: Action, step: MigrationStep, { gone, context }: Progress): void {
  const name = changes.has(action.kind) ? tableOfAction(action) : null;
  if (name === null || ('ifExists' in action && action.ifExists)) return;
  const table = findTable(step.before, name);
  if (table === undefined) {
    const isGone = gone.some(each => isSameName(each, name));
    const nearest = isGone ? undefined : nearestTable(name, step);
    // What no revision makes may be another tool's.
    if (!isGone && nearest === undefined) return;
    const hint = nearest ? `; did you mean ${nearest}?` : ' any more: the upgrade stops with UndefinedTable';
    context.report({
      range: step.range,
      message: `No table ${shownTable(name)} is there at this revision${hint}`,
    });
    return;
  }
  for (const column of columnsOf(action)) checkColumn(column, table, step, context);
}

/** Actions that fail where the table is not there. */
const changes: ReadonlySet<Action['kind']> = new Set<Action['kind']>([
  'add-column',
  'drop-column',
  'rename-column',
  'rename-table',
  'drop-table',
  'set-type',
  'set-not-null',
  'drop-not-null',
  'set-default',
  'create-index',
  'add-foreign-key',
  'add-check',
  'add-unique',
  'add-primary-key',
  'update',
  'insert',
  'delete',
]);

function nearestTable({ schema, name }: TableName, { before }: MigrationStep): string | undefined {
  const beside = before.tables.filter(each => (each.schema ?? 'public') === (schema ?? 'public'));
  return nearestName(
    name,
    beside.map(each => each.name),
  );
}

function columnsOf(action: Action): readonly string[] {
  switch (action.kind) {
    case 'drop-column':
    case 'rename-column':
    case 'set-type':
    case 'set-not-null':
    case 'drop-not-null':
    case 'set-default':
      return [action.column];
    case 'update':
    case 'insert':
      return action.columns;
    default:
      return [];
  }
}

/** As of tables: what no revision makes may be another tool's, and is told only where a near name speaks against it. */
function checkColumn(column: string, table: Table, step: MigrationStep, context: RevisionContext): void {
  const names = table.columns.map(({ name }) => name);
  const nearest = names.includes(column) ? undefined : nearestName(column, names);
  if (nearest === undefined) return;
  context.report({
    range: step.range,
    message: `Table ${table.name} has no column ${column} at this revision; did you mean ${nearest}?`,
  });
}
