/** `dbpatterns pool`: the server's sessions grouped by application, beside the pools that the code declares. */
import { Monitor, type MonitorEvent } from '../database/monitor.ts';
import type { PoolDeclaration } from '../database/pools.ts';
import type { Command, CommandStreams } from './command.ts';
import { choice, parseOptions } from './parse-options.ts';
import { readPoolCode } from './pool-code.ts';
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
  details: [
    'PATH            the project whose engines give the limits: by default the current folder, unless it is larger than a project',
    '--database-url  by default DATABASE_URL; a password may come from libpq’s variables or files',
    '--bouncer-url   the admin console of a PgBouncer: its database pgbouncer',
    '--telemetry     where a process tells of its pools; those on this machine are found by themselves',
    '--watch         one observation a second until Ctrl-C; a failure is one line, and it is tried again',
    '--format json   one object a line',
    '',
    'Exits with 0 when all that was asked for answered, else with 2 and one line that says what to do.',
  ],
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
    // Whether anything answers is known at once, and the code takes its time.
    if (!values.watch) await sources.observe([], streams.signal);
    const code = await readPoolCode(positionals, streams);
    const print = (picture: PoolPicture): void => {
      streams.output.write(
        format === 'json'
          ? `${JSON.stringify(pictureJson(picture))}\n`
          : poolPictureText(picture, code.engineText),
      );
    };
    if (values.watch) await watch(sources, code.pools, print, streams);
    else print(await sources.observe(code.pools, streams.signal));
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
