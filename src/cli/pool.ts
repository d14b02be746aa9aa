/** `dbpatterns pool`: the server's sessions grouped by application, beside the pools that the code declares. */
import { Monitor, type MonitorEvent } from '../database/monitor.ts';
import type { PoolDeclaration } from '../database/pools.ts';
import { poolDeclarations } from '../workspace/pool-declarations.ts';
import type { Command, CommandStreams } from './command.ts';
import { openForCli } from './open-for-cli.ts';
import { choice, parseOptions } from './parse-options.ts';
import { poolPictureText } from './pool-report-text.ts';
import { openPoolSources, type PoolPicture, type PoolSources } from './pool-sources.ts';

const options = {
  'database-url': { type: 'string' },
  'bouncer-url': { type: 'string' },
  telemetry: { type: 'string', multiple: true, default: [] as string[] },
  watch: { type: 'boolean', default: false },
  format: { type: 'string', default: 'text' },
} as const;

export const poolCommand: Command = {
  name: 'pool',
  summary: 'Connection pools as the server sees them, beside what the code declares',
  usage:
    'dbpatterns pool [PATH] --database-url URL [--bouncer-url URL] [--telemetry URL…] [--watch] [--format text|json]',
  async run(parameters, streams) {
    const { values, positionals } = parseOptions(parameters, options);
    const format = choice('format', values.format, ['text', 'json']);
    const databaseUrl =
      values['database-url'] ??
      (values['bouncer-url'] === undefined ? streams.environment.DATABASE_URL : undefined);
    await using sources = openPoolSources(
      { databaseUrl, bouncerUrl: values['bouncer-url'], telemetry: values.telemetry },
      streams,
    );
    const { workspace } = await openForCli(positionals, streams.signal);
    const declared = poolDeclarations(workspace);
    const print = (picture: PoolPicture): void => {
      streams.output.write(
        format === 'json' ? `${JSON.stringify(pictureJson(picture))}\n` : poolPictureText(picture),
      );
    };
    if (values.watch) await watch(sources, declared, print, streams);
    else print(await sources.observe(declared, streams.signal));
    return 0;
  },
};

/** The server's report as it always was, with the other two beside its fields. */
function pictureJson({ report, bouncer, telemetry }: PoolPicture): unknown {
  return { ...report, bouncer, telemetry };
}

/** One observation a second until Ctrl-C; a failure is one line, and the next observation comes when it can. */
function watch(
  sources: PoolSources,
  declared: readonly PoolDeclaration[],
  print: (picture: PoolPicture) => void,
  { errors, signal }: CommandStreams,
): Promise<void> {
  const monitor = new Monitor({ read: abort => sources.observe(declared, abort), intervalMs: 1000 });
  monitor.listen((event: MonitorEvent<PoolPicture>) => {
    if (event.kind === 'observation') print(event.observation);
    else errors.write(`dbpatterns: ${event.message}\n`);
  });
  return new Promise(resolve => {
    signal.addEventListener('abort', () => {
      monitor.dispose();
      resolve();
    });
  });
}
