"""The HTTP side, from request to response."""

import uuid

import httpx
import pytest
from pydantic import SecretStr

from app.main import create_app
from app.settings import Settings
from app.unit_of_work import UnitOfWork
from tests.factories import Factory

pytestmark = pytest.mark.asyncio

ADA = {
    "email": "ada@shop.example",
    "name": "Ada",
    "addresses": [{"line1": "1 Main Street", "postcode": "1", "city": "Porto", "country": "PT"}],
}


async def test_sign_up_and_read(client: httpx.AsyncClient) -> None:
    made = await client.post("/customers", json=ADA)
    assert made.status_code == 201
    details = (await client.get(f"/customers/{made.json()['id']}")).json()
    assert details["email"] == "ada@shop.example"
    assert [address["city"] for address in details["addresses"]] == ["Porto"]
    assert details["profile"] is None


async def test_a_taken_email_is_refused(client: httpx.AsyncClient) -> None:
    await client.post("/customers", json=ADA)
    again = await client.post("/customers", json=ADA)
    assert again.status_code == 409
    assert len((await client.get("/customers")).json()) == 1


async def test_deleted_customers_are_gone(client: httpx.AsyncClient) -> None:
    made = (await client.post("/customers", json=ADA)).json()
    assert (await client.delete(f"/customers/{made['id']}")).status_code == 204
    assert (await client.get(f"/customers/{made['id']}")).status_code == 404


async def test_unknown_fields_are_refused(client: httpx.AsyncClient) -> None:
    assert (await client.post("/customers", json={**ADA, "nmae": "x"})).status_code == 422


async def test_the_tree_of_categories(
    client: httpx.AsyncClient, work: UnitOfWork, make: Factory
) -> None:
    root = await make.category("garden")
    await make.category("seeds", parent=root)
    await work.commit()
    assert [row["slug"] for row in (await client.get("/categories")).json()] == ["garden"]
    subtree = (await client.get(f"/categories/{root.id}/subtree")).json()
    assert [row["slug"] for row in subtree] == ["garden", "seeds"]
    assert (await client.get("/categories/0/subtree")).status_code == 404


async def test_search_includes_categories_below(
    client: httpx.AsyncClient, work: UnitOfWork, make: Factory
) -> None:
    root = await make.category()
    product = await make.product(category=await make.category(parent=root), tags=("new",))
    await work.commit()
    query: dict[str, str | int] = {"category_id": root.id, "tag": "new", "text": "pot"}
    found = (await client.get("/products", params=query)).json()
    assert [row["id"] for row in found] == [product.id]


async def test_of_two_price_changes_the_second_is_refused(
    client: httpx.AsyncClient, work: UnitOfWork, make: Factory
) -> None:
    product = await make.product()
    await work.commit()
    seen = (await client.get(f"/products/{product.id}")).json()["version"]
    path = f"/products/{product.id}/price"
    first = await client.put(path, json={"price_cents": 1, "version": seen})
    second = await client.put(path, json={"price_cents": 2, "version": seen})
    assert (first.status_code, second.status_code) == (200, 409)
    assert first.json()["version"] == seen + 1


async def test_a_second_review_replaces_the_first(
    client: httpx.AsyncClient, work: UnitOfWork, make: Factory
) -> None:
    product, customer = await make.product(), await make.customer()
    await work.commit()
    path = f"/products/{product.id}/reviews"
    for rating in (1, 4):
        review = {"customer_id": customer.id, "rating": rating, "title": "Well"}
        assert (await client.post(path, json=review)).status_code == 200
    details = (await client.get(f"/products/{product.id}")).json()
    assert details["average_rating"] == 4


async def test_an_order_from_start_to_payment(
    client: httpx.AsyncClient, work: UnitOfWork, make: Factory
) -> None:
    customer, product = await make.customer(), await make.product(price_cents=300)
    await work.commit()
    line = {"product_id": product.id, "quantity": 1}
    body = {"customer_id": customer.id, "lines": [line, line]}
    placed = await client.post("/orders", json=body)
    assert placed.status_code == 201
    path = f"/orders/{placed.json()['public_id']}"
    paid = await client.post(f"{path}/payment", json={"provider": "bank", "reference": "1"})
    assert (paid.json()["status"], paid.json()["total_cents"]) == ("paid", 600)
    assert (await client.post(f"{path}/cancellation")).status_code == 409
    assert len((await client.get("/orders")).json()) == 1


async def test_cancellation(client: httpx.AsyncClient, work: UnitOfWork, make: Factory) -> None:
    order = await make.order()
    await work.commit()
    cancelled = await client.post(f"/orders/{order.public_id}/cancellation")
    assert cancelled.json()["status"] == "cancelled"


async def test_too_much_and_unknown_orders(
    client: httpx.AsyncClient, work: UnitOfWork, make: Factory
) -> None:
    customer, product = await make.customer(), await make.product(stock=1)
    await work.commit()
    line = {"product_id": product.id, "quantity": 2}
    refused = await client.post("/orders", json={"customer_id": customer.id, "lines": [line]})
    assert refused.status_code == 409
    assert (await client.get(f"/orders/{uuid.uuid4()}")).status_code == 404


async def test_the_sales_report(client: httpx.AsyncClient, work: UnitOfWork, make: Factory) -> None:
    await make.order(quantity=2)
    await work.commit()
    (row,) = (await client.get("/reports/sales", params={"seconds": 0.01})).json()
    assert (row["orders"], row["pieces"], row["revenue_cents"]) == (1, 2, 2000)


async def test_health(client: httpx.AsyncClient) -> None:
    answer = await client.get("/health")
    assert answer.status_code == 200
    pool = answer.json()["pool"]
    # The one connection in use is that of the test.
    assert (pool["size"], pool["in_use"], pool["waiting"]) == (5, 1, 0)
    assert (await client.get("/health/live")).json() == {"alive": True}


async def test_start_and_stop(tmp_path_factory: pytest.TempPathFactory) -> None:
    file = tmp_path_factory.mktemp("lifespan") / "shop.db"
    app = create_app(Settings(database_url=SecretStr(f"sqlite+aiosqlite:///{file}")))
    async with app.router.lifespan_context(app):
        transport = httpx.ASGITransport(app=app)
        async with httpx.AsyncClient(transport=transport, base_url="http://shop.test") as client:
            assert (await client.get("/health")).json()["healthy"]
    assert file.exists()
