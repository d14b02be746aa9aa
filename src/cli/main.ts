/** `dbpatterns`: finds the subcommand, runs it, and turns errors into one clear line and exit code 2. */
import type { Command } from './command.ts';
import { UsageError } from './usage-error.ts';
import { version } from './version.ts';

/** By name, in the order of the help. Each is loaded when it is asked for: the code of all takes longer than many a run. */
const commands: Readonly<Record<string, () => Promise<Command>>> = {
  check: async () => (await import('./check.ts')).checkCommand,
  statements: async () => (await import('./statements.ts')).statementsCommand,
  models: async () => (await import('./models.ts')).modelsCommand,
  migrations: async () => (await import('./migrations.ts')).migrationsCommand,
  drift: async () => (await import('./drift.ts')).driftCommand,
  pool: async () => (await import('./pool.ts')).poolCommand,
  scaffold: async () => (await import('./scaffold.ts')).scaffoldCommand,
  explain: async () => (await import('./explain.ts')).explainCommand,
  lsp: async () => (await import('./lsp.ts')).lspCommand,
  mcp: async () => (await import('./mcp.ts')).mcpCommand,
};

const stop = new AbortController();
process.once('SIGINT', () => stop.abort());
process.once('SIGTERM', () => stop.abort());
// A reader that closes early (`| head`) is no error.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0);
});

main(process.argv.slice(2)).then(code => {
  process.exitCode = code;
});

async function main(parameters: readonly string[]): Promise<number> {
  const [name, ...rest] = parameters;
  if (name === undefined || name === '--help' || name === '-h' || name === 'help') {
    process.stdout.write(await help());
    return name === undefined ? 2 : 0;
  }
  if (name === '--version') {
    process.stdout.write(`${version()}\n`);
    return 0;
  }
  const load = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (!load) return fail(`There is no command ${name}. Run dbpatterns --help for the list.`);
  const command = await load();
  if (rest.includes('--help') || rest.includes('-h')) {
    const details = (command.details ?? []).map(line => `${line}\n`).join('');
    process.stdout.write(`${command.summary}\n\nUsage: ${command.usage}\n${details && `\n${details}`}`);
    return 0;
  }
  return run(command, rest);
}

async function run(command: Command, parameters: readonly string[]): Promise<number> {
  try {
    const { stdout: output, stderr: errors, env: environment } = process;
    return await command.run(parameters, { output, errors, environment, signal: stop.signal });
  } catch (error) {
    if (error instanceof UsageError) return fail(`${error.message}. Usage: ${command.usage}`);
    return fail(error instanceof Error ? error.message : String(error));
  }
}

function fail(message: string): number {
  process.stderr.write(`dbpatterns: ${message}\n`);
  return 2;
}

async function help(): Promise<string> {
  const all = await Promise.all(Object.values(commands).map(load => load()));
  const width = Math.max(...all.map(command => command.name.length));
  const lines = all.map(command => `  ${command.name.padEnd(width)}  ${command.summary}`);
  return `dbpatterns: SQLAlchemy, Alembic and PostgreSQL, read without running your code\n\n${lines.join('\n')}\n\nRun dbpatterns COMMAND --help for its options.\n`;
}
