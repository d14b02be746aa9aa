/**
 * Of the differences between revisions and something else, those that are sure: what an operation that is not followed
 * may have done already, and what was there before the first revision, are told as doubts.
 */
import type { MigrationEnvironment } from '../alembic/environment.ts';
import type { SimulatedRevision } from '../alembic/simulate.ts';
import type { DatabaseSchema } from '../schema/schema.ts';
import type { SchemaChange, TableName } from '../schema/schema-change.ts';

export interface CertainChanges {
  readonly changes: readonly SchemaChange[];
  readonly doubts: readonly string[];
}

export interface ComparedSides {
  readonly revisions: readonly SimulatedRevision[];
  readonly environment: MigrationEnvironment;
  /** What there should be. */
  readonly after: DatabaseSchema;
  /** The environment is for SQLite or another database than PostgreSQL. */
  readonly isForeign: boolean;
  /** Some code of the project makes classes whose tables are named when it runs. */
  readonly makesTables: boolean;
}

export function certainChanges(changes: readonly SchemaChange[], sides: ComparedSides): CertainChanges {
  const { revisions, environment, after, makesTables, isForeign } = sides;
  const unsure = unfollowed(revisions);
  const later = beginsLater(revisions) || buildsLittle(revisions, after);
  const reasons: readonly (readonly [(change: SchemaChange) => boolean, string])[] = [
    [change => unsure.has(change.kind), 'operations of their kind are not followed in a revision'],
    [
      change => later && isCreation(change),
      'revisions change tables that no revision creates, so that what was there before them is not known',
    ],
    [
      change => isForeign && change.kind === 'alter-column' && change.aspects.includes('type'),
      'types are compared as PostgreSQL has them, and the environment is for another database',
    ],
    [
      change => makesTables && change.kind === 'drop-table',
      'code of the project makes classes whose tables are named when it runs',
    ],
    [
      change => !comparesDefaults(environment) && onlyDropsDefault(change),
      'only the revisions have a default, and compare_server_default is off in env.py',
    ],
  ];
  return reasons.reduce<CertainChanges>(
    ({ changes: left, doubts }, [isDoubtful, reason]) => {
      const kept = left.filter(change => !isDoubtful(change));
      const count = left.length - kept.length;
      const doubt = `${count} ${count === 1 ? 'difference is' : 'differences are'} left out: ${reason}`;
      return { changes: kept, doubts: count === 0 ? doubts : [...doubts, doubt] };
    },
    { changes, doubts: [] },
  );
}

/** What a directive with computed arguments may have done, by the directive's name. */
const outcomes: Readonly<Record<string, SchemaChange['kind']>> = {
  create_table: 'create-table',
  drop_table: 'drop-table',
  add_column: 'add-column',
  drop_column: 'drop-column',
  alter_column: 'alter-column',
  create_index: 'create-index',
  drop_index: 'drop-index',
  create_unique_constraint: 'create-constraint',
  create_foreign_key: 'create-constraint',
  create_check_constraint: 'create-constraint',
  create_primary_key: 'create-constraint',
  drop_constraint: 'drop-constraint',
  // Of the package alembic-postgresql-enum.
  sync_enum_values: 'alter-enum',
};

function unfollowed(revisions: readonly SimulatedRevision[]): ReadonlySet<SchemaChange['kind']> {
  const reasons = revisions.flatMap(({ opaque }) => opaque.map(({ reason }) => reason));
  return new Set(
    reasons.flatMap(reason => {
      const directive = /^The arguments of (\w+) are computed|^(\w+) is no directive/.exec(reason);
      return outcomes[directive?.[1] ?? directive?.[2] ?? ''] ?? [];
    }),
  );
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
    change.kind === 'create-table' || change.kind === 'create-enum' || change.kind === 'create-constraint'
  );
}

function comparesDefaults({ script }: MigrationEnvironment): boolean {
  return script?.options.get('compare_server_default')?.on ?? false;
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
