/** Autogenerate sees a rename as one column gone and another one come: its values are lost. */
import type { ActionKind, ActionOf } from '../../alembic/simulation/action.ts';
import { findTable } from '../../alembic/simulation/schema-change.ts';
import type { MigrationStep } from '../../alembic/simulation/steps.ts';
import type { TextRange } from '../../base/range.ts';
import { nearestName } from '../../base/suggest.ts';
import type { Table } from '../../schema/schema.ts';
import { isSameName } from '../../schema/schema-change.ts';
import type { Report, ReportedFix, RevisionContext, Rule } from '../rule.ts';
import { shownTable } from '../shared/revisions/lock-report.ts';
import { isNewTable } from '../shared/revisions/new-table.ts';
import { usesOrmSession } from '../shared/revisions/orm-in-revision.ts';
import {
  pythonString,
  removeStatement,
  replaceStatement,
  statementOf,
} from '../shared/revisions/revision-edits.ts';
import type { RevisionSubject } from '../shared/revisions/revision-subject.ts';
import { typeChangeFact } from '../shared/revisions/type-change.ts';

export const renameAsDropAndAdd: Rule = {
  id: 'rename-as-drop-and-add',
  category: 'migration',
  since: '0.1.0',
  severity: 'error',
  preset: 'recommended',
  fix: 'review',
  documentation: {
    summary: 'What looks like a rename drops the old column and adds an empty one',
    why: 'Autogenerate compares names: a column or table that was renamed in the model is dropped under the old name and created under the new one. The upgrade runs without an error, and all values are gone.',
    instead: '`op.alter_column(table, old, new_column_name=new)` or `op.rename_table(old, new)` keep them.',
    references: [
      'https://alembic.sqlalchemy.org/en/latest/autogenerate.html#what-does-autogenerate-detect-and-what-does-it-not-detect',
    ],
  },
  examples: [
    {
      bad: 'op.add_column("events", sa.Column("event_kind", sa.String(20)))\nop.drop_column("events", "kind")',
      good: '# dbpatterns: ignore[rename-column] nobody else knows the column\nop.alter_column("events", "kind", new_column_name="event_kind")',
    },
  ],
  check: { revision: checkRevision },
};

function checkRevision(revision: RevisionSubject, context: RevisionContext): void {
  // Rows that are moved in between are kept: then it is no rename.
  if (revision.upgrade.some(movesRows) || usesOrmSession(context)) return;
  const columns = actionsOf(revision, 'drop-column').filter(({ step }) => step.operation.certain);
  for (const drop of columns) {
    const added = addedFor(drop, revision);
    if (added) context.report(columnReport(drop, added, context));
  }
  for (const drop of actionsOf(revision, 'drop-table')) {
    const created = createdFor(drop, revision);
    if (created) context.report(tableReport(drop, created, context));
  }
}

interface Found<Kind extends ActionKind> {
  readonly action: ActionOf<Kind>;
  readonly step: MigrationStep;
}

function actionsOf<Kind extends ActionKind>(
  { upgrade }: RevisionSubject,
  kind: Kind,
): readonly Found<Kind>[] {
  return upgrade.flatMap(step =>
    step.actions.flatMap(action =>
      action.kind === kind ? [{ action: action as ActionOf<Kind>, step }] : [],
    ),
  );
}

function movesRows({ actions, operation }: MigrationStep): boolean {
  if (operation.kind === 'unknown') return true;
  return actions.some(({ kind }) => kind === 'update' || kind === 'insert' || kind === 'select');
}

/** The one new column of the table that has the type, and a name that says the same. */
function addedFor(drop: Found<'drop-column'>, revision: RevisionSubject): Found<'add-column'> | null {
  const { table, column } = drop.action;
  const old = findTable(revision.before, table)?.columns.find(each => each.name === column);
  // A table that was emptied has nothing to lose.
  if (!old || isNewTable(table, drop.step, revision)) return null;
  const candidates = actionsOf(revision, 'add-column').filter(
    ({ action }) => isSameName(action.table, table) && isSameType(action.column.type, old.type),
  );
  const near = candidates.filter(
    ({ action }) => isNear(action.column.name, column) && !takesPlace(action, column, revision),
  );
  const [only] = near;
  return only && near.length === 1 && !gathers(only.action, drop, revision) ? only : null;
}

