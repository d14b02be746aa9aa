"""The made-up data."""

import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from app.db.database import Database, SessionFactory
from app.seed import CUSTOMERS, ORDERS, PRODUCTS, seed
from app.unit_of_work import UnitOfWork

pytestmark = pytest.mark.asyncio


async def test_a_second_run_adds_nothing(engine: AsyncEngine, sessions: SessionFactory) -> None:
    database = Database(engine, sessions)
    for _ in range(2):
        await seed(database)
        async with UnitOfWork(sessions) as work:
            assert await work.customers.count() == CUSTOMERS
            assert await work.products.count() == PRODUCTS
            assert await work.orders.count() == ORDERS
