import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findConnections } from '../../../src/workspace/connections/find-connections.ts';
import { poolDeclarations } from '../../../src/workspace/connections/pool-declarations.ts';
import { workspaceOf } from '../../workspace.ts';

const engine = (url: string) => `from sqlalchemy import create_engine\nengine = create_engine(${url})\n`;

/** Connections as `file:line text`. */
async function found(files: Readonly<Record<string, string>>): Promise<readonly string[]> {
  const workspace = await workspaceOf(files);
  return findConnections(workspace).map(({ path, url }) => `${path.replace('/project/', '')} ${url}`);
}

test('environment files, but not their examples', async () => {
  assert.deepEqual(
    await found({
      '.env': 'DATABASE_URL=postgresql://h/d\nOTHER=1',
      '.env.example': 'DATABASE_URL=postgresql://x/y',
    }),
    ['.env postgresql://h/d'],
  );
});

test('a URL in pieces, where no whole one stands', async () => {
  const pieces =
    'POSTGRES_SERVER=db\nPOSTGRES_PORT=6543\nPOSTGRES_USER=ann\nPOSTGRES_PASSWORD=a/b\nPOSTGRES_DB=shop\n';
  assert.deepEqual(await found({ '.env': pieces }), ['.env postgresql://ann:a%2Fb@db:6543/shop']);
  assert.deepEqual(await found({ '.env': `${pieces}DATABASE_URL=postgresql://h/d` }), [
    '.env postgresql://h/d',
  ]);
  assert.deepEqual(await found({ '.env': 'PGHOST=h\nPGUSER=u\nPGDATABASE=d' }), ['.env postgresql://u@h/d']);
  assert.deepEqual(await found({ '.env': 'SMTP_HOST=h\nSMTP_USER=u\nSMTP_NAME=n\nDB_HOST=only' }), []);
});

test('services of docker-compose that publish a port on this machine', async () => {
  const compose = `services:
  db:
    image: postgres:17-alpine
    environment:
      POSTGRES_USER: shop
      POSTGRES_PASSWORD: \${SECRET:-none}
    ports: ["\${DB_PORT:-5433}:5432"]
  geo:
    image: docker.io/postgis/postgis:17-3.5
    environment: [POSTGRES_PASSWORD=p, POSTGRES_DB=maps]
    ports:
      - target: 5432
        published: 5440
  inside:
    image: postgres
  cache:
    image: redis
    ports: ["6379:6379"]
  exporter:
    image: quay.io/prometheuscommunity/postgres-exporter
    ports: ["9187:5432"]
`;
  assert.deepEqual(await found({ 'docker-compose.yml': compose, '.env': 'SECRET=s3' }), [
    'docker-compose.yml postgresql://shop:s3@localhost:5433/shop',
    'docker-compose.yml postgresql://postgres:p@localhost:5440/maps',
  ]);
  assert.deepEqual(await found({ 'compose.yaml': 'services: [broken' }), []);
});

test('a compose file with what lies over it, its environment files and nested defaults', async () => {
  const base = `services:
  db:
    image: postgres:\${VERSION:-\${LATEST:-18}}
    env_file: [./.env.db]
    environment:
      POSTGRES_PASSWORD: \${PASSWORD:?set it}
`;
  const over = `services:\n  db:\n    ports: ["\${HOST_PORT:-5434}:5432"]\n`;
  const files = { 'compose.yml': base, 'compose.override.yml': over };
  const urls = async (more: Readonly<Record<string, string>>) =>
    (await found({ ...files, ...more })).filter(each => each.startsWith('compose'));
  assert.deepEqual(await urls({}), ['compose.yml postgresql://postgres@localhost:5434/postgres']);
  assert.deepEqual(
    await urls({ '.env.db': 'POSTGRES_USER=ann\nPOSTGRES_DB=shop', '.env': "PASSWORD='a$$A'" }),
    ['compose.yml postgresql://ann:a%24%24A@localhost:5434/shop'],
  );
});

test('service files of the workspace', async () => {
  assert.deepEqual(await found({ 'pg_service.conf': '[a]\nhost=h\ndbname=d\n' }), [
    'pg_service.conf postgresql:///d?host=h',
  ]);
});

test('a literal in the code', async () => {
  const parts = 'URL.create("postgresql+psycopg", username="u", host="h", port=5433, database="d")';
  assert.deepEqual(
    await found({
      '.env': 'DATABASE_URL=postgresql://e/e',
      'db.py': engine(parts).replace('create_engine\n', 'create_engine, URL\n'),
    }),
    ['.env postgresql://e/e', 'db.py postgresql+psycopg://u@h:5433/d'],
  );
  assert.deepEqual(await found({ 'db.py': engine('"postgresql://h/d"') }), ['db.py postgresql://h/d']);
});

