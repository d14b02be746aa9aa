/** `dbpatterns`: finds the subcommand, runs it, and turns errors into one clear line and exit code 2. */
import { checkCommand } from './check.ts';
import type { Command } from './command.ts';
import { driftCommand } from './drift.ts';
import { explainCommand } from './explain.ts';
import { lspCommand } from './lsp.ts';
import { mcpCommand } from './mcp.ts';
import { migrationsCommand } from './migrations.ts';
import { modelsCommand } from './models.ts';
import { poolCommand } from './pool.ts';
import { scaffoldCommand } from './scaffold.ts';
import { statementsCommand } from './statements.ts';
import { UsageError } from './usage-error.ts';
import { version } from './version.ts';

const commands: readonly Command[] = [
  checkCommand,
  statementsCommand,
  modelsCommand,
  migrationsCommand,
  driftCommand,
  poolCommand,
  scaffoldCommand,
  explainCommand,
  lspCommand,
  mcpCommand,
];

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
    process.stdout.write(help());
    return name === undefined ? 2 : 0;
  }
  if (name === '--version') {
    process.stdout.write(`${version()}\n`);
    return 0;
  }
  const command = commands.find(each => each.name === name);
  if (!command) return fail(`There is no command ${name}. Run dbpatterns --help for the list.`);
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

function help(): string {
  const width = Math.max(...commands.map(command => command.name.length));
  const lines = commands.map(command => `  ${command.name.padEnd(width)}  ${command.summary}`);
  return `dbpatterns: SQLAlchemy, Alembic and PostgreSQL, read without running your code\n\n${lines.join('\n')}\n\nRun dbpatterns COMMAND --help for its options.\n`;
}
