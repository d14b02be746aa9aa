/**
 * A password is never shown, logged or written: one of its own stands in each place that a password may come from, right
 * ones and wrong ones, and all that the server and the command line say, and every file that they leave, is searched.
 */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { chmod, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { pathToFileURL } from 'node:url';
import pg from 'pg';
import {
  createMessageConnection,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-languageserver/node';
import {
  type ConnectionList,
  connectionsChanged,
  testConnection,
} from '../../../src/protocol/connections.ts';
import { watchMigrations } from '../../../src/protocol/migrations.ts';
import { askPassword } from '../../../src/protocol/password.ts';
import { watchPools } from '../../../src/protocol/pools.ts';
import { explainSession } from '../../../src/protocol/session-actions.ts';
import { startPostgres } from '../../../src/tools/postgres.ts';
import { temporaryFolder } from '../../../src/tools/temporary-folder.ts';
import { buildOnce } from '../../build.ts';
import { runCommandLine } from '../../command-line.ts';
import { waitFor } from '../../wait-for.ts';

/** Where each stands; the user of the server that it belongs to has the same name. */
const places = [
  'dotenv',
  'variable',
  'settings',
  'compose',
  'ini',
  'engine',
  'query',
  'service',
  'file',
  'command',
  'storage',
  'refused',
] as const;
type Place = (typeof places)[number];

/** With what has to be escaped in a URL, in JSON and in a password file. */
const passwordOf = (place: Place) => `secret"${place}/ä`;
const wrong = 'wrong"secret/ä';

/** Each form in which a text may hold it. */
function formsOf(password: string): readonly string[] {
  return [
    password,
    JSON.stringify(password).slice(1, -1),
    encodeURIComponent(password),
    Buffer.from(password).toString('base64'),
  ];
}

test('no password is in what the server and the command line say, or in a file that they leave', async () => {
  await using server = await startPostgres();
  await using folder = await temporaryFolder('passwords');
  const { port } = new URL(server.url);
  await createRoles(server.url);
  const url = (place: Place, password = passwordOf(place)) =>
    `postgresql://${place}:${encodeURIComponent(password)}@127.0.0.1:${port}/postgres`;
  const bare = (place: Place) => `postgresql://${place}@127.0.0.1:${port}/postgres`;
  const [workspace, home] = [join(folder.path, 'workspace'), join(folder.path, 'home')];
  await mkdir(join(workspace, 'migrations', 'versions'), { recursive: true });
  await mkdir(home);
  const tokenFile = join(folder.path, 'token');
  const files: Readonly<Record<string, string>> = {
    '.env': `DATABASE_URL=${url('dotenv')}\nOTHER_DATABASE_URL=${url('refused', wrong)}\n`,
    'docker-compose.yml': `services:\n  db:\n    image: postgres\n    ports: ["${port}:5432"]\n    environment:\n      POSTGRES_USER: compose\n      POSTGRES_DB: postgres\n      POSTGRES_PASSWORD: ${JSON.stringify(passwordOf('compose'))}\n`,
    'alembic.ini': `[alembic]\nscript_location = migrations\nsqlalchemy.url = ${url('ini').replaceAll('%', '%%')}\n`,
    'migrations/env.py': '',
    'migrations/versions/a_first.py': 'revision = "a"\ndown_revision = None\n\n\ndef upgrade():\n    pass\n',
    'app.py': `from sqlalchemy import create_engine, text\nengine = create_engine(${JSON.stringify(url('engine'))})\nquery = text("SELECT nmae FROM t")\n`,
  };
  for (const [name, text] of Object.entries(files)) await writeFile(join(workspace, name), text);
  await writeFile(tokenFile, passwordOf('command'));
  await writeFile(
    join(home, '.pg_service.conf'),
    `[shop]\nhost=127.0.0.1\nport=${port}\nuser=service\ndbname=postgres\npassword=${passwordOf('service')}\n`,
  );
  const passwordFile = join(home, '.pgpass');
  await writeFile(passwordFile, `*:*:*:file:${passwordOf('file')}\n`);
  await chmod(passwordFile, 0o600);
  const environment = {
    PATH: process.env.PATH,
    HOME: home,
    XDG_CACHE_HOME: join(home, 'cache'),
    PGHOST: '127.0.0.1',
    PGPORT: port,
    PGUSER: 'variable',
    PGDATABASE: 'postgres',
  };
  const settings = {
    connections: [
      { url: url('settings'), name: 'settings', protected: true, color: 'red' },
      {
        url: `${bare('query')}?password=${encodeURIComponent(passwordOf('query'))}&sslpassword=${encodeURIComponent(wrong)}`,
        name: 'query',
      },
      { url: 'postgresql://?service=shop', name: 'service' },
      { url: bare('storage'), name: 'storage' },
      {
        url: bare('command'),
        name: 'command',
        passwordCommand: [process.execPath, '-p', `fs.readFileSync(${JSON.stringify(tokenFile)}, 'utf8')`],
      },
      { url: url('refused', wrong), name: 'refused' },
      { url: `postgresql://a:${wrong}@b:c@d:99999/e`, name: 'broken' },
      { url: `postgresql://a:${encodeURIComponent(wrong)}@nosuch.invalid/e`, name: 'unknown' },
    ],
    pools: { refreshSeconds: 1 },
  };
  const program = join(await buildOnce(), 'server.js');
  const heard = await listenToServer(program, { workspace, home, environment, settings });
  const commands = await Promise.all([
    ran(['pool', workspace, '--database-url', bare('file')], environment),
    ran(['pool', workspace, '--database-url', url('refused', wrong), '--format', 'json'], environment),
    ran(['pool', workspace, '--database-url', `postgresql://a:${wrong}@b:c@d:99999/e`], environment),
    ran(['migrations', workspace, '--database-url', url('dotenv'), '--format', 'json'], environment),
    ran(['check', workspace, '--schema', 'database', '--database-url', url('settings')], environment),
    ran(['check', workspace, '--schema', 'database', '--database-url', url('refused', wrong)], environment),
    ran(['drift', workspace, '--to', 'database', '--database-url', url('refused', wrong)], {
      ...environment,
      PGPASSWORD: wrong,
    }),
  ]);
  const ours = new Set([
    ...Object.keys(files).map(name => join(workspace, name)),
    join(home, '.pg_service.conf'),
    passwordFile,
  ]);
  const left: [string, string][] = [];
  for (const entry of await readdir(folder.path, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    if (entry.isFile() && !ours.has(path) && path !== tokenFile)
      left.push([path, await readFile(path, 'latin1')]);
  }
  assert.match(commands[0] ?? '', /sessions|PostgreSQL/);
  const said: [string, string][] = [
    ['server', heard],
    ...commands.map((text, index): [string, string] => [`command ${index}`, text]),
  ];
  for (const [where, text] of [...said, ...left])
    for (const password of [...places.map(passwordOf), wrong])
      for (const form of formsOf(password)) {
        const searched = where.startsWith(folder.path) ? Buffer.from(form).toString('latin1') : form;
        const at = text.indexOf(searched);
        assert.equal(at, -1, `${where} holds ${form}: …${text.slice(Math.max(0, at - 200), at + 60)}`);
      }
});

async function createRoles(serverUrl: string): Promise<void> {
  const admin = new pg.Client({ connectionString: serverUrl });
  await admin.connect();
  for (const place of places)
    await admin.query(`CREATE ROLE ${place} LOGIN PASSWORD ${pg.escapeLiteral(passwordOf(place))}`);
  await admin.end();
}

interface Surroundings {
  readonly workspace: string;
  readonly home: string;
  readonly environment: NodeJS.ProcessEnv;
  readonly settings: unknown;
}

/** Watches everything, tests each connection, and returns all that the server has said when each had its say. */
async function listenToServer(
  program: string,
  { workspace, home, environment, settings }: Surroundings,
): Promise<string> {
  const child = spawn(process.execPath, [program, '--stdio'], {
    env: { ...environment, PGPASSWORD: passwordOf('variable') },
    cwd: home,
  });
  await using _ended = { [Symbol.asyncDispose]: async () => void child.kill() };
  const heard: string[] = [];
  const said = () => heard.join('');
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => heard.push(chunk.toString()));
  const connection = createMessageConnection(
    new StreamMessageReader(child.stdout),
    new StreamMessageWriter(child.stdin),
  );
  let listed: ConnectionList = { connections: [] };
  connection.onNotification(connectionsChanged.method, (list: ConnectionList) => {
    listed = list;
  });
  connection.onRequest('workspace/configuration', ({ items }: { readonly items: readonly unknown[] }) =>
    items.map(() => settings),
  );
  connection.onRequest('client/registerCapability', () => null);
  connection.onRequest(askPassword.method, ({ connectionId }: { readonly connectionId: string }) =>
    listed.connections.find(({ id }) => id === connectionId)?.label.startsWith('storage')
      ? passwordOf('storage')
      : null,
  );
  connection.listen();
  await connection.sendRequest('initialize', {
    processId: process.pid,
    rootUri: pathToFileURL(workspace).href,
    workspaceFolders: [{ uri: pathToFileURL(workspace).href, name: 'workspace' }],
    capabilities: { workspace: { configuration: true } },
    initializationOptions: { trusted: true, storagePath: join(home, 'storage') },
    trace: 'verbose',
  });
  await connection.sendNotification('initialized', {});
  await connection.sendNotification(watchPools.method, { intervalMs: 1000 });
  await connection.sendNotification(watchMigrations.method, {});
  const app = pathToFileURL(join(workspace, 'app.py')).href;
  const text = await readFile(join(workspace, 'app.py'), 'utf8');
  await connection.sendNotification('textDocument/didOpen', {
    textDocument: { uri: app, languageId: 'python', version: 1, text },
  });
  await waitFor('the connections', async () => listed.connections.length >= places.length);
  const states = await Promise.all(
    listed.connections.map(async ({ id, label }) => [
      label,
      (
        (await connection.sendRequest(testConnection.method, { id })) as {
          readonly kind: string;
        }
      ).kind,
    ]),
  );
  // Else nothing would have been sent anywhere.
  assert.ok(states.filter(([, kind]) => kind === 'reachable').length >= 8, JSON.stringify(states));
  assert.ok(
    states.some(([, kind]) => kind === 'needs-password'),
    JSON.stringify(states),
  );
  await waitFor(
    'the pools',
    async () => said().includes('"kind":"observed"') && said().includes('"kind":"failed"'),
  );
  for (let line = 0; line < 3; line++)
    await connection.sendRequest('textDocument/hover', {
      textDocument: { uri: app },
      position: { line, character: 25 },
    });
  await connection.sendRequest(explainSession.method, {
    connection: listed.connections[0]?.id,
    pid: 1,
    startedAt: '',
  });
  await connection.sendRequest('shutdown');
  await connection.sendNotification('exit');
  await new Promise(resolve => child.once('close', resolve));
  connection.dispose();
  return said();
}

/** All that it prints, whatever its exit code. */
async function ran(parameters: readonly string[], env: NodeJS.ProcessEnv): Promise<string> {
  const { output, errors } = await runCommandLine(parameters, { env });
  return output + errors;
}
