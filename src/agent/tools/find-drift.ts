/** Where models, migrations and a database differ. */
import { z } from 'zod';
import { readSchema } from '../../database/live/read-schema.ts';
import {
  type DescribedSchema,
  type Drift,
  describedSchema,
  driftBetween,
  namedSchemas,
} from '../../features/drift/drift.ts';
import { driftReport } from '../../features/reports/drift-report.ts';
import type { AgentContext } from '../context.ts';
import { findEnvironment } from '../find-environment.ts';
import { defineTool } from '../tool.ts';
import { workspacePlaces } from '../workspace-path.ts';

const input = z.strictObject({
  from: z.enum(['models', 'migrations']).default('models').describe('What there should be.'),
  to: z
    .enum(['migrations', 'database'])
    .default('migrations')
    .describe('What there is. `database` reads the catalogue of the database that the user has named.'),
  environment: z
    .string()
    .optional()
    .describe('Where there are several: `alembic.ini` or `alembic.ini#section`.'),
});

export const findDrift = defineTool({
  name: 'find_drift',
  title: 'Find Drift',
  description:
    'Lists the operations that an Alembic autogenerate would write: what brings the migrations, or a database, up to the models. Use it to see whether a migration is missing and what it has to do.',
  input,
  connects: ({ to }) => to === 'database',
  async run({ from, to, environment: name }, context) {
    const { workspace } = context;
    const found = findEnvironment(workspace, name);
    const isOptional = workspace.environments.length === 0 && from === 'models' && to === 'database';
    if (found.kind === 'none' && !isOptional) return found.answer;
    const environment = found.kind === 'found' ? found.environment : null;
    const after = describedSchema(workspace, environment, from);
    const before =
      to === 'database' ? await ofDatabase(after, context) : describedSchema(workspace, environment, to);
    const drift = driftBetween(workspace, environment, { before, after });
    return {
      kind: 'answered',
      summary: summaryOf(drift),
      data: driftReport(environment, drift, workspacePlaces(workspace)),
    };
  },
});

function summaryOf({ changes, doubts }: Drift): string {
  const extent = doubts.length === 0 ? '' : ' What could not be compared is listed as doubts.';
  if (changes.length > 0)
    return `${changes.length} operations. What may have been renamed is listed as dropped and made.${extent}`;
  return doubts.length === 0 ? 'Both agree.' : `Both agree as far as they were read.${extent}`;
}

async function ofDatabase(expected: DescribedSchema, context: AgentContext): Promise<DescribedSchema> {
  await using database = await context.openDatabase();
  const schemas = namedSchemas(expected.schema);
  return { schema: await readSchema(database.connection, { schemas }, context.signal), doubts: [] };
}
