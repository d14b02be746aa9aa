"""Fills the database with made-up data: python -m app.seed.

The data are the same each time, and what is there already is left alone: a second run, or one
after an interrupted run, only adds what is missing.
"""

import logging
import random

from app.db.database import Database
from app.models import Address, Category, Customer, CustomerProfile, Product, Review
from app.ordering import pay_order, place_order
from app.settings import Settings
from app.signals import run_until_signal
from app.unit_of_work import UnitOfWork

CATEGORIES = {
    "kitchen": ("pots", "knives", "tableware"),
    "garden": ("tools", "seeds", "furniture"),
    "office": ("paper", "pens", "lamps"),
    "sports": ("running", "climbing", "cycling"),
}
COLOURS = ("red", "green", "blue")
TAGS = ("new", "sale", "gift", "organic", "handmade")
ADJECTIVES = ("Light", "Sturdy", "Small", "Large", "Plain", "Fine", "Classic", "Modern")
FIRST_NAMES = ("Ada", "Ben", "Chloe", "David", "Emma", "Femi", "Grace", "Hugo", "Ines", "Jun")
LAST_NAMES = ("Adams", "Brown", "Costa", "Diaz", "Evans", "Fischer", "Garcia", "Haas")
CITIES = (("Berlin", "DE"), ("Lyon", "FR"), ("Porto", "PT"), ("Leeds", "GB"))

PRODUCTS = 120
CUSTOMERS = 80
ORDERS = 200
STOCK = 100_000

logger = logging.getLogger(__name__)


async def seed(database: Database) -> None:
    """Add everything that is missing, each kind in a transaction of its own."""
    for step in (_add_categories, _add_products, _add_customers, _add_reviews, _add_orders):
        async with UnitOfWork(database.sessions) as work:
            added = await step(work)
            await work.commit()
        logger.info("%s: %d added", step.__name__.removeprefix("_add_"), added)


async def _add_categories(work: UnitOfWork) -> int:
    slugs = [*CATEGORIES, *(slug for children in CATEGORIES.values() for slug in children)]
    known = await work.categories.by_slugs(slugs)
    before = len(known)
    for slug, children in CATEGORIES.items():
        parent = known.setdefault(slug, Category(slug=slug, name=slug.title()))
        work.categories.add(parent)
        for child in children:
            if child not in known:
                known[child] = work.categories.add(
                    Category(slug=child, name=child.title(), parent=parent)
                )
    return len(known) - before


async def _add_products(work: UnitOfWork) -> int:
    chance = random.Random("products")
    leaves = [slug for children in CATEGORIES.values() for slug in children]
    categories = await work.categories.by_slugs(leaves)
    tags = await work.tags.ensure(TAGS)
    skus = [f"SKU-{number:04}" for number in range(1, PRODUCTS + 1)]
    known = await work.products.known_skus(skus)
    for sku in skus:
        slug, words = chance.choice(leaves), chance.sample(TAGS, k=2)
        name = f"{chance.choice(ADJECTIVES)} {slug} {sku[-4:]}"
        price_cents, colour = chance.randrange(199, 19_999), chance.choice(COLOURS)
        if sku in known:
            continue
        work.products.add(
            Product(
                sku=sku,
                name=name,
                price_cents=price_cents,
                stock=STOCK,
                attributes={"colour": colour, "weight_g": 250},
                category=categories[slug],
                tags=[tags[word] for word in words],
            )
        )
    return len(skus) - len(known)


async def _add_customers(work: UnitOfWork) -> int:
    chance = random.Random("customers")
    added = 0
    for number in range(1, CUSTOMERS + 1):
        email = f"customer{number}@shop.example"
        name = f"{chance.choice(FIRST_NAMES)} {chance.choice(LAST_NAMES)}"
        city, country = chance.choice(CITIES)
        if await work.customers.exists(Customer.email == email):
            continue
        address = Address(
            line1=f"{number} Main Street",
            postcode=f"{number:05}",
            city=city,
            country=country,
            is_default=True,
        )
        profile = CustomerProfile(newsletter=number % 3 == 0)
        work.customers.add(Customer(email=email, name=name, addresses=[address], profile=profile))
        added += 1
    return added


async def _add_reviews(work: UnitOfWork) -> int:
    chance = random.Random("reviews")
    if await work.reviews.count() > 0:
        return 0
    customers = await work.customers.page(limit=CUSTOMERS)
    products = await work.products.page(limit=PRODUCTS)
    reviews = [
        Review(product_id=product.id, customer_id=customer.id, rating=rating, title="As expected")
        for customer in customers
        for product, rating in ((chance.choice(products), chance.randint(1, 5)),)
    ]
    work.reviews.add_all(reviews)
    return len(reviews)


async def _add_orders(work: UnitOfWork) -> int:
    chance = random.Random("orders")
    if await work.orders.count() > 0:
        return 0
    customers = await work.customers.page(limit=CUSTOMERS)
    products = await work.products.page(limit=PRODUCTS)
    for number in range(1, ORDERS + 1):
        quantities = {product.id: chance.randint(1, 4) for product in chance.sample(products, k=3)}
        customer = chance.choice(customers)
        order = await place_order(work, customer_id=customer.id, quantities=quantities)
        if number % 4 != 0:
            pay_order(work, order, provider="seed", reference=f"seed-{number}")
    return ORDERS


async def main() -> None:
    """Seed the database of the settings."""
    database = Database.connect(Settings().database_url.get_secret_value())
    try:
        await seed(database)
    finally:
        await database.dispose()


if __name__ == "__main__":
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    run_until_signal(main())
