/** The schema that the migrations have built at a revision, as DDL. */
import { z } from 'zod';
import type { MigrationEnvironment } from '../../alembic/environment/environment.ts';
import { getRevision } from '../../alembic/graph/lookup.ts';
import { renderSchema } from '../../schema/ddl.ts';
import { type DatabaseSchema, emptySchema } from '../../schema/schema.ts';
import type { WorkspaceSnapshot } from '../../workspace/snapshot.ts';
import { findEnvironment } from '../find-environment.ts';
import { defineTool, refused } from '../tool.ts';

const input = z.strictObject({
  revision: z
    .string()
    .default('heads')
    .describe('An id or its beginning, `head`, `heads` for all of them, or `base`.'),
  tables: z.array(z.string()).optional().describe('Only these tables: `name` or `schema.name`.'),
  environment: z
    .string()
    .optional()
    .describe('Where there are several: `alembic.ini` or `alembic.ini#section`.'),
});

export const schemaAtRevision = defineTool({
  name: 'schema_at_revision',
  title: 'Schema at a Revision',
  description:
    'Shows as DDL the schema that the Alembic migrations have built at a revision, read from the revision files. No database is asked. Use it to know what a migration starts from.',
  input,
  run({ revision, tables, environment: name }, { workspace }) {
    const found = findEnvironment(workspace, name);
    if (found.kind === 'none') return found.answer;
    const schema = schemaAt(workspace, found.environment, revision);
    if (schema === null) return refused('The environment has no such revision.', { revision });
    const chosen = tables === undefined ? schema : withTables(schema, tables);
    const ddl = renderSchema(chosen).map(statement => `${statement};`);
    return {
      kind: 'answered',
      summary: `${chosen.tables.length} of ${schema.tables.length} tables.`,
      data: { ddl },
      narrow: 'Ask for some `tables`.',
    };
  },
});

/** Null where there is no such revision, or several that it may mean. */
function schemaAt(
  workspace: WorkspaceSnapshot,
  environment: MigrationEnvironment,
  revision: string,
): DatabaseSchema | null {
  const moments = workspace.simulationOf(environment);
  if (revision === 'heads') return moments.at(-1)?.after ?? emptySchema;
  try {
    const node = getRevision(environment.graph, revision);
    if (node === null) return emptySchema;
    return moments.find(({ id }) => id === node.id)?.after ?? null;
  } catch {
    return null;
  }
}

function withTables(schema: DatabaseSchema, names: readonly string[]): DatabaseSchema {
  const tables = schema.tables.filter(
    ({ schema: owner, name }) => names.includes(name) || names.includes(`${owner}.${name}`),
  );
  return { ...schema, tables, extensions: [], sequences: [], enums: [] };
}
