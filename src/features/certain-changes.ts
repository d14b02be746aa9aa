/**
 * Of the differences between revisions and something else, those that are sure: what an operation that is not followed
 * may have done already, and what was there before the first revision, are told as doubts.
 */
import type { MigrationEnvironment } from '../alembic/environment.ts';
import type { SimulatedRevision } from '../alembic/simulate.ts';
import type { SchemaChange, TableName } from '../schema/schema-change.ts';

export interface CertainChanges {
  readonly changes: readonly SchemaChange[];
  readonly doubts: readonly string[];
}

export function certainChanges(
  changes: readonly SchemaChange[],
  revisions: readonly SimulatedRevision[],
  environment: MigrationEnvironment,
): CertainChanges {
  const reasons: readonly (readonly [(change: SchemaChange) => boolean, string])[] = [
    [
      change => unfollowed(revisions).has(change.kind),
      'operations of their kind are not followed in a revision',
    ],
    [
      change => beginsLater(revisions) && isCreation(change),
      'revisions change tables that no revision creates, so that what was there before them is not known',
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
};

function unfollowed(revisions: readonly SimulatedRevision[]): ReadonlySet<SchemaChange['kind']> {
  const reasons = revisions.flatMap(({ opaque }) => opaque.map(({ reason }) => reason));
  return new Set(
    reasons.flatMap(reason => {
      const directive = /^The arguments of (\w+) are computed/.exec(reason)?.[1] ?? '';
      return outcomes[directive] ?? [];
    }),
  );
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
