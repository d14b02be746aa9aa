import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  displayTarget,
  type Environment,
  isDatabaseUrl,
  type PostgresTarget,
  readConnectionUrl,
  redactUrl,
} from '../../../src/database/connection-url.ts';

function postgres(url: string, environment: Environment = {}): PostgresTarget {
  const target = readConnectionUrl(url, environment);
  assert.equal(target.kind, 'postgresql');
  return target as PostgresTarget;
}

test('every part of a URL, with its escapes', () => {
  assert.deepEqual(
    postgres('postgresql+asyncpg://us%40er:p%3Ass%C3%A9@db.example:6543/shop?application_name=a+b'),
    {
      kind: 'postgresql',
      driver: 'asyncpg',
      hosts: [{ host: 'db.example', port: 6543 }],
      sessionAttributes: 'any',
      user: 'us@er',
      password: 'p:ssé',
      passwordFile: null,
      database: 'shop',
      ssl: 'prefer',
      sslRootCertificate: null,
      sslCertificate: null,
      sslKey: null,
      sslKeyPassword: null,
      channelBinding: 'prefer',
      options: { application_name: 'a b' },
    },
  );
});

test('drivers are read and need not be given', () => {
  for (const driver of ['asyncpg', 'psycopg', 'psycopg2', 'pg8000']) {
    assert.equal(postgres(`postgresql+${driver}://h/d`).driver, driver);
  }
  assert.equal(postgres('postgres://h/d').driver, null);
});

test('hosts: IPv6, sockets, several, and none', () => {
  const hosts = (url: string) => postgres(url).hosts.map(({ host, port }) => `${host} ${port}`);
  assert.deepEqual(hosts('postgresql://[::1]:5433/d'), ['::1 5433']);
  assert.deepEqual(hosts('postgresql://a:1,b/d'), ['a 1', 'b 5432']);
  assert.deepEqual(hosts('postgresql:///d?host=/run/pg&port=5433'), ['/run/pg 5433']);
  assert.deepEqual(hosts('postgresql://%2Frun%2Fpg/d'), ['/run/pg 5432']);
  assert.deepEqual(hosts('postgresql:///d?host=a:1&host=b:2'), ['a 1', 'b 2']);
  assert.deepEqual(hosts('postgresql:///d?host=a,b&port=1,2'), ['a 1', 'b 2']);
  assert.deepEqual(hosts('postgresql://'), ['null 5432']);
});

test('what the URL leaves out comes from libpq’s variables', () => {
  const environment = {
    PGHOST: 'h',
    PGPORT: '7',
    PGUSER: 'u',
    PGPASSWORD: 'p',
    PGSSLMODE: 'verify-ca',
    PGSSLROOTCERT: '/ca',
  };
  const target = postgres('postgresql://', environment);
  assert.deepEqual(target.hosts, [{ host: 'h', port: 7 }]);
  assert.deepEqual([target.user, target.password, target.database], ['u', 'p', 'u']);
  assert.deepEqual([target.ssl, target.sslRootCertificate], ['verify-ca', '/ca']);
  assert.equal(postgres('postgresql://x@y:8/z', environment).user, 'x');
});

test('asyncpg’s ssl and libpq’s sslmode mean the same', () => {
  const mode = (query: string) => postgres(`postgresql://h/d?${query}`).ssl;
  assert.deepEqual(['ssl=true', 'ssl=require', 'sslmode=disable', 'ssl=odd'].map(mode), [
    'verify-full',
    'require',
    'disable',
    'prefer',
  ]);
});

test('SQLite files and memory', () => {
  const file = (url: string) => {
    const target = readConnectionUrl(url);
    return target.kind === 'sqlite' ? target.file : 'no SQLite';
  };
  assert.equal(file('sqlite:///shop.db'), 'shop.db');
  assert.equal(file('sqlite+aiosqlite:////var/shop.db'), '/var/shop.db');
  assert.equal(file('sqlite:///C:\\shop.db'), 'C:\\shop.db');
  assert.equal(file('sqlite:///file:shop.db?mode=ro&uri=true'), 'shop.db');
  for (const url of ['sqlite://', 'sqlite:///:memory:', 'sqlite:///file::memory:?cache=shared&uri=true']) {
    assert.equal(file(url), null);
  }
});

