/** The schema that an environment's revisions build, from the bases to the heads. */
import type { MigrationEnvironment } from '../alembic/environment.ts';
import { walkRevisions } from '../alembic/graph-walk.ts';
import type { RevisionOperations } from '../alembic/operation.ts';
import { simulate } from '../alembic/simulate.ts';
import { type DatabaseSchema, emptySchema } from '../schema/schema.ts';
import type { SqlParser } from '../sql/parser.ts';

export function revisionSchema(
  environment: MigrationEnvironment,
  operationsOf: (path: string) => RevisionOperations | null,
  sql: SqlParser,
): DatabaseSchema {
  const oldestFirst = walkRevisions(environment.graph).toReversed();
  const changes = oldestFirst.map(({ id, revision }) => ({
    id,
    operations: operationsOf(revision.path)?.upgrade ?? [],
  }));
  return simulate(changes, sql).at(-1)?.after ?? emptySchema;
}
