"""What is kept and what is not."""

import pytest
from sqlalchemy.orm.exc import StaleDataError

from app.db.database import SessionFactory
from app.models import Customer
from app.unit_of_work import UnitOfWork
from tests.factories import Factory

pytestmark = pytest.mark.asyncio


def ada() -> Customer:
    return Customer(email="ada@shop.example", name="Ada")


async def customers(sessions: SessionFactory) -> int:
    async with UnitOfWork(sessions) as work:
        return await work.customers.count()


async def test_commit_keeps(sessions: SessionFactory) -> None:
    async with UnitOfWork(sessions) as work:
        work.customers.add(ada())
        await work.commit()
    assert await customers(sessions) == 1


async def test_without_commit_everything_is_rolled_back(sessions: SessionFactory) -> None:
    async with UnitOfWork(sessions) as work:
        work.customers.add(ada())
        await work.flush()
        assert await work.customers.count() == 1
    assert await customers(sessions) == 0


async def test_an_error_rolls_back(sessions: SessionFactory) -> None:
    async def add_and_fail() -> None:
        async with UnitOfWork(sessions) as work:
            work.customers.add(ada())
            await work.flush()
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await add_and_fail()
    assert await customers(sessions) == 0


async def test_a_savepoint_fails_alone(sessions: SessionFactory) -> None:
    async def add_and_fail(work: UnitOfWork) -> None:
        async with work.savepoint():
            work.customers.add(Customer(email="ben@shop.example", name="Ben"))
            await work.flush()
            raise ZeroDivisionError

    async with UnitOfWork(sessions) as work:
        work.customers.add(ada())
        with pytest.raises(ZeroDivisionError):
            await add_and_fail(work)
        await work.commit()
    assert await customers(sessions) == 1


async def test_repositories_share_one_session(sessions: SessionFactory) -> None:
    async with UnitOfWork(sessions) as work:
        customer = work.customers.add(ada())
        await work.flush()
        assert await work.customers.get(customer.id) is customer


async def test_the_second_of_two_concurrent_changes_fails(sessions: SessionFactory) -> None:
    async with UnitOfWork(sessions) as work:
        key = (await Factory(work).product()).id
        await work.commit()
    async with UnitOfWork(sessions) as slow, UnitOfWork(sessions) as fast:
        product = await slow.products.get_one(key)
        (await fast.products.get_one(key)).price_cents = 1
        await fast.commit()
        product.price_cents = 2
        with pytest.raises(StaleDataError):
            await slow.flush()