test('what is no target says why', () => {
  const reason = (url: string) => {
    const target = readConnectionUrl(url);
    return target.kind === 'unsupported' ? target.reason : target.kind;
  };
  assert.match(reason('mysql+pymysql://h/d'), /mysql/);
  assert.match(reason('driver://user:pass@localhost/dbname'), /alembic init/);
  assert.match(reason('postgresql://u:p@%(HOST)s/d'), /placeholder/);
  assert.match(reason('postgresql://h:99999/d'), /port/);
  assert.match(reason('postgresql://h:port/d'), /port/);
  assert.match(reason('shop'), /not a database URL/);
});

test('no password in labels, options or logs', () => {
  const url = 'postgresql://u:s3cret@h:1/d?sslpassword=s3cret';
  assert.equal(displayTarget(postgres(url)), 'u@h:1/d');
  assert.deepEqual(postgres(url).options, {});
  for (const text of [
    url,
    `cannot open ${url}.`,
    'x://u:s3cret@s3cret@h',
    'postgresql:///d?password=s3cret&a=b',
  ]) {
    assert.doesNotMatch(redactUrl(text), /s3cret/);
  }
});

test('nothing makes the reader throw', () => {
  for (const url of [
    '',
    '://',
    'postgresql://%',
    'postgresql://[::1',
    'postgresql://u:%zz@h/d',
    'postgresql://\0@h',
    'sqlite:',
  ]) {
    assert.ok(readConnectionUrl(url).kind);
  }
});

test('certificates, the wanted kind of host, and startup options', () => {
  const url =
    'postgresql+psycopg://u@a,b/d?target_session_attrs=read-write&sslmode=verify-full&sslrootcert=/ca.pem&sslcert=/me.pem&sslkey=/me.key&options=-csearch_path%3Dshop';
  const target = postgres(url);
  assert.deepEqual(
    [target.sessionAttributes, target.ssl, target.sslRootCertificate, target.sslCertificate, target.sslKey],
    ['read-write', 'verify-full', '/ca.pem', '/me.pem', '/me.key'],
  );
  assert.equal(target.options.options, '-csearch_path=shop');
  assert.equal(postgres('postgresql://h/d?target_session_attrs=nonsense').sessionAttributes, 'any');
});

test('a service fills in what the URL leaves out, and outranks the environment', () => {
  const services = { shop: { host: 'db', port: '6000', user: 'su', dbname: 'sd', sslmode: 'require' } };
  const read = (url: string, environment: Environment = {}) => {
    const target = readConnectionUrl(url, environment, services);
    assert.ok(target.kind === 'postgresql');
    return [target.hosts[0]?.host, target.hosts[0]?.port, target.user, target.database, target.ssl];
  };
  const whole = ['db', 6000, 'su', 'sd', 'require'];
  assert.deepEqual(read('postgresql:///?service=shop'), whole);
  assert.deepEqual(read('postgresql://', { PGSERVICE: 'shop', PGHOST: 'other' }), whole);
  assert.deepEqual(read('postgresql://me@/own?service=shop'), ['db', 6000, 'me', 'own', 'require']);
  const unknown = readConnectionUrl('postgresql://h/d?service=other', {}, services);
  assert.match(
    unknown.kind === 'unsupported' ? unknown.reason : unknown.kind,
    /^No pg_service.conf has the service other/,
  );
  assert.equal(
    readConnectionUrl('postgresql://h/d', { PGSERVICE: 'toString' }, services).kind,
    'unsupported',
  );
});

test('what connects as PostgreSQL does has a dialect and a port of its own', () => {
  const placeOf = (url: string) => postgres(url).hosts[0];
  assert.deepEqual(placeOf('cockroachdb://root@h/d?sslmode=disable'), { host: 'h', port: 26257 });
  assert.deepEqual(placeOf('cockroachdb+asyncpg://root@h:1/d'), { host: 'h', port: 1 });
  assert.deepEqual(placeOf('yugabytedb+psycopg2://h/d'), { host: 'h', port: 5433 });
  assert.deepEqual(placeOf('redshift+psycopg2://h/d'), { host: 'h', port: 5439 });
  assert.equal(postgres('cockroachdb+psycopg://h/d').driver, 'psycopg');
  const urls = [
    'postgres://h',
    'timescaledb://h/d',
    'sqlite+aiosqlite:///f',
    'redis://h',
    'mysql://h/d',
    'postgresqlx://h',
  ];
  assert.deepEqual(urls.map(isDatabaseUrl), [true, true, true, false, false, false]);
});
