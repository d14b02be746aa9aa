"""The scaffolded repository beside advanced-alchemy's: python repositories.py PROJECT URL. Both do the same on one table.

PROJECT is a folder with the package `shop`, whose repository was scaffolded. Prints JSON: seconds by task for each, what
each offers, and the lines that the user owns. Each task runs three times for each, in turns; the best counts.
"""

import asyncio
import inspect
import json
import pathlib
import sys
import time

sys.path.insert(0, sys.argv[1])

import sqlalchemy as sa
from advanced_alchemy.filters import LimitOffset
from advanced_alchemy.repository import SQLAlchemyAsyncRepository
from shop.db.base import Base
from shop.models import Customer
from shop.repositories.customer import CustomerRepository
from sqlalchemy.ext.asyncio import AsyncSession, create_async_engine

ROWS = 10_000
LISTS = 200


class TheirRepository(SQLAlchemyAsyncRepository[Customer]):
    model_type = Customer


async def our_gets(session):
    repository = CustomerRepository(session)
    for key in range(1, ROWS + 1):
        assert await repository.get(key)


async def their_gets(session):
    repository = TheirRepository(session=session)
    for key in range(1, ROWS + 1):
        assert await repository.get(key)


async def our_lists(session):
    repository = CustomerRepository(session)
    for page in range(LISTS):
        assert len(await repository.list(offset=page * 10, limit=100)) == 100


async def their_lists(session):
    repository = TheirRepository(session=session)
    for page in range(LISTS):
        filters = LimitOffset(limit=100, offset=page * 10)
        assert len(await repository.list(filters, order_by=[("id", False)])) == 100


async def our_upserts(session):
    repository = CustomerRepository(session)
    for number in range(ROWS):
        await repository.upsert({"email": f"{number}@shop.test", "age": number % 90}, "email")


async def their_upserts(session):
    repository = TheirRepository(session=session)
    for number in range(ROWS):
        await repository.upsert(Customer(email=f"{number}@shop.test", age=number % 90), match_fields=["email"])


TASKS = {
    f"{ROWS:,} gets by key": (our_gets, their_gets),
    f"{LISTS} lists of 100 rows": (our_lists, their_lists),
    f"{ROWS:,} upserts, half of them new": (our_upserts, their_upserts),
}


async def timed(engine, task):
    async with engine.begin() as connection:
        await connection.run_sync(Base.metadata.drop_all)
        await connection.run_sync(Base.metadata.create_all)
        rows = [{"email": f"{number * 2}@shop.test", "age": 1} for number in range(ROWS // 2)]
        rows += [{"email": f"more{number}@shop.test", "age": 1} for number in range(ROWS // 2)]
        await connection.execute(sa.insert(Customer), rows)
    async with AsyncSession(engine, expire_on_commit=False) as session:
        started = time.perf_counter()
        await task(session)
        await session.commit()
        return time.perf_counter() - started


def offered(kind):
    return sorted(name for name, member in inspect.getmembers(kind, callable) if not name.startswith("_"))


async def main():
    engine = create_async_engine(sys.argv[2])
    times = {}
    for name, tasks in TASKS.items():
        runs = [[await timed(engine, task) for task in tasks] for _ in range(3)]
        times[name] = [min(run[side] for run in runs) for side in (0, 1)]
    await engine.dispose()
    folder = pathlib.Path(sys.argv[1]) / "shop" / "repositories"
    lines = sum(len(path.read_text(encoding="utf-8").splitlines()) for path in folder.glob("*.py"))
    own = len(inspect.getsource(TheirRepository).splitlines())
    print(json.dumps({
        "times": times, "ours": offered(CustomerRepository), "theirs": offered(SQLAlchemyAsyncRepository), "lines": [lines, own],
        "versions": [sa.__version__, __import__("importlib.metadata").metadata.version("advanced-alchemy")],
    }))


asyncio.run(main())
