/**
 * Of the differences between revisions and something else, those that are sure: what an operation that is not followed
 * may have done already, and what was there before the first revision, are told as doubts.
 */
import type { MigrationEnvironment } from '../../alembic/environment/environment.ts';
import type { ObjectFilter } from '../../alembic/environment/object-filter.ts';
import type { SimulatedRevision } from '../../alembic/simulation/simulate.ts';
import type { DatabaseSchema, Index } from '../../schema/schema.ts';
import { isSameName, type SchemaChange, type TableName } from '../../schema/schema-change.ts';
import type { FilterAnswer } from '../../workspace/migrations/filter-answer.ts';
import { decidesOn, includes } from './filtered-changes.ts';
import { unfollowedChanges } from './unfollowed-changes.ts';

export interface CertainChanges {
  readonly changes: readonly SchemaChange[];
  readonly doubts: readonly string[];
}

type Reason = readonly [isDoubtful: (change: SchemaChange) => boolean, reason: string];

export interface ComparedSides {
  readonly revisions: readonly SimulatedRevision[];
  readonly environment: MigrationEnvironment;
  /** What there should be. */
  readonly after: DatabaseSchema;
  /** The environment is for SQLite or another database than PostgreSQL. */
  readonly isForeign: boolean;
  readonly answer: FilterAnswer;
  /** Some code of the project makes classes whose tables are named when it runs. */
  readonly makesTables: boolean;
}

export function certainChanges(changes: readonly SchemaChange[], sides: ComparedSides): CertainChanges {
  const { revisions, environment, after, makesTables, isForeign } = sides;
  const tables = [...after.tables, ...(revisions.at(-1)?.after.tables ?? [])];
  const unsure = unfollowedChanges(
    revisions.flatMap(({ opaque }) => opaque),
    new Set(tables.map(({ name }) => name)),
  );
  const later = beginsLater(revisions) || buildsLittle(revisions, after);
  const filtered = (environment.script?.filters ?? []).flatMap(filter => filterReasons(filter, sides));
  const reasons: readonly Reason[] = [
    [
      change =>
        change.kind === 'create-table' && unsure.relations.some(each => isSameName(each, change.table)),
      'a revision makes a view or a table of that name from a query',
    ],
    [
      change => unsure.mayHaveDone(change),
      'operations of revisions that are not followed may have done that',
    ],
    [
      change => later && isCreation(change),
      'revisions change tables that no revision creates, so that what was there before them is not known',
    ],
    [
      change => isForeign && change.kind === 'alter-column' && change.aspects.includes('type'),
      'types are compared as PostgreSQL has them, and the environment is for another database',
    ],
    [
      change => isForeign && 'index' in change && isOfPostgres(change.index),
      'the environment is for another database, and these indexes are for PostgreSQL',
    ],
    [
      change => makesTables && change.kind === 'drop-table',
      'code of the project makes classes whose tables are named when it runs',
    ],
    [
      change => !comparesDefaults(environment) && onlyDropsDefault(change),
      'only the revisions have a default, and compare_server_default is off in env.py',
    ],
    ...filtered,
  ];
  return reasons.reduce<CertainChanges>(
    ({ changes: left, doubts }, [isDoubtful, reason]) => {
      const kept = left.filter(change => !isDoubtful(change));
      const count = left.length - kept.length;
      const doubt = `${count} ${count === 1 ? 'difference is' : 'differences are'} left out: ${reason}`;
      return { changes: kept, doubts: count === 0 ? doubts : [...doubts, doubt] };
    },
    {
      changes: changes.map(change => (comparesDefaults(environment) ? change : withoutOldDefault(change))),
      doubts: [],
    },
  );
}

/** Where env.py itself tells what the filter answers, and where only running it would. */
function filterReasons(filter: ObjectFilter, { after, answer }: ComparedSides): readonly Reason[] {
  const verdict = (change: SchemaChange) => {
    const isModelled =
      'table' in change && after.tables.some(table => isSameName(table, change.table as TableName));
    return includes(filter, change, { answer, isModelled });
  };
  return [
    [change => verdict(change) === false, `${filter.option} in env.py leaves them out`],
    [
      change => verdict(change) === null && decidesOn(filter, change, answer),
      `${filter.option} in env.py decides`,
    ],
  ];
}

/** Operator classes, methods and conditions, which SQLAlchemy takes for PostgreSQL alone. */
function isOfPostgres({ elements, method, where }: Index): boolean {
  return method !== null || where !== null || elements.some(element => /_ops\b/.test(element));
}

/** Most tables are not built by the revisions, and something in these is not followed: they go on from another beginning. */
function buildsLittle(revisions: readonly SimulatedRevision[], { tables }: DatabaseSchema): boolean {
  const built = new Set(revisions.at(-1)?.after.tables.map(keyOf));
  const missing = tables.filter(table => !built.has(keyOf(table)));
  return 2 * missing.length > tables.length && revisions.some(({ opaque }) => opaque.length > 0);
}

/** Whether an operation is about a table that no revision has made by then or later. */
function beginsLater(revisions: readonly SimulatedRevision[]): boolean {
  const known = new Set(revisions.flatMap(({ after }) => after.tables.map(keyOf)));
  return revisions.some(({ opaque }) =>
    opaque.some(({ operation }) => {
      if (!('table' in operation) || operation.table === null || typeof operation.table === 'string')
        return false;
      return operation.kind !== 'drop-table' && !known.has(keyOf(operation.table));
    }),
  );
}

function keyOf({ schema, name }: TableName): string {
  return `${schema ?? 'public'}.${name}`;
}

function isCreation(change: SchemaChange): boolean {
  return (
    change.kind === 'create-table' ||
    change.kind === 'create-enum' ||
    change.kind === 'create-sequence' ||
    change.kind === 'create-constraint'
  );
}

function comparesDefaults({ script }: MigrationEnvironment): boolean {
  return script?.options.get('compare_server_default')?.on ?? false;
}

/** Beside other aspects, a default that only the revisions have is not worth a word. */
function withoutOldDefault(change: SchemaChange): SchemaChange {
  if (change.kind !== 'alter-column' || change.after.default !== null || change.aspects.length === 1)
    return change;
  return { ...change, aspects: change.aspects.filter(aspect => aspect !== 'default') };
}

/** As with a default that only the rows of that time needed. */
function onlyDropsDefault(change: SchemaChange): boolean {
  return (
    change.kind === 'alter-column' &&
    change.aspects.length === 1 &&
    change.aspects[0] === 'default' &&
    change.after.default === null
  );
}
