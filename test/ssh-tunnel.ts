/** A real SSH server and tunnels through it, for the tests: on 127.0.0.1 only, gone with the process that started them. */
import { chownSync } from 'node:fs';
import { copyFile, writeFile } from 'node:fs/promises';
import { createConnection } from 'node:net';
import { userInfo } from 'node:os';
import { basename, join } from 'node:path';
import type { OpenSsh } from '../src/tools/bootstrap-openssh.ts';
import { runOrThrow } from '../src/tools/command.ts';
import { freePort } from '../src/tools/free-port.ts';
import { postgresBinaries } from '../src/tools/postgres-binaries.ts';
import { Service } from '../src/tools/service.ts';
import { temporaryFolder } from '../src/tools/temporary-folder.ts';

export interface SshServer extends AsyncDisposable {
  /** As `ssh -N -L local:127.0.0.1:remote` does it; ready when it is returned. */
  openTunnel(local: number, remote: number): Promise<Service>;
}

const startTimeoutMs = 15_000;

/** As an ordinary user, who is the only one that can log in. */
export async function startSshServer({ client, keygen, server, libraries }: OpenSsh): Promise<SshServer> {
  await using stack = new AsyncDisposableStack();
  const folder = stack.use(await temporaryFolder('ssh'));
  const file = (name: string) => join(folder.path, name);
  for (const name of ['host', 'user'])
    await runOrThrow(keygen, ['-q', '-t', 'ed25519', '-N', '', '-f', file(name)]);
  await copyFile(file('user.pub'), file('authorized'));
  const port = await freePort();
  await writeFile(file('config'), configuration(port, file));
  const { user } = await postgresBinaries();
  // The user who runs it may not reach where it lies.
  for (const path of [server, ...libraries]) await copyFile(path, file(basename(path)));
  const served = ['host', 'host.pub', 'authorized', 'config'].map(file);
  if (user) for (const path of [...served, folder.path]) chownSync(path, user.uid, user.gid);
  const service = stack.use(
    new Service(file(basename(server)), ['-D', '-e', '-f', file('config')], {
      name: 'sshd',
      env: { ...process.env, LD_LIBRARY_PATH: folder.path },
      ...(user ? { user } : {}),
    }),
  );
  await service.waitUntil(() => service.output.includes('Server listening'), { timeoutMs: startTimeoutMs });
  const login = user ? await nameOf(user.uid) : userInfo().username;
  const kept = stack.move();
  return {
    async openTunnel(local, remote) {
      const identity = ['-i', file('user'), '-o', `UserKnownHostsFile=${file('known')}`];
      const options = ['StrictHostKeyChecking=no', 'ExitOnForwardFailure=yes'].flatMap(option => [
        '-o',
        option,
      ]);
      const tunnel = new Service(
        client,
        ['-F', 'none', ...identity, ...options, '-N', '-L', `127.0.0.1:${local}:127.0.0.1:${remote}`].concat([
          '-p',
          String(port),
          `${login}@127.0.0.1`,
        ]),
        { name: 'ssh' },
      );
      kept.use(tunnel);
      await tunnel.waitUntil(() => listens(local), { timeoutMs: startTimeoutMs });
      return tunnel;
    },
    [Symbol.asyncDispose]: () => kept.disposeAsync(),
  };
}

/** With PAM, since without it a server that is not root takes an account that it cannot read for a locked one. */
function configuration(port: number, file: (name: string) => string): string {
  return `Port ${port}
ListenAddress 127.0.0.1
HostKey ${file('host')}
AuthorizedKeysFile ${file('authorized')}
PidFile none
StrictModes no
UsePAM yes
PasswordAuthentication no
KbdInteractiveAuthentication no
`;
}

async function nameOf(uid: number): Promise<string> {
  const { stdout } = await runOrThrow('id', ['--name', '--user', String(uid)]);
  return stdout.trim();
}

function listens(port: number): Promise<boolean> {
  return new Promise(resolve => {
    const socket = createConnection(port, '127.0.0.1');
    const end = (answer: boolean) => {
      socket.destroy();
      resolve(answer);
    };
    socket.once('connect', () => end(true));
    socket.once('error', () => end(false));
  });
}
