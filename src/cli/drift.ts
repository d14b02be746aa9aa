/** `dbpatterns drift`: the operations that would bring the revisions or a database up to the models, or a database up to the revisions. */
import type { Writable } from 'node:stream';
import type { MigrationEnvironment } from '../alembic/environment/environment.ts';
import {
  type DescribedSchema,
  type Drift,
  describedSchema,
  driftBetween,
  namedSchemas,
} from '../features/drift/drift.ts';
import { driftReport } from '../features/reports/drift-report.ts';
import { describeChange } from '../schema/describe-change.ts';
import type { Command } from './command.ts';
import { type DatabaseSource, databaseSchema } from './database-schema.ts';
import { printedPath } from './located.ts';
import { openForCli } from './open-for-cli.ts';
import { choice, parseOptions } from './parse-options.ts';
import { printJson } from './print-json.ts';
import { UsageError } from './usage-error.ts';

const options = {
  from: { type: 'string', default: 'models' },
  to: { type: 'string', default: 'migrations' },
  format: { type: 'string', default: 'text' },
  'database-url': { type: 'string' },
} as const;

export const driftCommand: Command = {
  name: 'drift',
  summary: 'What an autogenerate would write: where models, migrations and a database differ',
  usage:
    'dbpatterns drift [PATH] [--from models|migrations] [--to migrations|database] [--database-url URL] [--format text|json]',
  async run(parameters, { output, environment: variables, signal }) {
    const { values, positionals } = parseOptions(parameters, options);
    const from = choice('from', values.from, ['models', 'migrations']);
    const to = choice('to', values.to, ['migrations', 'database']);
    const format = choice('format', values.format, ['text', 'json']);
    if (from === to) throw new UsageError('--from and --to are both migrations');
    const url = values['database-url'] ?? variables.DATABASE_URL;
    if (to === 'database' && url === undefined)
      throw new UsageError('--to database needs --database-url or DATABASE_URL');
    const { workspace } = await openForCli(positionals, signal);
    const usesRevisions = from === 'migrations' || to === 'migrations';
    if (usesRevisions && workspace.environments.length === 0)
      throw new UsageError('No Alembic environment was found');
    const found = workspace.environments.length > 0 ? workspace.environments : [null];
    const drifts: EnvironmentDrift[] = [];
    for (const environment of found) {
      const after = describedSchema(workspace, environment, from);
      const before =
        to === 'database'
          ? await described({ url: url ?? '', variables, schemas: namedSchemas(after.schema) }, signal)
          : describedSchema(workspace, environment, to);
      drifts.push({ environment, drift: driftBetween(workspace, environment, { before, after }) });
    }
    if (format === 'json') printJson(output, asJson(from, to, drifts));
    else printText(output, drifts, { from, to });
    return drifts.some(({ drift }) => drift.changes.length > 0) ? 1 : 0;
  },
};

interface EnvironmentDrift {
  readonly environment: MigrationEnvironment | null;
  readonly drift: Drift;
}

async function described(source: DatabaseSource, signal: AbortSignal): Promise<DescribedSchema> {
  return { schema: await databaseSchema(source, signal), doubts: [] };
}

function asJson(from: string, to: string, drifts: readonly EnvironmentDrift[]) {
  return {
    version: 1,
    from,
    to,
    environments: drifts.map(({ environment, drift }) =>
      driftReport(environment, drift, { file: path => printedPath(path, process.cwd()) }),
    ),
  };
}

function printText(
  output: Writable,
  drifts: readonly EnvironmentDrift[],
  { from, to }: { readonly from: string; readonly to: string },
): void {
  for (const { environment, drift } of drifts) {
    const title = environment === null ? 'The workspace' : printedPath(environment.config, process.cwd());
    const count = drift.changes.length;
    const extent = drift.doubts.length === 0 ? '' : ', as far as they were read';
    const state =
      count === 0
        ? `the ${to} agrees with the ${from}${extent}`
        : `${count} operations would bring the ${to} up to the ${from}`;
    output.write(`${title}: ${state.replace('migrations agrees', 'migrations agree')}\n`);
    for (const change of drift.changes) output.write(`  ${describeChange(change)}\n`);
    for (const doubt of drift.doubts) output.write(`  ? ${doubt}\n`);
  }
}
