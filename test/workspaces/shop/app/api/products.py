"""Routes of products and their reviews."""

from fastapi import APIRouter, HTTPException, status

from app.api.dependencies import After, Limit, Work
from app.api.schemas import (
    PriceInput,
    ProductDetails,
    ProductOutput,
    ReviewInput,
    ReviewOutput,
)
from app.models import Review
from app.repositories.products import ProductSearch

router = APIRouter(prefix="/products", tags=["products"])


@router.get("")
async def search_products(  # noqa: PLR0913, PLR0917 - each is one part of the query string
    work: Work,
    text: str | None = None,
    tag: str | None = None,
    category_id: int | None = None,
    after: After = 0,
    limit: Limit = 50,
) -> list[ProductOutput]:
    """Search what is for sale, a page at a time; a category stands for all below it as well."""
    categories = None
    if category_id is not None:
        categories = [category.id for category in await work.categories.subtree(category_id)]
    search = ProductSearch(text=text, tag=tag, categories=categories)
    products = await work.products.search(search, after=after, limit=limit)
    return [ProductOutput.model_validate(product) for product in products]


@router.get("/{product_id}")
async def get_product(product_id: int, work: Work) -> ProductDetails:
    """Return one product with its category and rating."""
    product = ProductDetails.model_validate(await work.products.with_details(product_id))
    product.average_rating = await work.reviews.average_rating(product_id)
    return product


@router.put("/{product_id}/price")
async def set_price(product_id: int, body: PriceInput, work: Work) -> ProductDetails:
    """Change the price; 409 when somebody else changed the product meanwhile."""
    product = await work.products.with_details(product_id)
    if product.version != body.version:
        raise HTTPException(status.HTTP_409_CONFLICT, "The product has changed. Read it again.")
    product.price_cents = body.price_cents
    await work.commit()
    return ProductDetails.model_validate(product)


@router.post("/{product_id}/reviews")
async def review_product(product_id: int, body: ReviewInput, work: Work) -> ReviewOutput:
    """Add the customer's review, or replace the one there is."""
    await work.products.get_one(product_id)
    await work.customers.get_one(body.customer_id)
    review = await work.reviews.of(product_id, body.customer_id)
    if review is None:
        review = Review(product_id=product_id, customer_id=body.customer_id)
        work.reviews.add(review)
    review.rating, review.title, review.body = body.rating, body.title, body.body
    await work.commit()
    return ReviewOutput.model_validate(review)
