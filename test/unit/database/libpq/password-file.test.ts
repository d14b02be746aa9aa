// A password that stands where libpq keeps it: the file's lines, and a real server that asks for it.
import assert from 'node:assert/strict';
import { chmod, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import pg from 'pg';
import { readConnectionUrl } from '../../../../src/database/connection-url.ts';
import { type PasswordPlace, passwordIn } from '../../../../src/database/libpq/password-file.ts';
import { readServiceFile } from '../../../../src/database/libpq/service-file.ts';
import { LiveConnection } from '../../../../src/database/live/live-connection.ts';
import { startPostgres } from '../../../../src/tools/postgres.ts';
import { temporaryFolder } from '../../../../src/tools/temporary-folder.ts';

const shop: PasswordPlace = { host: 'db', port: 5432, database: 'shop', user: 'app' };

test('the first line that fits, as libpq reads it', () => {
  const found = (text: string, place: Partial<PasswordPlace> = {}) => passwordIn(text, { ...shop, ...place });
  assert.equal(found('other:*:*:*:a\ndb:5432:shop:app:b\n*:*:*:*:c'), 'b');
  assert.equal(found('# *:*:*:*:a\n\ndb:5432\n*:*:shop:*:b\r\n'), 'b');
  assert.equal(found('db:5433:*:*:a'), null);
  assert.equal(found('*:*:*:*:a:b\\\\c\\:d # e '), 'a:b\\c:d # e ');
  assert.equal(found('fe80\\:\\:1:*:a\\:b:*:p', { host: 'fe80::1', database: 'a:b' }), 'p');
  assert.equal(found('db:*:a\\\\:app:p', { database: 'a\\' }), 'p');
  assert.equal(found('localhost:*:*:*:p', { host: null }), 'p');
  assert.equal(found('localhost:*:*:*:p', { host: '/var/run/postgresql' }), 'p');
  assert.equal(found('/srv/sockets:*:*:*:p', { host: '/srv/sockets' }), 'p');
});

test('on a server that asks: wildcards, escapes, tunnels, services, and a file that others may read', async () => {
  const password = 'a:b\\c#ü ';
  const escaped = 'a\\:b\\\\c#ü ';
  await using server = await startPostgres();
  await using folder = await temporaryFolder('passwords');
  const admin = new pg.Client({ connectionString: server.url });
  await admin.connect();
  await admin.query(`CREATE ROLE app LOGIN PASSWORD ${pg.escapeLiteral(password)}`);
  await admin.query('CREATE DATABASE "a:b"');
  await admin.end();
  const file = join(folder.path, 'pgpass');
  const write = async (lines: string, mode = 0o600) => {
    await writeFile(file, lines);
    await chmod(file, mode);
  };
  const place = `127.0.0.1:${server.port}`;
  const services = readServiceFile(`[shop]\nhost=127.0.0.1\nport=${server.port}\nuser=app\ndbname=postgres\n
    [own]\nhost=127.0.0.1\nport=${server.port}\nuser=app\ndbname=postgres\npassfile=${file}`);
  const outcome = async (url: string, environment = { PGPASSFILE: file } as Record<string, string>) => {
    const target = readConnectionUrl(url, environment, services);
    assert.ok(target.kind === 'postgresql');
    const live = new LiveConnection(target);
    return live
      .rows('SELECT 1')
      .then(() => 'reached', String)
      .finally(() => live.dispose());
  };
  const plain = `postgresql://app@${place}/postgres`;

  await write(`other:*:*:*:wrong\n${place}:*:app:${escaped}\n`);
  assert.equal(await outcome(plain), 'reached');
  assert.equal(await outcome(`postgresql+asyncpg://app@${place}/postgres`), 'reached');
  assert.equal(await outcome(`${plain}?passfile=${file}`, {}), 'reached');
  assert.equal(await outcome('postgresql://?service=shop'), 'reached');
  assert.equal(await outcome('postgresql://', { PGSERVICE: 'own' }), 'reached');
  await write(`*:*:a\\:b:*:${escaped}`);
  assert.equal(await outcome(`postgresql://app@${place}/a:b`), 'reached');
  assert.match(await outcome(plain), /no line of .*pgpass is for 127\.0\.0\.1:\d+:postgres:app/);
  // Through a tunnel the name is what counts, not the address.
  await write(`db.internal:*:*:*:${escaped}`);
  assert.equal(
    await outcome(`postgresql://app@db.internal:${server.port}/postgres?hostaddr=127.0.0.1`),
    'reached',
  );
  await write(`*:*:*:*:wrong`);
  assert.match(await outcome(plain), /refused the password/);
  await write(`*:*:*:*:${escaped}`, 0o640);
  assert.match(await outcome(plain), /asks for a password, .*others may read it\. Run: chmod 600/);
  assert.match(await outcome(plain, { PGPASSFILE: `${file}.not` }), /asks for a password, and none is known/);
  // What is given outright is not looked up.
  assert.match(await outcome(plain.replace('app@', 'app:wrong@')), /refused the password/);
});
