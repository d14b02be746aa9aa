"""Routes of categories."""

from fastapi import APIRouter

from app.api.dependencies import Work
from app.api.schemas import CategoryOutput

router = APIRouter(prefix="/categories", tags=["categories"])


@router.get("")
async def list_roots(work: Work) -> list[CategoryOutput]:
    """List the categories at the top."""
    return [CategoryOutput.model_validate(category) for category in await work.categories.roots()]


@router.get("/{category_id}/subtree")
async def get_subtree(category_id: int, work: Work) -> list[CategoryOutput]:
    """List a category and everything below it."""
    await work.categories.get_one(category_id)
    categories = await work.categories.subtree(category_id)
    return [CategoryOutput.model_validate(category) for category in categories]
