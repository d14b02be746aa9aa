/**
 * The schema that a revision's statement runs on: what the revisions before it build, and the operations before it in its
 * own function. Today's schema says nothing of it where that has moved on.
 */
import type { RevisionGraph } from '../../alembic/graph/graph.ts';
import type { MigrationStep } from '../../alembic/simulation/steps.ts';
import { literalPattern } from '../../base/literal-pattern.ts';
import { contains, sliceOf, type TextRange } from '../../base/range.ts';
import type { OtherTime } from '../../database/judge.ts';
import type { RevisionSubject } from '../../rules/shared/revisions/revision-subject.ts';
import { renderStatements } from '../../schema/ddl.ts';
import { type DatabaseSchema, emptySchema } from '../../schema/schema.ts';
import { isSameName, type TableName } from '../../schema/schema-change.ts';
import { namedRelations } from '../../sql/named-relations.ts';
import type { SqlParser } from '../../sql/parser.ts';
import type { SourceFile } from '../../sqlalchemy/project.ts';
import type { StatementFact } from '../../sqlalchemy/statement.ts';

export interface StatementTime {
  readonly schema: DatabaseSchema;
  /** Whether that is surely the one: everything before it is followed and runs, and the statement runs only once. */
  readonly certain: boolean;
}

/** `position`: which of the statements in its text. Null where it is not known when the revision runs it. */
export function statementTime(
  subjects: readonly RevisionSubject[],
  file: SourceFile,
  statement: StatementFact,
  position: number,
): StatementTime | null {
  for (const subject of subjects) {
    const ways = [subject.upgrade, subject.downgrade];
    const [first, ...others] = ways.flatMap(way => callsOf(way, statement));
    const step = first?.[position] ?? first?.[0];
    if (step !== undefined)
      return { schema: step.before, certain: others.length === 0 && isCertain(subject, step) };
  }
  const [subject] = subjects;
  const schema = subject && schemaByPlace(subject, file, statement.location.range);
  return schema ? { schema, certain: false } : null;
}

/**
 * What a session sends is no operation: where the code stands among the operations tells the schema that it runs on, as
 * long as the function runs from its top to its end.
 */
function schemaByPlace(subject: RevisionSubject, file: SourceFile, range: TextRange): DatabaseSchema | null {
  const { upgrade, downgrade, before, after } = subject;
  const ways = [
    { name: 'upgrade', steps: upgrade, start: before },
    { name: 'downgrade', steps: downgrade, start: after },
  ];
  for (const { name, steps, start } of ways) {
    const place = placeIn(file, name, range);
    if (place === null) continue;
    return steps.findLast(({ operation }) => operation.call.end <= place)?.after ?? start;
  }
  return null;
}

/** Offset in the function at which it comes to the range, in itself or through helpers of the file; null where it does not. */
function placeIn({ module, text }: SourceFile, name: string, range: TextRange): number | null {
  const definitions = module.body.flatMap(each =>
    each.kind === 'function' || each.kind === 'class' ? [each] : [],
  );
  const main = definitions.find(each => each.name.id === name);
  if (main === undefined) return null;
  if (contains(main, range)) return range.start;
  const reached = new Map([[main, main.start]]);
  for (const [definition, place] of reached) {
    const own = sliceOf(text, definition);
    for (const other of definitions) {
      if (reached.has(other)) continue;
      const mention = own.search(new RegExp(`\\b${literalPattern(other.name.id)}\\b`));
      if (mention >= 0) reached.set(other, definition === main ? main.start + mention : place);
    }
  }
  const holder = definitions.find(each => contains(each, range));
  return (holder && reached.get(holder)) ?? null;
}

/** The steps of each operation that sends the statement: one for each statement that its text holds. */
function callsOf(
  steps: readonly MigrationStep[],
  { location, raw }: StatementFact,
): readonly (readonly MigrationStep[])[] {
  const places = [location, ...raw.flatMap(({ executions }) => executions.map(each => each.location))];
  const sending = steps.filter(({ operation }) =>
    places.some(({ range }) => contains(operation.call, range) || contains(range, operation.call)),
  );
  const operations = new Set(sending.map(({ operation }) => operation));
  return [...operations].map(operation => sending.filter(step => step.operation === operation));
}

function isCertain(subject: RevisionSubject, step: MigrationStep): boolean {
  const { upgrade, downgrade, environment, isBeforeCertain, dialect } = subject;
  const before = upgrade.includes(step)
    ? upgrade.slice(0, upgrade.indexOf(step))
    : [...upgrade, ...downgrade.slice(0, downgrade.indexOf(step))];
  return (
    isBeforeCertain &&
    dialect !== 'other' &&
    dialect !== 'sqlite' &&
    isLinear(environment.graph) &&
    before.every(
      ({ opaque, operation }) => opaque === null && operation.certain && operation.kind !== 'unknown',
    )
  );
}

/** Of two branches it is not known which one runs first. */
function isLinear({ nodes, heads, problems }: RevisionGraph): boolean {
  return heads.length === 1 && problems.length === 0 && nodes.every(({ down }) => down.length < 2);
}

/** That schema, as far as the SQL has to do with it; null where the SQL cannot be read. */
export function otherTime({ schema }: StatementTime, sql: string, parser: SqlParser): OtherTime | null {
  const parsed = parser.parse(sql);
  if (parsed.kind === 'syntax-error') return null;
  const named: readonly TableName[] = parsed.statements.flatMap(({ node }) => namedRelations(node));
  const tables = schema.tables.filter(table => named.some(each => isSameName(table, each)));
  const written = [sql, ...renderStatements({ ...emptySchema, tables }).map(statement => statement.sql)].join(
    '\n',
  );
  const isNamed = ({ name }: TableName) => written.includes(name);
  const enums = schema.enums.filter(isNamed);
  const statements = renderStatements({
    ...emptySchema,
    enums,
    sequences: schema.sequences.filter(isNamed),
    tables,
  });
  return {
    tables: named,
    types: enums.map(({ schema: owner, name }) => ({ schema: owner, name })),
    statements: statements.filter(({ refersTo }) => refersTo === null),
  };
}

/** Whether all columns of the tables that the SQL names could be read. */
export function isReadWhole({ schema }: StatementTime, { tables }: OtherTime): boolean {
  return tables.every(name => {
    const table = schema.tables.find(each => isSameName(each, name));
    return table !== undefined && table.unread === undefined;
  });
}