/** Several columns are dropped for the one: what they said is put together, or made anew. */
function gathers(
  { table, column }: ActionOf<'add-column'>,
  drop: Found<'drop-column'>,
  revision: RevisionSubject,
): boolean {
  return actionsOf(revision, 'drop-column').some(
    ({ action }) =>
      action !== drop.action && isSameName(action.table, table) && isNear(action.column, column.name),
  );
}

/** The new column is renamed to the old name: it was made to take its place. */
function takesPlace({ column }: ActionOf<'add-column'>, old: string, revision: RevisionSubject): boolean {
  return actionsOf(revision, 'rename-column').some(
    ({ action }) => action.column === column.name && action.newName === old,
  );
}

function isSameType(a: string, b: string): boolean {
  return a.toUpperCase() === b.toUpperCase() || typeChangeFact(b, a) === 'changeTypeInPlace';
}

/**
 * A third of their words in common, or a few letters apart. Words that many columns share say nothing; the same name is
 * no other.
 */
function isNear(a: string, b: string): boolean {
  if (a === b) return false;
  if (nearestName(a, [b]) !== undefined) return true;
  const words = new Set(wordsOf(a));
  const common = wordsOf(b).filter(word => words.has(word)).length;
  return common > 0 && 3 * common >= Math.max(words.size, wordsOf(b).length);
}

const plainWords: ReadonlySet<string> = new Set([
  'id',
  'is',
  'at',
  'on',
  'by',
  'to',
  'of',
  'has',
  'date',
  'time',
  'count',
  'total',
]);

function wordsOf(name: string): readonly string[] {
  return name
    .toLowerCase()
    .split('_')
    .filter(word => word.length > 2 && !plainWords.has(word));
}

/** A new table with exactly the columns of the one that goes. */
function createdFor(drop: Found<'drop-table'>, revision: RevisionSubject): Found<'create-table'> | null {
  const old = findTable(revision.before, drop.action.table);
  if (!old || old.columns.length < 2) return null;
  const names = columnNames(old);
  const same = actionsOf(revision, 'create-table').filter(
    ({ action }) => columnNames(action.definition) === names && action.table.name !== drop.action.table.name,
  );
  return same.length === 1 ? (same[0] ?? null) : null;
}

function columnNames({ columns }: Table): string {
  return columns
    .map(column => column.name)
    .sort()
    .join();
}

function columnReport(
  drop: Found<'drop-column'>,
  added: Found<'add-column'>,
  { file }: RevisionContext,
): Report {
  const { table, column } = drop.action;
  const name = added.action.column.name;
  const [old, now] = [statementOf(drop.step, file.module), statementOf(added.step, file.module)];
  const schema = table.schema === null ? '' : `, schema=${pythonString(table.schema)}`;
  const line = `op.alter_column(${pythonString(table.name)}, ${pythonString(column)}, new_column_name=${pythonString(name)}${schema})`;
  return {
    range: drop.step.range,
    message: `${shownTable(table)}.${column} is dropped and ${name} of the same type added: if that is a rename, every value is lost`,
    fixes: renameFixes(old, now, line, file.text),
  };
}

function tableReport(
  drop: Found<'drop-table'>,
  created: Found<'create-table'>,
  { file }: RevisionContext,
): Report {
  const { schema, name } = drop.action.table;
  const newName = created.action.table.name;
  const [old, now] = [statementOf(drop.step, file.module), statementOf(created.step, file.module)];
  const place = schema === null ? '' : `, schema=${pythonString(schema)}`;
  const line = `op.rename_table(${pythonString(name)}, ${pythonString(newName)}${place})`;
  return {
    range: drop.step.range,
    message: `${shownTable(drop.action.table)} is dropped and ${newName} with the same columns created: if that is a rename, every row is lost`,
    fixes: renameFixes(old, now, line, file.text),
  };
}

function renameFixes(
  old: TextRange | null,
  now: TextRange | null,
  line: string,
  text: string,
): readonly ReportedFix[] {
  if (!old || !now) return [];
  return [{ title: 'Rename it', edits: [replaceStatement(now, [line], text), removeStatement(old, text)] }];
}