test('a default in settings gives way to an environment file', async () => {
  const settings =
    'from pydantic_settings import BaseSettings\nclass Settings(BaseSettings):\n    url: str = "postgresql://default/d"\nsettings = Settings()\n';
  const files = {
    'settings.py': settings,
    'db.py': `from settings import settings\n${engine('settings.url')}`,
  };
  assert.deepEqual(await found(files), ['db.py postgresql://default/d']);
  assert.deepEqual(await found({ ...files, '.env': 'URL=postgresql://real/d' }), [
    '.env postgresql://real/d',
  ]);
});

test('settings that an engine has from a star import', async () => {
  const files = {
    'settings.py': 'DATABASE_URL = "postgresql://star/d"\n',
    'db.py': `from settings import *\n${engine('DATABASE_URL')}`,
  };
  assert.deepEqual(await found(files), ['db.py postgresql://star/d']);
});

const settingsClass = (body: string) => ({
  'settings.py': `from pydantic import Field, PostgresDsn, SecretStr
from pydantic_core import MultiHostUrl
from pydantic_settings import BaseSettings, SettingsConfigDict
class Settings(BaseSettings):
${body.replaceAll(/^/gm, '    ')}
settings = Settings()
`,
});
const pieces = `model_config = SettingsConfigDict(env_prefix="APP_")
db_host: str = "db.example"
db_port: int = 5433
db_user: str = "ann"
db_password: SecretStr
db_name: str = Field(default="shop")`;

test('the pieces of a settings class, with what environment files say of them', async () => {
  const files = settingsClass(pieces);
  const engineOf = (url: string) => ({ 'db.py': `from settings import settings\n${engine(url)}` });
  const used = { ...files, ...engineOf('settings.url') };
  assert.deepEqual(await found(used), ['settings.py postgresql://ann@db.example:5433/shop']);
  assert.deepEqual(await found({ ...used, '.env.local': 'APP_DB_HOST=h\nAPP_DB_PASSWORD=a/b' }), [
    '.env.local postgresql://ann:a%2Fb@h:5433/shop',
  ]);
});

test('URLs that settings classes build', async () => {
  const url = (call: string) => `host: str = "h"
@property
def url(self) -> PostgresDsn:
    return ${call}`;
  const built = async (call: string) =>
    found({
      ...settingsClass(url(call)),
      'db.py': `from settings import settings\n${engine('str(settings.url)')}`,
    });
  for (const call of [
    'PostgresDsn.build(scheme="postgresql+asyncpg", username="u", password="p", host=self.host, port=5433, path="d")',
    'MultiHostUrl.build(scheme="postgresql+asyncpg", username="u", password="p", host=self.host, port=5433, path="d")',
    'PostgresDsn.build(scheme="postgresql+asyncpg", user="u", password="p", host=self.host, port="5433", path="/d")',
  ])
    assert.deepEqual(await built(call), ['db.py postgresql+asyncpg://u:p@h:5433/d'], call);
  assert.deepEqual(await built('PostgresDsn.build(scheme="postgresql", host=read(), path="d")'), []);
});

test('a URL that is a default, and one by another name', async () => {
  const field = settingsClass('url: PostgresDsn = Field("postgresql://h/d", validation_alias="DB_DSN")');
  const used = { ...field, 'db.py': `from settings import settings\n${engine('make(settings)')}` };
  assert.deepEqual(await found(used), ['settings.py postgresql://h/d']);
  assert.deepEqual(await found({ ...used, '.env': 'DB_DSN=postgresql://real/d' }), [
    '.env postgresql://real/d',
  ]);
});

test('a default for a variable of the environment, of the module or a class of settings', async () => {
  const url = 'postgresql://localhost/shop';
  for (const value of [
    `os.getenv("DATABASE_URL", "${url}")`,
    `os.environ.get("SHOP_DB_URI") or "${url}"`,
    `Secret(config("SQLALCHEMY_DATABASE_URI", default="${url}"))`,
    `field(default_factory=get_env("POSTGRES_DSN", "${url}"))`,
  ]) {
    assert.deepEqual(
      await found({ 'app.py': `import sqlalchemy\nurl = ${value}\n` }),
      [`app.py ${url}`],
      value,
    );
    const settings = `import sqlalchemy\nclass Settings:\n    url: str = ${value}\n`;
    assert.deepEqual(await found({ 'app.py': settings }), [`app.py ${url}`], value);
  }
  const other = 'import sqlalchemy\nurl = os.getenv("BROKER_URL", "postgresql://h/d")\n';
  assert.deepEqual(await found({ 'app.py': other }), []);
});

test('what Flask-SQLAlchemy reads, of the development and not of its tests', async () => {
  const config = `class Config:
    SQLALCHEMY_DATABASE_URI = "postgresql://localhost/shop"

class TestConfig(Config):
    SQLALCHEMY_DATABASE_URI = "postgresql://localhost/shop_test"
`;
  assert.deepEqual(await found({ 'config.py': config }), ['config.py postgresql://localhost/shop']);
  const given = { 'config.py': config, '.env': 'SQLALCHEMY_DATABASE_URI=postgresql://h/d' };
  assert.deepEqual(await found(given), ['.env postgresql://h/d']);
});

