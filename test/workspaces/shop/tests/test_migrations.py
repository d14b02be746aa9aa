"""The revisions: one line of history that builds what the models say, and can go back."""

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from alembic.script import ScriptDirectory
from sqlalchemy import text
from sqlalchemy.ext.asyncio import create_async_engine

from tests.postgresql import alembic_config, check, downgrade, temporary_database, upgrade

COLUMN_ADDED = "f41a8c25d9e6"
COLUMN_FILLED = "6b0d37e9a81c"
STATUSES_BEFORE = "a6308fd5be12"

TABLES_AND_TYPES = """
    SELECT relname FROM pg_class
    WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' AND relname <> 'alembic_version'
    UNION ALL
    SELECT typname FROM pg_type WHERE typnamespace = 'public'::regnamespace AND typtype = 'e'
"""
CUSTOMER = "INSERT INTO customers (email, name) VALUES ('ada@shop.example', 'Ada')"
CATEGORY = "INSERT INTO categories (slug, name) VALUES ('kitchen', 'Kitchen')"
PRODUCTS = """
    INSERT INTO products (sku, name, price_cents, category_id)
    SELECT sku, sku, 100, categories.id FROM categories, (VALUES ('A'), ('B')) AS named (sku)
"""
ORDER = """
    INSERT INTO orders (public_id, customer_id) SELECT gen_random_uuid(), id FROM customers
"""
ITEMS = """
    INSERT INTO order_items (order_id, product_id, quantity, unit_price_cents)
    SELECT orders.id, products.id, 3, 100 FROM orders, products
"""

pytestmark = pytest.mark.asyncio


@pytest_asyncio.fixture
async def url(server_url: str) -> AsyncIterator[str]:
    """The URL of an empty database."""
    async with temporary_database(server_url) as url:
        yield url


async def execute(url: str, *statements: str) -> None:
    engine = create_async_engine(url)
    async with engine.begin() as connection:
        for statement in statements:
            await connection.execute(text(statement))
    await engine.dispose()


async def column(url: str, query: str) -> list[object]:
    engine = create_async_engine(url)
    async with engine.connect() as connection:
        values = list(await connection.scalars(text(query)))
    await engine.dispose()
    return values


async def test_there_is_one_head_and_one_base() -> None:
    scripts = ScriptDirectory.from_config(alembic_config())
    assert len(scripts.get_heads()) == 1
    assert len(scripts.get_bases()) == 1


async def test_the_models_match_and_nothing_is_left_behind(url: str) -> None:
    await upgrade(url, "head")
    await check(url)
    await downgrade(url, "base")
    assert await column(url, TABLES_AND_TYPES) == []
    await upgrade(url, "head")
    await check(url)


async def test_each_revision_can_be_undone(url: str) -> None:
    scripts = ScriptDirectory.from_config(alembic_config())
    for script in reversed(list(scripts.walk_revisions())):
        await upgrade(url, script.revision)
        if not script.is_merge_point:
            await downgrade(url, f"{script.revision}@-1")
            await upgrade(url, script.revision)


async def test_the_total_of_existing_orders_is_filled_in(url: str) -> None:
    await upgrade(url, COLUMN_ADDED)
    await execute(url, CUSTOMER, CATEGORY, PRODUCTS, ORDER, ITEMS, ORDER)
    await upgrade(url, COLUMN_FILLED)
    assert await column(url, "SELECT total_cents FROM orders ORDER BY id") == [600, 0]
    await upgrade(url, "head")


async def test_going_back_keeps_orders_in_a_status_that_goes(url: str) -> None:
    await upgrade(url, "head")
    await execute(url, CUSTOMER)
    for status in ("packed", "refunded", "shipped"):
        await execute(
            url,
            f"""
            INSERT INTO orders (public_id, customer_id, total_cents, status)
            SELECT gen_random_uuid(), id, 0, '{status}' FROM customers
            """,  # noqa: S608 - a constant of this test
        )
    await downgrade(url, STATUSES_BEFORE)
    statuses = await column(url, "SELECT status::text FROM orders ORDER BY id")
    assert statuses == ["paid", "cancelled", "shipped"]
