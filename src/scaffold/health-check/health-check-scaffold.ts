/** Add Health Check: how long the database takes to answer, within a time limit, and how full the pool is; as a route where FastAPI serves. */
import { circleNote, includeRouter, mountProblem } from '../fastapi/include-router.ts';
import { accessOf, engineProblem, importLine, renderNewModule } from '../module-scaffold.ts';
import type { ProjectFacts } from '../project-facts.ts';
import { failed, type Rendering, type Scaffold } from '../scaffold.ts';

export const healthCheckScaffold: Scaffold = {
  kind: 'health-check',
  title: 'Add Health Check',
  problem: engineProblem,
  questions: () => [],
  check: () => null,
  render,
};

const name = 'health';

function render(facts: ProjectFacts): Rendering {
  const access = accessOf(facts);
  if (!access) return failed(engineProblem(facts) ?? '');
  const { concurrency, engine } = access;
  const { app } = facts.web;
  const timeout =
    concurrency === 'async' && facts.style.python < 311 ? 'asyncio.TimeoutError' : 'TimeoutError';
  const failures = [timeout, 'OSError', 'SQLAlchemyError'];
  // TimeoutError of Python 3.11 and later is an OSError too.
  const caught = timeout === 'TimeoutError' ? failures.slice(1) : failures;
  const source = `
"""Whether the database answers, and how full its pool is."""
import asyncio
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from fastapi import APIRouter, Response, status
from sqlalchemy import select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.pool import QueuePool
${importLine(engine)}

# Seconds: a load balancer gives up soon after.
TIMEOUT = 2.0

${app ? 'router = APIRouter(tags=["health"])\n\n' : ''}${concurrency === 'sync' ? '# One, so that a database that hangs costs one thread.\n_worker = ThreadPoolExecutor(max_workers=1)\n\n' : ''}
@dataclass(frozen=True)
class Health:
    """What a health check found."""

    healthy: bool
    # Null where the database did not answer.
    latency_ms: float | None
    pool_size: int | None = None
    pool_checked_out: int | None = None
    pool_overflow: int | None = None


async def check_health() -> Health:
    """Ask the database for one row; never raises for a database that fails."""
    start = time.perf_counter()
    try:
        ${concurrency === 'async' ? 'await asyncio.wait_for(_ask(), TIMEOUT)' : '_worker.submit(_ask).result(TIMEOUT)'}
    except (${caught.join(', ')}):
        return _health(None)
    return _health(round((time.perf_counter() - start) * 1000, 2))


async def _ask() -> None:
    async with ${engine.name}.connect() as connection:
        await connection.execute(select(1))


def _health(latency_ms: float | None) -> Health:
    healthy = latency_ms is not None
    pool = ${engine.name}.pool
    if not isinstance(pool, QueuePool):
        return Health(healthy, latency_ms)
    # A pool that is not full counts its overflow from below zero.
    overflow = max(0, pool.overflow())
    return Health(healthy, latency_ms, pool.size(), pool.checkedout(), overflow)
${app ? route : ''}`;
  const circle = app ? circleNote(app, engine, name) : null;
  const router = { package: facts.database.place.module, file: name, name: 'router', alias: 'health_router' };
  const mounted = app && circle === null ? includeRouter(facts, app, router) : [];
  const problem = app ? mountProblem(facts, app) : null;
  if (problem !== null) return failed(problem);
  const rendering = renderNewModule(facts, { name, source, concurrency }, mounted);
  return circle === null ? rendering : { ...rendering, notes: [circle] };
}

const route = `

@router.get("/health", responses={503: {"model": Health}})
async def health(response: Response) -> Health:
    """Tell a load balancer whether to send requests here."""
    found = await check_health()
    if not found.healthy:
        response.status_code = status.HTTP_503_SERVICE_UNAVAILABLE
    return found
`;
