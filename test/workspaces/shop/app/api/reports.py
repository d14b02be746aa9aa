"""Routes of reports: slow ones, which hold a connection while they run."""

from datetime import datetime, timedelta, timezone
from typing import Annotated

from fastapi import APIRouter, Query

from app.api.dependencies import Work
from app.api.schemas import CategorySalesOutput

router = APIRouter(prefix="/reports", tags=["reports"])


@router.get("/sales")
async def sales(
    work: Work,
    days: Annotated[int, Query(ge=1, le=3650)] = 365,
    seconds: Annotated[float, Query(ge=0, le=5, description="How long it takes at least.")] = 0,
) -> list[CategorySalesOutput]:
    """Return the sales of each category over the last days."""
    await work.reports.take_time(seconds)
    since = datetime.now(timezone.utc) - timedelta(days=days)
    rows = await work.reports.sales_by_category(since)
    return [CategorySalesOutput.model_validate(row) for row in rows]