test('settings that only the package of a package brings in', async () => {
  const settings = `from pydantic_settings import BaseSettings

class Provider(BaseSettings):
    POSTGRES_USER: str = "shop"
    POSTGRES_PWD: str = "secret"
    POSTGRES_SERVER: str = "localhost"
    POSTGRES_DB: str = "shop"
`;
  assert.deepEqual(await found({ 'app/core/settings/providers.py': settings }), [
    'app/core/settings/providers.py postgresql://shop:secret@localhost/shop',
  ]);
});

test('an environment file of the tests hides nothing', async () => {
  const config = 'import sqlalchemy\nurl = os.getenv("DATABASE_URL", "postgresql://localhost/shop")\n';
  assert.deepEqual(await found({ 'app.py': config, '.env.testing': 'DATABASE_URL=postgresql://h/test' }), [
    'app.py postgresql://localhost/shop',
  ]);
});

test('alembic.ini, and its placeholder', async () => {
  const ini = (url: string) => `[alembic]\nscript_location = migrations\nsqlalchemy.url = ${url}\n`;
  const env =
    'from alembic import context\ncontext.configure(url=context.config.get_main_option("sqlalchemy.url"))\n';
  assert.deepEqual(await found({ 'alembic.ini': ini('postgresql://h/d'), 'migrations/env.py': env }), [
    'alembic.ini postgresql://h/d',
  ]);
  assert.deepEqual(
    await found({ 'alembic.ini': ini('driver://user:pass@localhost/dbname'), 'migrations/env.py': env }),
    [],
  );
});

test('a scheme alone names no database', async () => {
  assert.deepEqual(await found({ 'app.py': engine("'mysql+pymysql://', creator=connect") }), []);
});

test('what tests connect to is no connection of the project, nor its pool', async () => {
  assert.deepEqual(
    await found({ 'tests/test_health.py': engine("'postgresql://localhost:99999/invalid'") }),
    [],
  );
  const files = { 'tests/conftest.py': engine('"postgresql://h/test", pool_size=3') };
  assert.deepEqual(await found(files), []);
  assert.deepEqual(poolDeclarations(await workspaceOf(files)), []);
});

test('a pool as the code declares it', async () => {
  const workspace = await workspaceOf({
    'db.py': engine(
      '"postgresql://ann@h/d", pool_size=3, max_overflow=1, connect_args={"application_name": "shop"}',
    ),
  });
  const [pool] = poolDeclarations(workspace);
  assert.deepEqual(
    [pool?.name, pool?.size, pool?.maxOverflow, pool?.applicationName, pool?.database, pool?.user],
    ['engine', 3, 1, 'shop', 'd', 'ann'],
  );
});

test('the processes that a web server is started with, where one engine is theirs', async () => {
  const db = engine('"postgresql://h/d", pool_size=3, max_overflow=1');
  const compose = (command: string) => `services:\n  api:\n    image: app\n    command: ${command}\n`;
  const processes = async (files: Readonly<Record<string, string>>) =>
    poolDeclarations(await workspaceOf({ 'db.py': db, ...files })).map(pool => pool.processes);
  const four = { 'compose.yaml': compose('gunicorn app:app --workers 4') };
  assert.deepEqual(await processes(four), [4]);
  assert.deepEqual(await processes({ 'compose.yaml': compose('["uvicorn", "app:app", "-w", "2"]') }), [2]);
  assert.deepEqual(await processes({ 'gunicorn.conf.py': 'bind = "x"\nworkers = 3  # cores\n' }), [3]);
  assert.deepEqual(await processes({ '.env': 'WEB_CONCURRENCY=5' }), [5]);
  assert.deepEqual(await processes({ ...four, '.env': 'WEB_CONCURRENCY=5' }), [null]);
  assert.deepEqual(await processes({ 'compose.yaml': compose('celery worker -w 8') }), [null]);
  const variable = 'services:\n  api:\n    image: app\n    environment:\n      WEB_CONCURRENCY: "6"\n';
  assert.deepEqual(await processes({ 'compose.yaml': variable }), [6]);
  assert.deepEqual(await processes({ 'deploy/gunicorn_conf.py': 'workers = 4\n' }), [4]);
  assert.deepEqual(
    await processes({ 'main.py': 'import uvicorn\nuvicorn.run("app:app", port=1, workers=3)\n' }),
    [3],
  );
  assert.deepEqual(
    await processes({ Procfile: 'worker: celery worker -w 8\nweb: gunicorn -w 4 app:app\n' }),
    [4],
  );
  assert.deepEqual(
    await processes({ Dockerfile: 'FROM python\nCMD ["gunicorn", "-w", "4", "app:app"]\n' }),
    [4],
  );
  assert.deepEqual(await processes({ 'api.dockerfile': 'CMD uvicorn app:app \\\n  --workers=2\n' }), [2]);
  assert.deepEqual(await processes({ 'Dockerfile.prod': 'ENV WEB_CONCURRENCY 3\nRUN make -w 9\n' }), [3]);
  assert.deepEqual(await processes({ ...four, 'other.py': db }), [null, null]);
});
