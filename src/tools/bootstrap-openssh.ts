/** Finds OpenSSH for the tests, or takes its server out of Debian's package without installing it. */
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { unpackedDebianPackages } from './bootstrap-debian.ts';
import { findProgram } from './find-program.ts';

export interface OpenSsh {
  readonly client: string;
  readonly keygen: string;
  readonly server: string;
  /** Files that the server needs and the system lacks. */
  readonly libraries: readonly string[];
}

/** Undefined where a part is missing and cannot be had. */
export async function openSsh(signal?: AbortSignal): Promise<OpenSsh | undefined> {
  const [client, keygen] = [findProgram('ssh'), findProgram('ssh-keygen')];
  if (client === undefined || keygen === undefined) return undefined;
  const installed = findProgram('sshd', '/usr/sbin/sshd');
  if (installed !== undefined) return { client, keygen, server: installed, libraries: [] };
  const folder = await unpackedDebianPackages('openssh', ['openssh-server', 'libwrap0'], signal);
  const server = folder && findProgram(join(folder, 'usr', 'sbin', 'sshd'));
  if (!folder || !server) return undefined;
  const files = await readdir(folder, { recursive: true });
  const libraries = files.filter(file => file.endsWith('/libwrap.so.0')).map(file => join(folder, file));
  return { client, keygen, server, libraries };
}
