/** What scaffolds do to a FastAPI application that is there: its lifespan, its routers, and the repositories behind its routes. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { databaseLayerScaffold } from '../../../src/scaffold/database-layer/database-layer-scaffold.ts';
import { applyScaffold, factsOf, type Texts } from '../../scaffold/apply-scaffold.ts';

const engine: Texts = {
  'app/__init__.py': '',
  'app/models.py':
    'from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column\n\n\nclass Base(DeclarativeBase): ...\n\n\nclass Order(Base):\n    __tablename__ = "orders"\n\n    id: Mapped[int] = mapped_column(primary_key=True)\n    note: Mapped[str]\n',
  'app/engine.py':
    'from sqlalchemy.ext.asyncio import async_sessionmaker, create_async_engine\n\nengine = create_async_engine("postgresql+asyncpg://h/d")\nsessions = async_sessionmaker(engine)\n',
};

const session = `from collections.abc import AsyncIterator

from sqlalchemy.ext.asyncio import AsyncSession

from app.engine import sessions


async def get_session() -> AsyncIterator[AsyncSession]:
    async with sessions() as session:
        yield session
`;

function layer(main: string, more: Texts = {}) {
  return applyScaffold(
    { ...engine, 'app/session.py': session, 'app/main.py': main, ...more },
    'database-layer',
    {},
  );
}

function lifespan(body: string): string {
  return `from contextlib import asynccontextmanager

from fastapi import FastAPI


@asynccontextmanager
async def lifespan(app: FastAPI):
${body}

app = FastAPI(lifespan=lifespan)
`;
}

function ending(body: string): string {
  const text = layer(lifespan(body)).changed['app/main.py'] ?? '';
  return /async def lifespan\(app: FastAPI\):\n([\s\S]*?)\n\napp = /.exec(text)?.[1] ?? '';
}

test('an application without a lifespan is given one', () => {
  const { changed } = layer('from fastapi import FastAPI\n\napp = FastAPI(\n    title="Shop",\n)\n');
  assert.deepEqual(Object.keys(changed), ['app/lifespan.py', 'app/main.py']);
  assert.match(changed['app/lifespan.py'] ?? '', /finally:\n {8}await engine\.dispose\(\)\n$/);
  assert.equal(
    changed['app/main.py'],
    'from fastapi import FastAPI\n\nfrom app.lifespan import lifespan\n\napp = FastAPI(\n    title="Shop",\n    lifespan=lifespan,\n)\n',
  );
});

test('an application that a function makes, too', () => {
  const { changed } = layer(
    'from fastapi import FastAPI\n\n\ndef create_app() -> FastAPI:\n    app = FastAPI()\n    return app\n\n\napp = create_app()\n',
  );
  assert.match(changed['app/main.py'] ?? '', /app = FastAPI\(lifespan=lifespan\)\n/);
  assert.match(changed['app/main.py'] ?? '', /\napp = create_app\(\)\n$/);
});

test('a lifespan that ends with its yield', () => {
  assert.equal(
    ending('    start()\n    yield {\n        "key": 1,\n    }\n'),
    '    start()\n    try:\n        yield {\n            "key": 1,\n        }\n    finally:\n        await engine.dispose()\n',
  );
});

test('a lifespan that does something after its yield', () => {
  assert.equal(ending('    yield\n    stop()\n'), '    yield\n    stop()\n    await engine.dispose()\n');
});

test('a lifespan that has a finally', () => {
  assert.equal(
    ending('    try:\n        yield\n    finally:\n        stop()\n'),
    '    try:\n        yield\n    finally:\n        stop()\n        await engine.dispose()\n',
  );
});

test('a lifespan in another module is extended there', () => {
  const main = 'from fastapi import FastAPI\n\nfrom app.events import run\n\napp = FastAPI(lifespan=run)\n';
  const events = lifespan('    yield\n')
    .replace('lifespan(app', 'run(app')
    .replace(/\n\napp = .*\n/, '');
  const { changed } = layer(main, { 'app/events.py': events });
  assert.deepEqual(Object.keys(changed), ['app/events.py']);
  assert.match(changed['app/events.py'] ?? '', /from app\.engine import engine\n/);
});

test('an engine that is disposed of already', () => {
  const texts = { ...engine, 'app/session.py': session };
  const facts = factsOf({ ...texts, 'app/main.py': lifespan('    yield\n    await engine.dispose()\n') });
  assert.match(databaseLayerScaffold.problem(facts) ?? '', /nothing to set up/);
});

test('handlers of events are left alone, with a note', () => {
  const main =
    'from fastapi import FastAPI\n\napp = FastAPI()\n\n\n@app.on_event("shutdown")\nasync def stop() -> None: ...\n';
  const texts = { ...engine, 'app/main.py': main };
  const { changed, notes } = applyScaffold(texts, 'database-layer', { fastapi: true });
  assert.deepEqual(Object.keys(changed), ['app/session.py']);
  assert.match(notes.join(), /a lifespan would silence.*await engine\.dispose\(\)/);
});

test('an application that holds the engine itself is not made to import what imports it', () => {
  const main = `from fastapi import FastAPI\n\n${engine['app/engine.py']}\napp = FastAPI()\n`;
  const texts = {
    'app/__init__.py': '',
    'app/models.py': engine['app/models.py'] ?? '',
    'app/main.py': main,
  };
  const health = applyScaffold(texts, 'health-check', {});
  assert.deepEqual(Object.keys(health.changed), ['app/health.py']);
  assert.match(health.notes.join(), /move engine into a module of its own/);
  const pools = applyScaffold(texts, 'pool-telemetry', { route: true });
  assert.doesNotMatch(pools.changed['app/main.py'] ?? '', /include_router/);
  const stopped = applyScaffold(texts, 'database-layer', {});
  assert.match(stopped.notes.join(), /holds the engine itself.*await engine\.dispose\(\)/);
});

function resource(more: Texts): Readonly<Record<string, string>> {
  const main = 'from fastapi import FastAPI\n\napp = FastAPI()\n';
  const texts = { ...engine, 'app/session.py': session, 'app/main.py': main, ...more };
  const { changed, problems } = applyScaffold(texts, 'fastapi-resource', { model: 'Order' });
  assert.deepEqual(problems, []);
  return changed;
}

test('a router goes where the others are, and is imported as they are', () => {
  const changed = resource({
    'app/api.py':
      'from fastapi import APIRouter\n\nfrom app.routes import items\n\nrouter = APIRouter()\nrouter.include_router(items.router)\n',
    'app/routes/__init__.py': '',
    'app/routes/items.py': 'from fastapi import APIRouter\n\nrouter = APIRouter(prefix="/items")\n',
  });
  assert.equal(
    changed['app/api.py'],
    'from fastapi import APIRouter\n\nfrom app.routes import items, orders\n\nrouter = APIRouter()\nrouter.include_router(items.router)\nrouter.include_router(orders.router)\n',
  );
  assert.match(changed['app/routes/orders.py'] ?? '', /APIRouter\(prefix="\/orders", tags=\["orders"\]\)/);
});

test('a prefix is given where the others are given theirs', () => {
  const changed = resource({
    'app/main.py':
      'from fastapi import FastAPI\n\nfrom app.routes.items import router as items_router\n\napp = FastAPI()\napp.include_router(items_router, prefix="/items")\n',
    'app/routes/__init__.py': '',
    'app/routes/items.py': 'from fastapi import APIRouter\n\nrouter = APIRouter()\n',
  });
  assert.match(changed['app/main.py'] ?? '', /include_router\(orders_router, prefix="\/orders"\)\n$/);
  assert.match(changed['app/routes/orders.py'] ?? '', /router = APIRouter\(tags=\["orders"\]\)/);
});

test('files lie as the others do: in a package for each feature', () => {
  const features = ['cart', 'customer', 'product'].flatMap(name => [
    [`app/${name}/__init__.py`, ''],
    [`app/${name}/endpoints.py`, 'from fastapi import APIRouter\n\nrouter = APIRouter()\n'],
    [`app/${name}/schemas.py`, 'from pydantic import BaseModel\n'],
  ]);
  assert.deepEqual(Object.keys(resource(Object.fromEntries(features))).slice(0, 3), [
    'app/order/__init__.py',
    'app/order/schemas.py',
    'app/order/endpoints.py',
  ]);
});

const repositoryHead =
  'from sqlalchemy import Select\nfrom sqlalchemy.ext.asyncio import AsyncSession\n\nfrom app.models import Order\n\n\n';

function routesWith(methods: string): string {
  const repository = `${repositoryHead}class Repository[M]:\n    def __init__(self, session: AsyncSession) -> None: ...\n${methods}\n\nclass OrderRepository(Repository[Order]): ...\n`;
  const changed = resource({ 'app/repositories/__init__.py': '', 'app/repositories/order.py': repository });
  return changed['app/routers/orders.py'] ?? '';
}

test('a repository’s own methods are called by their signatures', () => {
  const text = routesWith(`    async def get_by_id(self, id: int, *, options: tuple = ()) -> M | None: ...
    async def list(self, *, skip: int = 0, limit: int = 10) -> list[M]: ...
    async def create(self, object: M, *, flush: bool = False) -> M: ...
    async def update(self, object: M, *, update_dict: dict[str, object] | None = None) -> M: ...
    async def delete(self, object: M) -> None: ...
`);
  assert.match(text, /order = await orders\.get_by_id\(order_id\)\n/);
  assert.match(text, /rows = await orders\.list\(limit=limit, skip=offset\)\n/);
  assert.match(text, /await orders\.create\(order\)\n {8}await session\.commit\(\)\n/);
  assert.match(text, /await orders\.update\(order, update_dict=data\.model_dump\(\)\)\n/);
  assert.match(text, /await orders\.delete\(order\)\n/);
});

test('what a repository does otherwise is done with the session', () => {
  const text = routesWith(`    async def get(self, id: int) -> M: ...
    async def list(self, statement: Select[tuple[M]]) -> list[M]: ...
    async def create(self, values: dict[str, object]) -> M: ...
`);
  assert.match(text, /order = await session\.get\(Order, order_id\)\n/);
  assert.match(text, /rows = await session\.scalars\(/);
  assert.match(text, / {8}session\.add\(order\)\n {8}await session\.commit\(\)\n/);
});

test('a repository that commits is not committed for', () => {
  const text = routesWith(
    '    async def create(self, object: M) -> M:\n        await self.session.commit()\n        return object\n',
  );
  assert.match(text, /await orders\.create\(order\)\n {4}return/);
});

test('a session that commits by itself is flushed', () => {
  const text = resource({
    'app/session.py': session.replace('yield session', 'yield session\n        await session.commit()'),
  })['app/routers/orders.py'];
  assert.match(text ?? '', /session\.add\(order\)\n {8}await session\.flush\(\)\n/);
});

test('schemas hold the classes of values, not those that store them, and give nobody a secret', () => {
  const models = `from sqlalchemy import String
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
from sqlalchemy.types import TypeDecorator


class Base(DeclarativeBase): ...


class GUID(TypeDecorator):
    impl = String(36)


class User(Base):
    __tablename__ = "users"

    id: Mapped[GUID] = mapped_column(GUID, primary_key=True)
    group_id: Mapped[GUID | None] = mapped_column(GUID)
    hashed_password: Mapped[str]
    token_count: Mapped[int]
`;
  const main = 'from fastapi import FastAPI\n\napp = FastAPI()\n';
  const { changed, problems, notes } = applyScaffold(
    { ...engine, 'app/models.py': models, 'app/session.py': session, 'app/main.py': main },
    'fastapi-resource',
    { model: 'User' },
  );
  assert.deepEqual(problems, []);
  const schemas = changed['app/schemas/user.py'] ?? '';
  assert.match(schemas, /^from uuid import UUID$/m);
  assert.match(
    schemas,
    /class UserWrite[\s\S]* {4}group_id: UUID \| None = None\n {4}hashed_password: str\n {4}token_count: int\n/,
  );
  assert.match(
    schemas,
    /class UserRead[\s\S]* {4}id: UUID\n {4}group_id: UUID \| None\n {4}token_count: int\n$/,
  );
  assert.match(notes.join(), /User\.hashed_password is left out of what clients get.* hash it in the route/);
});
