/** What sessions, engines and factories are known to be, wherever they are kept and handed on. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { walk } from '../../../../src/python/walk.ts';
import { projectOf } from '../../../project.ts';
import { sqlOf, textOf } from './sql-of.ts';

/** What `execute()` and the like are called on, in order: `session: async session`. */
function receiversIn(python: string): readonly string[] {
  const path = '/project/app.py';
  const project = projectOf({ 'app.py': textOf(python) });
  const file = project.files.get(path);
  assert.ok(file);
  const facts = project.factsOf(path);
  const found: string[] = [];
  for (const node of walk(file.module)) {
    if (
      node.kind !== 'call' ||
      node.function.kind !== 'attribute' ||
      node.function.attribute.id !== 'execute'
    )
      continue;
    const { value } = node.function;
    const meaning = facts.meaningOf(value);
    const kind = 'async' in meaning ? `${meaning.async ? 'async' : 'sync'} ${meaning.kind}` : meaning.kind;
    found.push(`${file.text.slice(value.start, value.end)}: ${kind}`);
  }
  return found;
}

const factory = `
import fastapi
from fastapi import Depends
from contextlib import AbstractContextManager, contextmanager
from collections.abc import AsyncIterator, Callable
from sqlalchemy import create_engine
from sqlalchemy.orm import sessionmaker
SessionLocal = sessionmaker()
AsyncLocal = async_sessionmaker()
`;

test('a parameter is what its dependency gives or yields, where its annotation does not say it', () => {
  const python = `${factory}
def get_db():
    with SessionLocal() as session:
        yield session
async def get_async(name=Depends(get_db)) -> AsyncIterator[AsyncSession]: ...
class Helper:
    def __init__(self):
        self.factory = async_sessionmaker()
    async def session(self):
        async with self.factory() as session:
            yield session
class Service:
    def __init__(self, db: Session = Depends(get_db)):
        self.db = db
helper = Helper()
def a(db=Depends(get_db)): db.execute(x)
def b(db=fastapi.Depends(get_async)): db.execute(x)
def c(db=Depends(helper.session)): db.execute(x)
def d(service=Depends(Service)): service.db.execute(x)
def e(db=Depends(unseen)): db.execute(x)
def f(db=other(get_db)): db.execute(x)
`;
  assert.deepEqual(receiversIn(python), [
    'db: sync session',
    'db: async session',
    'db: async session',
    'service.db: sync session',
    'db: unknown',
    'db: unknown',
  ]);
});

test('a context manager gives what it yields, without an annotation too', () => {
  const python = `${factory}
class Database:
    def __init__(self, url):
        self.engine = create_engine(url)
        self.make = sessionmaker(self.engine)
    @contextmanager
    def session(self):
        session = self.make()
        try:
            yield session
        finally:
            session.close()
    @contextmanager
    def timed(self):
        yield 1
def connect(url): return create_engine(url)
def run(database: Database):
    with database.session() as session:
        session.execute(x)
    with database.timed() as nothing:
        nothing.execute(x)
    with connect("…").connect() as connection:
        connection.execute(x)
`;
  assert.deepEqual(receiversIn(python), [
    'session: sync session',
    'nothing: python',
    'connection: sync connection',
  ]);
});

test('a session that a method keeps, on entering or for a subclass', () => {
  const python = `${factory}
class Users:
    def __init__(self, session: AsyncSession):
        self.session = session
class UnitOfWork:
    def __init__(self, factory=AsyncLocal):
        self.factory = factory
    async def __aenter__(self):
        self.session = self.factory()
        self.users = Users(self.session)
        return self
class View:
    def dispatch(self):
        if True:
            self.session = SessionLocal()
    def count(self):
        self.number = 1
class List(View):
    def get(self):
        self.session.execute(x)
        self.number.execute(x)
async def run():
    async with UnitOfWork() as uow:
        await uow.session.execute(x)
        await uow.users.session.execute(x)
`;
  assert.deepEqual(receiversIn(python), [
    'self.session: sync session',
    'self.number: python',
    'uow.session: async session',
    'uow.users.session: async session',
  ]);
});

test('a variable or a parameter that is called, as annotated', () => {
  const python = `${factory}
def a(request):
    session: AsyncSession = request.state.session
    session.execute(x)
    maker: async_sessionmaker[AsyncSession] = request.state.maker
    with maker.begin() as made:
        made.execute(x)
    name: str = request.state.name
    name.execute(x)
def b(open: Callable[..., AbstractContextManager[Session]]):
    with open() as session:
        session.execute(x)
`;
  assert.deepEqual(receiversIn(python), [
    'session: async session',
    'made: async session',
    'name: unknown',
    'session: sync session',
  ]);
});

test('context managers that yield nothing take no part in what a file may be read for', () => {
  const uses = Array.from({ length: 3000 }, (_, index) => `    with element(User, "${index}"): pass\n`);
  const python = `${factory}
@contextmanager
def element(model, name):
${'    print(model, name, name)\n'.repeat(100)}    yield
def page():
${uses.join('')}    return select(User.id)
`;
  assert.deepEqual(sqlOf(python), ['SELECT users.id FROM users']);
});
