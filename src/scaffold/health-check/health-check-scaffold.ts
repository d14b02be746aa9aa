/** Add Health Check: how long the database takes to answer, within a time limit, and how full the pool is; as a route where FastAPI serves. */

import type { EngineKeeper } from '../database-facts.ts';
import { circleNote, includeRouter, mountProblem } from '../fastapi/include-router.ts';
import { importLine, type Reach, reachOf, reachProblem, renderNewModule } from '../module-scaffold.ts';
import type { ProjectFacts } from '../project-facts.ts';
import { failed, type Rendering, type Scaffold } from '../scaffold.ts';

export const healthCheckScaffold: Scaffold = {
  kind: 'health-check',
  title: 'Add Health Check',
  problem: reachProblem,
  questions: () => [],
  check: () => null,
  render,
};

const name = 'health';

function render(facts: ProjectFacts): Rendering {
  const reach = reachOf(facts);
  if (reach === null) return failed(reachProblem(facts) ?? '');
  const { concurrency } = reach;
  const engine = reach.kind === 'imported' ? reach.engine : null;
  const keeper = reach.kind === 'given' ? reach.keeper : null;
  // Without an object that FastAPI can be asked for, whoever writes the route has the engine.
  const app = engine || keeper ? facts.web.app : null;
  const [parameter, argument] = engine ? ['', ''] : ['engine: AsyncEngine', 'engine'];
  const expression = engine?.expression ?? 'engine';
  // Python 3.10 has a class of its own for each of the two ways to wait.
  const older = concurrency === 'async' ? 'asyncio.TimeoutError' : 'FutureTimeoutError';
  const timeout = facts.style.python < 311 ? older : 'TimeoutError';
  const failures = [timeout, 'OSError', 'SQLAlchemyError'];
  // TimeoutError of Python 3.11 and later is an OSError too.
  const caught = timeout === 'TimeoutError' ? failures.slice(1) : failures;
  // Python 3.14 needs no parentheses there, and formatters take them away.
  const errors = facts.style.python >= 314 ? caught.join(', ') : `(${caught.join(', ')})`;
  const source = `
"""Whether the database answers, and how full its pool is."""
import asyncio
import time
from concurrent.futures import ThreadPoolExecutor
from concurrent.futures import TimeoutError as FutureTimeoutError
from dataclasses import dataclass
from typing import Annotated
from fastapi import APIRouter, Depends, Response, status
from sqlalchemy import select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncEngine
from sqlalchemy.pool import QueuePool
${importsOf(reach, app !== null)}

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


async def check_health(${parameter}) -> Health:
    """Ask the database for one row; never raises for a database that fails."""
    start = time.perf_counter()
    try:
        ${concurrency === 'async' ? `await asyncio.wait_for(_ask(${argument}), TIMEOUT)` : `_worker.submit(_ask${engine ? '' : ', engine'}).result(TIMEOUT)`}
    except ${errors}:
        return _health(${engine ? '' : 'engine, '}None)
    latency_ms = round((time.perf_counter() - start) * 1000, 2)
    return _health(${engine ? '' : 'engine, '}latency_ms)


async def _ask(${parameter}) -> None:
    async with ${expression}.connect() as connection:
        await connection.execute(select(1))


def _health(${engine ? '' : 'engine: AsyncEngine, '}latency_ms: float | None) -> Health:
    healthy = latency_ms is not None
    pool = ${expression}.pool
    if not isinstance(pool, QueuePool):
        return Health(healthy, latency_ms)
    # A pool that is not full counts its overflow from below zero.
    overflow = max(0, pool.overflow())
    return Health(healthy, latency_ms, pool.size(), pool.checkedout(), overflow)
${app ? routeOf(keeper) : ''}`;
  const held = engine?.from ?? keeper;
  const circle = app && held ? circleNote(app, held, name) : null;
  const router = { package: facts.database.place.module, file: name, name: 'router', alias: 'health_router' };
  const mounted = app && circle === null ? includeRouter(facts, app, router) : [];
  const problem = app ? mountProblem(facts, app) : null;
  if (problem !== null) return failed(problem);
  const rendering = renderNewModule(facts, { name, source, concurrency }, mounted);
  const notes = [...(circle === null ? [] : [circle]), ...(held ? [] : [givenNote])];
  return notes.length === 0 ? rendering : { ...rendering, notes };
}

const givenNote =
  'No module holds the engine: check_health is given it by whoever calls it, such as a route of yours.';

function importsOf(reach: Reach, served: boolean): string {
  if (reach.kind === 'imported') return importLine(reach.engine.from);
  const { keeper } = reach;
  return keeper && served ? `${importLine(keeper)}\n${importLine(keeper.type)}` : '';
}

/** The object that keeps the engine comes from FastAPI. */
function routeOf(keeper: EngineKeeper | null): string {
  const given = keeper ? `, database: Annotated[${keeper.type.name}, Depends(${keeper.name})]` : '';
  return `

@router.get("/health", responses={503: {"model": Health}})
async def health(response: Response${given}) -> Health:
    """Tell a load balancer whether to send requests here."""
    found = await check_health(${keeper ? `database.${keeper.engine}` : ''})
    if not found.healthy:
        response.status_code = status.HTTP_503_SERVICE_UNAVAILABLE
    return found
`;
}
