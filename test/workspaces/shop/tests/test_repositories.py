"""What repositories find, hide and count."""

import pytest
from sqlalchemy.exc import IntegrityError

from app.db.database import SessionFactory
from app.errors import NotFoundError
from app.models import Address, Customer, CustomerProfile, GiftCard, Review
from app.repositories.products import ProductSearch
from app.unit_of_work import UnitOfWork
from tests.factories import Factory

pytestmark = pytest.mark.asyncio


async def test_key_and_timestamps_come_from_the_database(make: Factory) -> None:
    customer = await make.customer()
    assert customer.id > 0
    assert customer.created_at == customer.updated_at


async def test_get_one_names_what_is_missing(work: UnitOfWork) -> None:
    assert await work.customers.get(404) is None
    with pytest.raises(NotFoundError, match="There is no customer 404"):
        await work.customers.get_one(404)


async def test_pages_follow_each_other(work: UnitOfWork, make: Factory) -> None:
    made = [(await make.customer()).id for _ in range(5)]
    first = await work.customers.page(limit=3)
    second = await work.customers.page(after=first[-1].id, limit=3)
    assert [customer.id for customer in (*first, *second)] == made


async def test_count_and_exists(work: UnitOfWork, make: Factory) -> None:
    await make.customer(name="Ada")
    await make.customer(name="Ben")
    assert await work.customers.count() == 2
    assert await work.customers.count(Customer.name == "Ada") == 1
    assert await work.customers.exists(Customer.name == "Ben")
    assert not await work.customers.exists(Customer.name == "Cy")


async def test_a_deleted_customer_is_hidden_and_may_come_back(
    work: UnitOfWork, make: Factory
) -> None:
    customer = await make.customer(email="ada@shop.example")
    await work.customers.remove(customer)
    await work.flush()
    assert await work.customers.get(customer.id) is None
    assert await work.customers.by_email("ada@shop.example") is None
    assert await work.customers.count() == 0
    assert (await make.customer(email="ada@shop.example")).id != customer.id


async def test_an_email_is_unique_among_live_customers(make: Factory) -> None:
    await make.customer(email="ada@shop.example")
    with pytest.raises(IntegrityError):
        await make.customer(email="ada@shop.example")


async def test_a_customer_comes_with_addresses_and_profile(
    sessions: SessionFactory, work: UnitOfWork
) -> None:
    ada = Customer(email="ada@shop.example", name="Ada", profile=CustomerProfile(phone="1"))
    ada.addresses = [Address(line1="1 Main Street", postcode="1", city="Porto", country="PT")]
    work.customers.add(ada)
    await work.commit()
    async with UnitOfWork(sessions) as later:
        found = await later.customers.with_details(ada.id)
    assert [address.city for address in found.addresses] == ["Porto"]
    assert found.profile is not None
    assert found.profile.phone == "1"


async def test_subtree_holds_everything_below(work: UnitOfWork, make: Factory) -> None:
    root = await make.category("a")
    child = await make.category("b", parent=root)
    await make.category("c", parent=child)
    await make.category("elsewhere")
    assert [category.slug for category in await work.categories.subtree(root.id)] == ["a", "b", "c"]
    assert [category.slug for category in await work.categories.roots()] == ["a", "elsewhere"]


async def test_tags_are_made_once(work: UnitOfWork) -> None:
    first = await work.tags.ensure(["new", "sale", "new"])
    await work.flush()
    second = await work.tags.ensure(["sale"])
    assert second["sale"] is first["sale"]
    assert await work.tags.count() == 2


async def test_search_takes_text_literally(work: UnitOfWork, make: Factory) -> None:
    await make.product(name="100% wool")
    await make.product(name="1000 pins")
    found = await work.products.search(ProductSearch(text="100%"))
    assert [product.name for product in found] == ["100% wool"]


async def test_search_by_tag_and_category(work: UnitOfWork, make: Factory) -> None:
    kitchen = await make.category()
    pot = await make.product(name="Pot", category=kitchen, tags=("new",))
    await make.product(name="Pan", category=kitchen)
    await make.product(name="Rake", tags=("new",))
    found = await work.products.search(ProductSearch(tag="new", categories=[kitchen.id]))
    assert [product.id for product in found] == [pot.id]


async def test_hidden_products_are_not_found(work: UnitOfWork, make: Factory) -> None:
    product = await make.product()
    product.is_active = False
    await work.flush()
    assert await work.products.search(ProductSearch()) == []


async def test_a_change_inside_the_attributes_is_stored(work: UnitOfWork, make: Factory) -> None:
    product = await make.product()
    product.attributes["colour"] = "red"
    await work.flush()
    again = (await work.products.lock([product.id]))[product.id]
    assert again.attributes == {"colour": "red"}


async def test_every_change_of_a_product_counts_up_its_version(
    work: UnitOfWork, make: Factory
) -> None:
    product = await make.product()
    assert product.version == 1
    product.price_cents = 5
    await work.flush()
    assert product.version == 2


async def test_average_rating(work: UnitOfWork, make: Factory) -> None:
    product = await make.product()
    assert await work.reviews.average_rating(product.id) is None
    for rating in (2, 5):
        customer = await make.customer()
        work.reviews.add(
            Review(product_id=product.id, customer_id=customer.id, rating=rating, title="Well")
        )
    await work.flush()
    assert await work.reviews.average_rating(product.id) == 3.5


async def test_a_rating_is_from_one_to_five(work: UnitOfWork, make: Factory) -> None:
    product, customer = await make.product(), await make.customer()
    review = Review(product_id=product.id, customer_id=customer.id, rating=6, title="Wow")
    work.reviews.add(review)
    with pytest.raises(IntegrityError):
        await work.flush()


async def test_gift_card_by_code(work: UnitOfWork) -> None:
    card = work.gift_cards.add(GiftCard(code="ABC", balance_cents=500))
    await work.flush()
    assert await work.gift_cards.by_code("ABC") is card
    assert await work.gift_cards.by_code("XYZ") is None
