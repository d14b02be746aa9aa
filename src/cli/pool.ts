/** `dbpatterns pool`: the server's sessions grouped by application, beside the pools that the code declares. */
import { readConnectionUrl } from '../database/connection-url.ts';
import { LiveConnection } from '../database/live/live-connection.ts';
import { readActivity } from '../database/live/read-activity.ts';
import { type MonitorEvent, PoolMonitor } from '../database/monitor.ts';
import { observePools, type PoolDeclaration, type PoolReport } from '../database/pools.ts';
import { poolDeclarations } from '../workspace/pool-declarations.ts';
import type { Command, CommandStreams } from './command.ts';
import { openForCli } from './open-for-cli.ts';
import { choice, parseOptions } from './parse-options.ts';
import { poolReportText } from './pool-report-text.ts';
import { UsageError } from './usage-error.ts';

const options = {
  'database-url': { type: 'string' },
  watch: { type: 'boolean', default: false },
  format: { type: 'string', default: 'text' },
} as const;

export const poolCommand: Command = {
  name: 'pool',
  summary: 'Connection pools as the server sees them, beside what the code declares',
  usage: 'dbpatterns pool [PATH] --database-url URL [--watch] [--format text|json]',
  async run(parameters, streams) {
    const { values, positionals } = parseOptions(parameters, options);
    const format = choice('format', values.format, ['text', 'json']);
    const url = values['database-url'] ?? streams.environment.DATABASE_URL;
    if (url === undefined) throw new UsageError('Give --database-url or set DATABASE_URL');
    const target = readConnectionUrl(url, streams.environment);
    if (target.kind === 'sqlite') throw new UsageError('SQLite has no server: there are no sessions to show');
    if (target.kind === 'unsupported') throw new UsageError(target.reason.replace(/\.$/, ''));
    const { workspace } = await openForCli(positionals, streams.signal);
    const declared = poolDeclarations(workspace);
    const connection = new LiveConnection(target);
    const print = (report: PoolReport): void => {
      streams.output.write(format === 'json' ? `${JSON.stringify(report)}\n` : poolReportText(report));
    };
    try {
      if (values.watch) await watch(connection, declared, print, streams);
      else print(observePools(await readActivity(connection, [], streams.signal), declared));
      return 0;
    } finally {
      await connection.dispose();
    }
  },
};

/** One observation a second until Ctrl-C; a failure is one line, and the next observation comes when it can. */
function watch(
  connection: LiveConnection,
  declared: readonly PoolDeclaration[],
  print: (report: PoolReport) => void,
  { errors, signal }: CommandStreams,
): Promise<void> {
  const monitor = new PoolMonitor({ read: abort => readActivity(connection, [], abort), intervalMs: 1000 });
  monitor.listen((event: MonitorEvent) => {
    if (event.kind === 'observation') print(observePools(event.activity, declared));
    else errors.write(`dbpatterns: ${event.message}\n`);
  });
  return new Promise(resolve => {
    signal.addEventListener('abort', () => {
      monitor.dispose();
      resolve();
    });
  });
}
