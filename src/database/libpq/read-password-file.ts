/** Looks a password up where libpq would. It is read when it is asked for, and never kept, shown or logged. */
import { readFile, stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { DatabaseError } from '../database-error.ts';
import { type PasswordPlace, passwordIn } from './password-file.ts';

/** `file`: null for the one in the user's home. Throws a DatabaseError that says why there is none. */
export async function readPasswordFile(file: string | null, place: PasswordPlace): Promise<string> {
  const path = file ?? defaultFile();
  const refuse = (why: string) => new DatabaseError('password', `The server asks for a password, and ${why}`);
  const found = await stat(path).catch(() => null);
  if (found === null || !found.isFile()) throw refuse(`none is known. Enter it, or write it into ${path}.`);
  if (process.platform !== 'win32' && (found.mode & 0o077) !== 0)
    throw refuse(`${path} is not used because others may read it. Run: chmod 600 ${path}`);
  const text = await readFile(path, 'utf8').catch(() => null);
  if (text === null) throw refuse(`${path} cannot be read. Correct its permissions, or enter the password.`);
  const password = passwordIn(text, place);
  if (password !== null) return password;
  const { host, port, database, user } = place;
  throw refuse(
    `no line of ${path} is for ${host ?? 'localhost'}:${port}:${database}:${user}. Enter it, or write one.`,
  );
}

function defaultFile(): string {
  return process.platform === 'win32'
    ? join(process.env.APPDATA ?? homedir(), 'postgresql', 'pgpass.conf')
    : join(homedir(), '.pgpass');
}
