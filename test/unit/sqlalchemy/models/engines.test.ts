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
      ['engine', 'postgresql://h/d', 9],
      [null, 'postgresql://db/made', 5],
      ['primary', 'postgresql://h/nested', 5],
    ],
  );
  assert.equal(sessionFactories.length, 1);
});

/** The URL of each engine, or its driver alone, in order. */
function urls(text: string): readonly (string | null)[] {
  return engines(`from sqlalchemy import URL, create_engine, make_url\n${text}`).engines.map(
    ({ url, driver }) => url ?? driver,
  );
}

test('what the calls of an engine’s function give it, as far as they say the same', () => {
  const { engines: found } = engines(`from sqlalchemy import create_engine
class Database:
    def __init__(self, url, size=5):
        self.engine = create_engine(url, pool_size=size)
class Two:
    def __init__(self, url, size=5):
        self.engine = create_engine(url, pool_size=size)
def connect(url): return create_engine(url)
def named(url, settings): return create_engine(url, connect_args=settings)
fourth = named("postgresql://h/d", {"application_name": "told"})
one = Database("postgresql+psycopg://h/one", size=7)
first = Two("postgresql+psycopg://h/one")
second = Two("postgresql+psycopg://h/two")
third = connect(unseen())
`);
  assert.deepEqual(
    found.map(({ url, driver, pool, applicationName }) => [url, driver, pool.size, applicationName]),
    [
      ['postgresql+psycopg://h/one', 'postgresql+psycopg', 7, null],
      [null, 'postgresql+psycopg', 5, null],
      [null, null, 5, null],
      ['postgresql://h/d', 'postgresql', 5, 'told'],
    ],
  );
});

test('a URL that is put together again: set(), format(), %, variables and methods', () => {
  assert.deepEqual(
    urls(`import os
BASE = "postgresql://u:p@h:5433/d?sslmode=require"
a = create_engine(make_url(BASE).set(drivername="postgresql+psycopg", password="p@"))
b = create_engine(make_url(os.environ["URL"]).set(drivername="postgresql+psycopg"))
c = create_engine("postgresql://{}@{host}/d".format("u", host="h"))
d = create_engine("postgresql://%s@h:%d/d" % ("u", 5432))
e = create_engine("postgresql+psycopg://{user}@h/d".format(**options))
class Parts:
    system = "postgresql"
    def build(self):
        return URL.create(f"{self.system}+psycopg", host="h").render_as_string(hide_password=False)
parts = Parts()
url = URL.create("postgresql", host="kept")
f = create_engine(parts.build())
g = create_engine(url)
h = create_engine(make_url(BASE).set(host=unseen()))
i = create_engine(make_url("sqlite:///a.db").set(database="/tmp/b.db"))
j = create_engine(make_url(BASE).set(username=None, port=None))
k = create_engine(make_url("postgresql://[::1]/d").set(drivername="postgresql+psycopg"))
`),
    [
      'postgresql+psycopg://u:p%40@h:5433/d?sslmode=require',
      'postgresql+psycopg',
      'postgresql://u@h/d',
      'postgresql://u@h:5432/d',
      'postgresql+psycopg',
      'postgresql+psycopg://h',
      'postgresql://kept',
      'postgresql',
      'sqlite:////tmp/b.db',
      'postgresql://h/d?sslmode=require',
      'postgresql+psycopg',
    ],
  );
});

test('defaults by libraries for settings, in settings of settings, and what a validator puts together', () => {
  assert.deepEqual(
    urls(`from typing import Any, Optional
from decouple import config as decouple
from environs import Env
from pydantic import BaseSettings, Field, PostgresDsn, field_validator, validator
from starlette.config import Config
starlette = Config(".env")
env = Env()
a = create_engine(decouple("URL", default="postgresql://h/a"))
b = create_engine(starlette("URL", cast=str, default="postgresql://h/b"))
c = create_engine(env.str("URL", "postgresql://h/c"))
d = create_engine(starlette("URL"))
class Database(BaseSettings):
    host: str = "h"
    @property
    def url(self): return f"postgresql://{self.host}/d"
class Settings(BaseSettings):
    own: Database = Database()
    made: Database = Field(default_factory=Database)
    other: Database = Database(host="elsewhere")
    host: str = "h"
    old: Optional[PostgresDsn] = None
    new: Optional[PostgresDsn] = None
    none: Optional[str] = None
    @validator("old", pre=True)
    def assemble(cls, v: Optional[str], values: dict[str, Any]) -> Any:
        if isinstance(v, str):
            return v
        return PostgresDsn.build(scheme="postgresql", host=values.get("host"), path=f"/{values['host'] or ''}")
    @field_validator("new", mode="before")
    @classmethod
    def build(cls, v, info):
        if not v:
            return f"postgresql://{info.data.get('host')}/new"
        return v
settings = Settings()
e = create_engine(settings.own.url)
f = create_engine(settings.made.url)
g = create_engine(settings.other.url)
h = create_engine(str(settings.old))
i = create_engine(settings.new)
j = create_engine(settings.none)
`),
    [
      'postgresql://h/a',
      'postgresql://h/b',
      'postgresql://h/c',
      null,
      'postgresql://h/d',
      'postgresql://h/d',
      null,
      'postgresql://h/h',
      'postgresql://h/new',
      null,
    ],
  );
});

test('an engine inside a session factory, and settings in dictionaries of dictionaries', () => {
  const { engines: found } = engines(`from sqlalchemy import URL, create_engine
from sqlalchemy.orm import sessionmaker
DATABASES = {"default": {"HOST": "h", "NAME": unseen()}}
default = DATABASES["default"]
Session = sessionmaker(create_engine(URL.create("postgresql", host=default["HOST"])))
other = create_engine(URL.create("postgresql", host=DATABASES["default"]["HOST"], database=default["NAME"]))
`);
  assert.deepEqual(
    found.map(({ url, driver }) => [url, driver]),
    [
      ['postgresql://h', 'postgresql'],
      [null, 'postgresql'],
    ],
  );
});
