// Servers over TLS: what each sslmode accepts of a real server's certificate, and what is said where it does not.
import assert from 'node:assert/strict';
import { copyFile, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import pg from 'pg';
import { readConnectionUrl } from '../../../src/database/connection-url.ts';
import { LiveConnection } from '../../../src/database/live/live-connection.ts';
import { type PostgresServer, startPostgres } from '../../../src/tools/postgres.ts';
import { temporaryFolder } from '../../../src/tools/temporary-folder.ts';
import { type Authority, startAuthority } from '../../certificates.ts';

let ours: Authority;
let server: PostgresServer;

/** By role: `plain` may come without TLS only, `holder` by a certificate of its own, `trusted` without any proof. */
const access = `
hostnossl all plain 127.0.0.1/32 scram-sha-256
hostssl all plain 127.0.0.1/32 reject
hostssl all holder 127.0.0.1/32 cert
hostssl all trusted 127.0.0.1/32 trust
hostssl all cleartext 127.0.0.1/32 password
hostssl all all 127.0.0.1/32 scram-sha-256
`;

before(async () => {
  ours = await startAuthority();
  const { certificate, key } = await ours.sign('db.internal', 'IP:127.0.0.1,DNS:db.internal');
  server = await startPostgres({
    settings: {
      ssl: 'on',
      ssl_cert_file: certificate,
      ssl_key_file: key,
      ssl_ca_file: ours.root,
      hba_file: await ours.write('pg_hba.conf', access),
    },
  });
  const admin = new pg.Client({ connectionString: server.url, ssl: { rejectUnauthorized: false } });
  await admin.connect();
  for (const role of ['plain', 'holder', 'trusted', 'cleartext'])
    await admin.query(`CREATE ROLE ${role} LOGIN PASSWORD 'p'`);
  await admin.end();
});

after(async () => {
  await server.stop();
  await ours[Symbol.asyncDispose]();
});

/** `TLSv1.3`, `without TLS`, or what a user is told. */
async function encryption(query: Readonly<Record<string, string>>, role?: string): Promise<string> {
  const url = new URL(server.url);
  if (role !== undefined) [url.username, url.password] = [role, 'p'];
  for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
  const target = readConnectionUrl(url.href);
  assert.ok(target.kind === 'postgresql');
  const live = new LiveConnection(target);
  try {
    const [row] = await live.rows('SELECT ssl, version FROM pg_stat_ssl WHERE pid = pg_backend_pid()');
    return row?.ssl === true ? String(row.version) : 'without TLS';
  } catch (error) {
    return error instanceof Error ? error.message.replace(/\S+@127\S+/, 'HERE') : String(error);
  } finally {
    await live.dispose();
  }
}

/** `reached`, or what a user is told, at another name than the server's own address. */
async function outcomeAt(host: string, query: Readonly<Record<string, string>>): Promise<string> {
  const target = readConnectionUrl(`${server.url.replace('127.0.0.1', host)}?${new URLSearchParams(query)}`);
  assert.ok(target.kind === 'postgresql');
  const live = new LiveConnection(target);
  return live
    .rows('SELECT 1')
    .then(() => 'reached', String)
    .finally(() => live.dispose());
}

test('what does not look at the certificate takes any, and only what may does without TLS', async () => {
  for (const sslmode of ['prefer', 'require']) assert.equal(await encryption({ sslmode }), 'TLSv1.3');
  assert.match(await encryption({ sslmode: 'disable' }), /no pg_hba.conf entry/);
  assert.equal(await encryption({ sslmode: 'allow' }), 'TLSv1.3');
  for (const sslmode of ['prefer', 'allow', 'disable'])
    assert.equal(await encryption({ sslmode }, 'plain'), 'without TLS');
  assert.match(await encryption({ sslmode: 'require' }, 'plain'), /rejects connection/);
});

test('a root that signed it is enough for verify-ca; verify-full wants its name too', async () => {
  const root = { sslrootcert: ours.root };
  for (const sslmode of ['require', 'verify-ca', 'verify-full'])
    assert.equal(await encryption({ sslmode, ...root }), 'TLSv1.3');
  const byName = (sslmode: string) => outcomeAt('localhost', { ...root, sslmode });
  assert.equal(await byName('verify-ca'), 'reached');
  assert.match(await byName('verify-full'), /made out for 127\.0\.0\.1, db\.internal/);
});

test('through a tunnel the certificate is still that of the host behind it', async () => {
  const address = { hostaddr: '127.0.0.1', sslmode: 'verify-full', sslrootcert: ours.root };
  const behind = (host: string) => outcomeAt(host, address);
  assert.equal(await behind('db.internal'), 'reached');
  assert.match(await behind('other.internal'), /made out for 127\.0\.0\.1, db\.internal/);
});

test('an unknown authority is refused, and what to do is said', async () => {
  await using theirs = await startAuthority();
  for (const sslmode of ['verify-ca', 'verify-full', 'require'])
    assert.match(await encryption({ sslmode, sslrootcert: theirs.root }), /not signed .*sslrootcert/);
  assert.match(await encryption({ sslmode: 'verify-full' }), /not signed .*sslrootcert/);
  assert.match(await encryption({ sslrootcert: 'system' }), /not signed .*sslrootcert/);
  assert.match(
    await encryption({ sslmode: 'verify-ca', sslrootcert: '/missing/root.crt' }),
    /The file \/missing\/root\.crt \(sslrootcert\) cannot be read/,
  );
});

test('a certificate of the client’s own, its key encrypted or not', async () => {
  const { certificate, key } = await ours.sign('holder');
  const own = { sslmode: 'require', sslcert: certificate };
  assert.equal(await encryption({ ...own, sslkey: key }, 'holder'), 'TLSv1.3');
  const secret = await ours.encryptKey(key, 'open sesame');
  assert.equal(await encryption({ ...own, sslkey: secret, sslpassword: 'open sesame' }, 'holder'), 'TLSv1.3');
  assert.match(
    await encryption({ ...own, sslkey: secret, sslpassword: 'no' }, 'holder'),
    /key .*sslpassword/,
  );
  assert.match(await encryption({ sslmode: 'require' }, 'holder'), /certificate/);
  assert.match(await encryption({ ...own, sslkey: '/missing.key' }, 'holder'), /missing\.key \(sslkey\)/);
});

test('certificates where libpq looks for them unasked', async () => {
  await using home = await temporaryFolder('home');
  await mkdir(join(home.path, '.postgresql'));
  const { certificate, key } = await ours.sign('holder');
  const files = { 'postgresql.crt': certificate, 'postgresql.key': key, 'root.crt': ours.root };
  for (const [name, file] of Object.entries(files))
    await copyFile(file, join(home.path, '.postgresql', name));
  const before = process.env.HOME;
  process.env.HOME = home.path;
  try {
    assert.equal(await encryption({ sslmode: 'verify-full' }, 'holder'), 'TLSv1.3');
  } finally {
    process.env.HOME = before;
  }
});

test('channel binding, where it is asked for, is had or the connection given up', async () => {
  const wanted = { sslmode: 'require', channel_binding: 'require' };
  assert.equal(await encryption(wanted), 'TLSv1.3');
  for (const role of ['trusted', 'cleartext'])
    assert.match(await encryption(wanted, role), /channel_binding=require/);
  assert.match(await encryption({ ...wanted, sslmode: 'disable' }, 'plain'), /channel_binding=require/);
});

test('TLS from the first byte on', async () => {
  assert.equal(await encryption({ sslmode: 'require', sslnegotiation: 'direct' }), 'TLSv1.3');
});
