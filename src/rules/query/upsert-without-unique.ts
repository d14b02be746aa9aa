/** `on_conflict_do_update(index_elements=["name"], …)` where nothing makes `name` unique. */
import { literalPattern } from '../../base/literal-pattern.ts';
import { nearestName } from '../../base/suggest.ts';
import { keywordOf } from '../../python/argument-at.ts';
import type { Call, Expression } from '../../python/syntax.ts';
import type { Table } from '../../schema/schema.ts';
import type { Model } from '../../sqlalchemy/model.ts';
import type { FileContext, ReportedFix, Rule } from '../rule.ts';
import { writtenOut } from '../shared/code/bound-once.ts';
import { changeTo } from '../shared/code/change-fix.ts';
import { isRevision } from '../shared/code/deliberate-change.ts';
import { isListOrTuple } from '../shared/code/sequences.ts';

export const upsertWithoutUnique: Rule = {
  id: 'upsert-without-unique',
  category: 'query',
  since: '0.1.0',
  severity: 'error',
  preset: 'recommended',
  fix: 'review',
  documentation: {
    summary: 'An upsert names columns that no unique index has, or a constraint that does not exist',
    why: 'PostgreSQL finds conflicts by a unique index, so ON CONFLICT must name the columns of one, all of them and no others. Otherwise the statement fails when it runs, whatever the rows: `there is no unique or exclusion constraint matching the ON CONFLICT specification` (42P10).',
    instead:
      'Name the columns of a constraint that the table has, or add one to the model: `UniqueConstraint("name")`, `mapped_column(unique=True)`. A partial unique index needs its condition as `index_where`.',
    references: [
      'https://docs.sqlalchemy.org/en/20/dialects/postgresql.html#specifying-the-target',
      'https://www.postgresql.org/docs/current/sql-insert.html#SQL-ON-CONFLICT',
    ],
  },
  examples: [
    {
      bad: "from sqlalchemy.dialects import postgresql\n\nstmt = postgresql.insert(User).values(name='a', age=3).on_conflict_do_nothing(index_elements=['name'])",
      good: "from sqlalchemy.dialects import postgresql\n\nstmt = postgresql.insert(User).values(name='a', age=3).on_conflict_do_nothing(index_elements=['email'])",
    },
  ],
  check: { expressions: { call: checkCall } },
};

function checkCall(node: Call, context: FileContext): void {
  if (node.function.kind !== 'attribute' || !/^on_conflict_do_/.test(node.function.attribute.id)) return;
  const owner = context.facts.meaningOf(node.function.value);
  if (owner.kind !== 'statement' || owner.statement !== 'insert' || owner.target === null) return;
  const { table, incomplete } = owner.target;
  if (table === null || incomplete) return;
  const named = keywordOf(node, 'constraint')?.value;
  if (named) checkConstraint(named, table, context);
  const written = keywordOf(node, 'index_elements')?.value;
  const given = written && writtenOut(written, context);
  if (!written || !given || !isListOrTuple(given)) return;
  const columns = given.elements.map(each => columnOf(each, owner.target, context));
  const known = columns.filter(each => each !== null);
  if (known.length !== columns.length || known.length === 0 || hasUnique(table, known)) return;
  if (isMadeByRevision(table, known, context)) return;
  const names = known.join(', ');
  context.report({
    range: { start: written.start, end: written.end },
    message: `Nothing makes ${names} of ${table.name} unique: PostgreSQL refuses the statement, as no unique constraint matches ON CONFLICT`,
    fixes: fixesFor(written, table, known),
  });
}

/** `constraint="uq_users_email"`, which no other file speaks of: what a revision alone makes is not among the model's. */
function checkConstraint(named: Expression, table: Table, { file, project, report }: FileContext): void {
  if (named.kind !== 'string' || named.value === null || table.unread?.includes('uniques')) return;
  const name = named.value;
  const known = constraintNames(table);
  if (known.includes(name)) return;
  if (project.filesWith(new RegExp(literalPattern(name))).some(other => other.path !== file.path)) return;
  const near = nearestName(name, known);
  const sorted = known.toSorted((one, two) => Number(two === near) - Number(one === near));
  report({
    range: { start: named.start, end: named.end },
    message: `${table.name} has no constraint ${name}: PostgreSQL refuses the statement`,
    fixes: sorted.map(each => changeTo(named, JSON.stringify(each))),
  });
}

/** Without a name of their own PostgreSQL gives them one. */
function constraintNames({ name: table, primaryKey, uniques }: Table): readonly string[] {
  const key = primaryKey ? [primaryKey.name ?? `${table}_pkey`] : [];
  return [...key, ...uniques.map(({ name, columns }) => name ?? `${table}_${columns.join('_')}_key`)];
}

/** Name in the database; null for what is no plain column of the table. */
function columnOf(element: Expression, model: Model | null, { facts }: FileContext): string | null {
  const meaning = facts.meaningOf(element);
  if (meaning.kind === 'attribute' && meaning.attribute.kind === 'column') return meaning.attribute.column;
  const name =
    meaning.kind === 'sql' ? nameInTable(element) : meaning.kind === 'constant' ? meaning.value : null;
  return model?.table?.columns.some(each => each.name === name) ? String(name) : null;
}

/** `name` of `table.c.name`. */
function nameInTable(element: Expression): string | null {
  if (element.kind !== 'attribute' || element.value.kind !== 'attribute') return null;
  return /^(?:c|columns)$/.test(element.value.attribute.id) ? element.attribute.id : null;
}

/** The columns of constraints and indexes that hold for all rows, or that may: conditions are not compared. */
function uniqueSets({ primaryKey, uniques, indexes }: Table): readonly (readonly string[])[] {
  const keys = primaryKey ? [primaryKey, ...uniques] : uniques;
  const unique = indexes.filter(each => each.unique).map(each => each.elements.map(unquoted));
  return [...keys.map(key => key.columns), ...unique];
}

function unquoted(element: string): string {
  return element.replace(/^"(.*)"$/, '$1').replaceAll('""', '"');
}

function hasUnique(table: Table, columns: readonly string[]): boolean {
  return uniqueSets(table).some(
    set => set.length === columns.length && set.every(name => columns.includes(name)),
  );
}

/** Indexes that only a revision makes are not among the model's: one that speaks of all the columns may. */
function isMadeByRevision(table: Table, columns: readonly string[], { project }: FileContext): boolean {
  const made = /create_unique_constraint|create_index|UniqueConstraint|create\s+unique/i;
  return project
    .filesWith(made)
    .some(
      file =>
        isRevision(file) &&
        /unique/i.test(file.text) &&
        [table.name, ...columns].every(name => file.text.includes(name)),
    );
}

/** Each unique set of the table, the nearest to what was written first. */
function fixesFor(given: Expression, table: Table, columns: readonly string[]): readonly ReportedFix[] {
  const sets = [...new Set(uniqueSets(table).map(set => set.map(name => `"${name}"`).join(', ')))];
  const nearest = nearestName(columns.map(name => `"${name}"`).join(', '), sets);
  const sorted = sets.toSorted((one, two) => Number(two === nearest) - Number(one === nearest));
  return sorted.map(list => changeTo(given, `[${list}]`));
}
