/** A downgrade that does not lead back to the schema that the upgrade began with. */
import type { Action } from '../../alembic/simulation/action.ts';
import type { MigrationStep } from '../../alembic/simulation/steps.ts';
import type { DatabaseSchema, Table } from '../../schema/schema.ts';
import type { RevisionContext, Rule } from '../rule.ts';
import { shownTable } from '../shared/revisions/lock-report.ts';
import type { RevisionSubject } from '../shared/revisions/revision-subject.ts';

export const incompleteDowngrade: Rule = {
  id: 'incomplete-downgrade',
  category: 'migration',
  since: '0.1.0',
  severity: 'warning',
  preset: 'recommended',
  fix: null,
  documentation: {
    summary: 'The downgrade does not lead back to the schema before the upgrade',
    why: 'After `alembic downgrade` the version table names the revision before, while the schema is another one: tables or columns are left over, and the next upgrade fails on them, or they are missing for code of the version before.',
    instead:
      'Take back everything that the upgrade does, in reverse. `alembic upgrade +1`, `downgrade -1`, `upgrade +1` on an empty database shows whether it fits.',
    references: ['https://alembic.sqlalchemy.org/en/latest/tutorial.html#downgrading'],
  },
  examples: [
    {
      bad: 'def upgrade() -> None:\n    op.add_column("events", sa.Column("note", sa.Text()))\n    op.add_column("events", sa.Column("source", sa.Text()))\n\n\ndef downgrade() -> None:\n    op.drop_column("events", "note")',
      good: 'def upgrade() -> None:\n    op.add_column("events", sa.Column("note", sa.Text()))\n    op.add_column("events", sa.Column("source", sa.Text()))\n\n\ndef downgrade() -> None:\n    op.drop_column("events", "source")\n    op.drop_column("events", "note")',
    },
  ],
  check: { revision: checkRevision },
};

function checkRevision(subject: RevisionSubject, context: RevisionContext): void {
  const { downgrade } = subject.revision;
  const steps = [...subject.upgrade, ...subject.downgrade];
  // What is not followed may do what seems to be missing.
  if (!downgrade || subject.downgrade.length === 0 || steps.some(isUnsure)) return;
  const [before, restored] = differing(subject.before.tables, subject.restored.tables).map(namesOf);
  if (!before || !restored) return;
  const left = outermost([...restored].filter(name => !before.has(name)));
  const missing = outermost([...before].filter(name => !restored.has(name)));
  if (left.length === 0 && missing.length === 0) return;
  // Another branch makes it too: only one of the two runs, and the schema before is that of both.
  if (subject.upgrade.some(({ actions }) => actions.some(action => makesAgain(action, subject.before))))
    return;
  const parts = [
    ...(left.length > 0 ? [`${listed(left)} ${left.length === 1 ? 'is' : 'are'} left over`] : []),
    ...(missing.length > 0
      ? [`${listed(missing)} ${missing.length === 1 ? 'is' : 'are'} not brought back`]
      : []),
  ];
  const message = `After the downgrade ${parts.join(', and ')}: the next upgrade, or the code before, meets another schema than it expects`;
  context.report({ range: downgrade.nameRange, message });
}

function makesAgain(action: Action, { tables }: DatabaseSchema): boolean {
  if (action.kind !== 'create-table') return false;
  const name = shownTable(action.table);
  return tables.some(table => shownTable(table) === name);
}

/** Both lists without the same tables at their start and end: of thousands, a revision touches few. */
function differing(one: readonly Table[], other: readonly Table[]): readonly (readonly Table[])[] {
  const shorter = Math.min(one.length, other.length);
  let start = 0;
  while (start < shorter && one[start] === other[start]) start++;
  let end = 0;
  while (end < shorter - start && one.at(-1 - end) === other.at(-1 - end)) end++;
  return [one.slice(start, one.length - end), other.slice(start, other.length - end)];
}

function isUnsure({ operation, opaque }: MigrationStep): boolean {
  return opaque !== null || operation.kind === 'unknown' || !operation.certain;
}

/** Tables and their columns; constraints and indexes may go by names of PostgreSQL's choice. */
function namesOf(tables: readonly Table[]): ReadonlySet<string> {
  return new Set(
    tables.flatMap(table => {
      const name = shownTable(table);
      return [name, ...table.columns.map(column => `${name}\0${column.name}`)];
    }),
  );
}

/** Without the columns of tables that are named themselves. */
function outermost(names: readonly string[]): readonly string[] {
  const all = new Set(names);
  return names.filter(name => !name.includes('\0') || !all.has(name.slice(0, name.indexOf('\0'))));
}

function listed(names: readonly string[]): string {
  const shown = names.slice(0, 3).map(name => name.replace('\0', '.'));
  return names.length > 3 ? `${shown.join(', ')} and ${names.length - 3} more` : shown.join(', ');
}
