// URLs found in several places become one connection a target, and nothing shown of it holds a password.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { OriginKind } from '../../../../src/protocol/connections.ts';
import { environmentDatabase } from '../../../../src/server/live/environment-database.ts';
import { knownConnections } from '../../../../src/server/live/known-connections.ts';
import type { FoundConnection, FoundEnvironment } from '../../../../src/server/live/ports.ts';

function found(url: string, kind: OriginKind = 'code', name: string | null = null): FoundConnection {
  return { url, name, origin: { kind, label: kind, place: null }, folder: '/w' };
}

const nowhere = { environment: {}, services: {} };

const known = (...urls: readonly FoundConnection[]) => knownConnections(urls, nowhere);

test('one target in several places is one connection with all origins', () => {
  const all = known(
    found('postgresql://shop@db/shop'),
    found('postgresql+asyncpg://shop:pw@db:5432/shop', 'environment-file'),
    found('postgresql://shop@db/other', 'alembic'),
  );
  assert.deepEqual(
    all.map(({ id, origins }) => [id, origins.map(({ kind }) => kind)]),
    [
      ['postgresql://shop@db/shop', ['environment-file', 'code']],
      ['postgresql://shop@db/other', ['alembic']],
    ],
  );
});

test('the origin that holds the password is the one that is used', () => {
  const [first] = known(found('postgresql://u@h/d'), found('postgresql://u:pw@h/d'));
  assert.equal(first?.target.kind === 'postgresql' && first.target.password, 'pw');
});

test('a name from settings is the label, wherever else the target is found', () => {
  const [first] = known(found('postgresql://u@h/d'), found('postgresql://u@h/d', 'settings', 'Staging'));
  assert.equal(first?.label, 'Staging');
  assert.deepEqual(first?.settingsUrls, ['postgresql://u@h/d']);
});

test('neither identifier, label nor URL holds a password', () => {
  const urls = [
    'postgresql+asyncpg://u:secret@h/d',
    'postgresql://h/d?password=secret&user=u',
    'postgresql://u:se/secret@h/d',
    'mysql://u:secret@h/d',
    'u:secret@h',
    'postgresql://u:secret@h:port/d',
  ];
  for (const url of urls) {
    const [{ id, label, url: shown } = { id: 'secret', label: '', url: '' }] = known(found(url));
    assert.doesNotMatch([id, label, shown].join(' '), /secret/, url);
  }
});

test('SQLite files are meant from the workspace', () => {
  const all = known(found('sqlite:///app.db'), found('sqlite+aiosqlite:////w/app.db'), found('sqlite://'));
  assert.deepEqual(
    all.map(({ id, label, url }) => [id, label, url]),
    [
      ['sqlite:////w/app.db', 'app.db', 'sqlite:////w/app.db'],
      ['sqlite:///:memory:', 'SQLite in memory', 'sqlite://'],
    ],
  );
});

test('ports and several hosts are part of the target', () => {
  const all = known(
    found('postgresql://u@h:1/d'),
    found('postgresql://u@h:2/d'),
    found('postgresql://u@h:1,i:2/d'),
  );
  assert.deepEqual(
    all.map(({ label }) => label),
    ['d at h:1', 'd at h:2', 'd at h:1,i:2'],
  );
});

function database(
  url: string | null,
  urlIsFixed: boolean,
  ...connections: readonly FoundConnection[]
): string {
  const environment = { url, urlIsFixed, folder: '/w' } as FoundEnvironment;
  const answer = environmentDatabase(environment, known(...connections), nowhere);
  return answer.kind === 'connection' ? answer.connection.id : answer.message;
}

const app = found('postgresql://u@h/app');
const env = found('postgresql://u@h/env', 'environment-file');

test('an environment’s marks come from the URL of its configuration, where env.py takes no other', () => {
  assert.equal(database('postgresql+asyncpg://u:pw@h/app', true, env, app), 'postgresql://u@h/app');
});

test('an environment file outranks it where env.py asks the program', () => {
  assert.equal(database('postgresql://u@h/app', false, env, app), 'postgresql://u@h/env');
  assert.equal(database('postgresql://u@h/app', false, app), 'postgresql://u@h/app');
});

test('else from an environment file, else from the only connection', () => {
  assert.equal(database(null, false, app, env), 'postgresql://u@h/env');
  assert.equal(database('driver://user:pass@localhost/dbname', true, app), 'postgresql://u@h/app');
});

test('else from none, which is said', () => {
  assert.match(database(null, true), /No database is known/);
  assert.match(database(null, true, app, found('postgresql://u@h/b')), /Several databases are known/);
});
