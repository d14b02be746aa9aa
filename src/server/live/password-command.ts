/** Runs the program that prints a connection's password, such as a cloud's short-lived token. Only in trusted workspaces. */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { DatabaseError } from '../../database/database-error.ts';

const timeoutMs = 15_000;

/** The first line of what it prints. Throws DatabaseError; what the program said is not repeated, for it may be the secret. */
export async function runPasswordCommand(command: readonly string[], label: string): Promise<string> {
  const [program = '', ...parameters] = command;
  const password = await promisify(execFile)(program, parameters, { timeout: timeoutMs }).then(
    ({ stdout }) => stdout.split(/\r?\n/)[0] ?? '',
    () => '',
  );
  if (password !== '') return password;
  throw new DatabaseError(
    'password',
    `The passwordCommand of ${label} (${program}) gave no password. Run it in a terminal to see why.`,
  );
}
