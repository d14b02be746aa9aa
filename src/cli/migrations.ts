/** `dbpatterns migrations`: revision graphs from the files, and what is applied where a database is named. */

import type { MigrationEnvironment } from '../alembic/environment/environment.ts';
import { readConnectionUrl } from '../database/connection-url.ts';
import { readServices } from '../database/libpq/read-services.ts';
import { readAppliedRevisions } from '../database/live/applied-revisions.ts';
import { LiveConnection } from '../database/live/live-connection.ts';
import { readSqliteRevisions } from '../database/sqlite/applied-revisions.ts';
import { type EnvironmentReport, environmentReport } from '../features/reports/migration-report.ts';
import type { Command } from './command.ts';
import { printedPlaces } from './located.ts';
import { openForCli } from './open-for-cli.ts';
import { choice, parseOptions } from './parse-options.ts';
import { printJson } from './print-json.ts';
import { UsageError } from './usage-error.ts';

const options = { format: { type: 'string', default: 'text' }, 'database-url': { type: 'string' } } as const;

export const migrationsCommand: Command = {
  name: 'migrations',
  summary: 'Revision graphs, and what is applied where a database is named',
  usage: 'dbpatterns migrations [PATH] [--database-url URL] [--format text|json]',
  async run(parameters, { output, environment: variables, signal }) {
    const { values, positionals } = parseOptions(parameters, options);
    const format = choice('format', values.format, ['text', 'json']);
    const { workspace } = await openForCli(positionals, signal);
    const url = values['database-url'];
    const places = printedPlaces(path => workspace.textOf(path));
    const environments: EnvironmentReport[] = [];
    for (const environment of workspace.environments) {
      const rows = url === undefined ? null : await versionRows(environment, url, variables);
      environments.push(environmentReport(environment, rows, places));
    }
    if (format === 'json') printJson(output, { environments });
    else output.write(environments.map(asText).join('\n') || 'No Alembic environment was found\n');
    return 0;
  },
};

async function versionRows(
  environment: MigrationEnvironment,
  url: string,
  variables: Readonly<Record<string, string | undefined>>,
): Promise<readonly string[]> {
  const target = readConnectionUrl(url, variables, readServices(variables));
  if (target.kind === 'unsupported') throw new UsageError(target.reason.replace(/\.$/, ''));
  if (target.kind === 'sqlite') {
    if (target.file === null) return [];
    const result = await readSqliteRevisions(target.file, environment.versionTable.name);
    if (result.kind === 'unavailable') throw new Error(result.reason);
    return result.revisions;
  }
  const connection = new LiveConnection(target);
  try {
    return await readAppliedRevisions(connection, environment.versionTable);
  } finally {
    await connection.dispose();
  }
}

const marks = { applied: '✓', pending: '○', unknown: '·' } as const;

function asText(environment: EnvironmentReport): string {
  const title =
    environment.section === null ? environment.config : `${environment.config} [${environment.section}]`;
  const lines = environment.revisions.map(({ id, message, state }) => {
    const notes = [
      ...(environment.heads.includes(id) ? ['head'] : []),
      ...(environment.current.includes(id) ? ['current'] : []),
    ];
    const subject = message.replace(/\s+/g, ' ');
    return `  ${marks[state]} ${id}  ${subject}${notes.length > 0 ? ` (${notes.join(', ')})` : ''}`;
  });
  const problems = environment.problems.map(({ file, line, message }) => `  ! ${file}:${line} ${message}`);
  return `${[title, ...lines, ...problems].join('\n')}\n`;
}
