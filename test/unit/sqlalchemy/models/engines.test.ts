import assert from 'node:assert/strict';
import { test } from 'node:test';
import { engines } from './read-models-of.ts';

test('an engine with literal settings', () => {
  const { engines: found } = engines(`from sqlalchemy.ext.asyncio import create_async_engine
SIZE = 7
engine = create_async_engine("postgresql+asyncpg://u:p@h/d", pool_size=SIZE, pool_pre_ping=True, connect_args={"server_settings": {"application_name": "shop"}})
`);
  const [engine] = found;
  assert.equal(engine?.name, 'engine');
  assert.equal(engine?.driver, 'postgresql+asyncpg');
  assert.equal(engine?.applicationName, 'shop');
  assert.deepEqual(engine?.pool, {
    className: 'AsyncAdaptedQueuePool',
    size: 7,
    maxOverflow: 10,
    timeout: 30,
    recycle: -1,
    prePing: true,
  });
});

test('the URL through a settings class, its property and the environment', () => {
  const { engines: found } = engines(`import os
from pydantic_settings import BaseSettings
from sqlalchemy import create_engine
class Settings(BaseSettings):
    host: str = "db"
    @property
    def url(self) -> str:
        return f"postgresql://{self.host}/app"
def get_settings() -> Settings:
    return Settings()
settings = get_settings()
a = create_engine(settings.url)
b = create_engine(os.environ.get("URL", "sqlite://"))
c = create_engine(os.environ["URL"], pool_size=compute())
`);
  assert.deepEqual(
    found.map(({ url }) => url),
    ['postgresql://db/app', 'sqlite://', null],
  );
  assert.equal(found[1]?.pool.className, 'SingletonThreadPool');
  assert.equal(found[2]?.pool.size, null);
  assert.equal(found[2]?.urlText, 'os.environ["URL"]');
});

test('URL.create is put together', () => {
  const { engines: found } = engines(`from sqlalchemy import URL, create_engine
engine = create_engine(URL.create("postgresql+psycopg", username="u", password="p@", host="h", port=5433, database="d"))
`);
  assert.equal(found[0]?.url, 'postgresql+psycopg://u:p%40@h:5433/d');
});

test('session factories', () => {
  const { sessionFactories } = engines(`from sqlalchemy.ext.asyncio import async_sessionmaker
from sqlalchemy.orm import sessionmaker, scoped_session
A = async_sessionmaker(engine, expire_on_commit=False)
B = scoped_session(sessionmaker(bind=engine))
`);
  assert.deepEqual(
    sessionFactories.map(({ name, kind, expireOnCommit }) => [name, kind, expireOnCommit]),
    [
      ['A', 'async', false],
      ['B', 'sync', true],
    ],
  );
});

test('settings in dictionaries: of engine_from_config, by its prefix, and unpacked as keywords', () => {
  const { engines: found } = engines(`from sqlalchemy import create_engine, engine_from_config
options = {"sqlalchemy.url": "postgresql://h/a", "sqlalchemy.pool_size": 3}
a = engine_from_config(options)
b = engine_from_config({"db.url": "postgresql://h/b", "db.pool_size": "4"}, prefix="db.")
keywords = {"pool_size": 12, "max_overflow": 2}
c = create_engine("postgresql://h/c", **keywords)
d = engine_from_config(config.get_section("alembic"))
`);
  assert.deepEqual(
    found.map(({ name, url, pool }) => [name, url, pool.size]),
    [
      ['a', 'postgresql://h/a', 3],
      ['b', 'postgresql://h/b', 4],
      ['c', 'postgresql://h/c', 12],
      ['d', null, null],
    ],
  );
});

test('engines that functions make and give back, alone, in a tuple, or on an object', () => {
  const { engines: found, sessionFactories } = engines(`import os
from sqlalchemy import create_engine
from sqlalchemy.orm import sessionmaker
def init(url: str):
    engine = create_engine(url, pool_size=9)
    return sessionmaker(bind=engine), engine
Session, engine = init("postgresql://h/d")
def made():
    return create_engine(f"postgresql://{os.getenv('HOST', 'db')}/made")
class Database:
    def __init__(self):
        self.primary = create_engine(os.environ.get("A", os.environ.get("B", "postgresql://h/nested")))
`);
  assert.deepEqual(
    found.map(({ name, url, pool }) => [name, url, pool.size]),
    [
      ['engine', null, 9],
      [null, 'postgresql://db/made', 5],
      ['primary', 'postgresql://h/nested', 5],
    ],
  );
  assert.equal(sessionFactories.length, 1);
});
