"""Whether the shop can do its work, for load balancers and for people."""

import asyncio
import time

from fastapi import APIRouter, Response, status
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from app.api.dependencies import DatabaseDependency, SettingsDependency
from app.api.schemas import HealthOutput, PoolOutput
from app.db.database import Database

router = APIRouter(prefix="/health", tags=["health"])


@router.get("/live")
async def live() -> dict[str, bool]:
    """Answer, which is all there is to it: the process is alive."""
    return {"alive": True}


@router.get("")
async def health(
    response: Response, database: DatabaseDependency, settings: SettingsDependency
) -> HealthOutput:
    """Ask the database, over a connection of the pool; 503 when no answer comes in time."""
    figures = database.pool_figures()
    latency = await _latency_ms(database, settings.health_timeout_seconds)
    if latency is None:
        response.status_code = status.HTTP_503_SERVICE_UNAVAILABLE
    return HealthOutput(
        healthy=latency is not None,
        latency_ms=latency,
        pool=None if figures is None else PoolOutput.model_validate(figures),
    )


async def _latency_ms(database: Database, timeout_seconds: float) -> float | None:
    started = time.perf_counter()
    try:
        await asyncio.wait_for(_ask(database), timeout_seconds)
    except (SQLAlchemyError, OSError, asyncio.TimeoutError):
        return None
    return round((time.perf_counter() - started) * 1000, 3)


async def _ask(database: Database) -> None:
    async with database.engine.connect() as connection:
        await connection.execute(text("SELECT 1"))
