/** Add Read/Write Split: reads on a replica, writes on the primary, and for a while after a write its reads too. */
import { importLine, type Reach, reachOf, reachProblem, renderNewModule } from '../module-scaffold.ts';
import type { ProjectFacts } from '../project-facts.ts';
import { generatorType } from '../python-template/generator-type.ts';
import { failed, type Rendering, type Scaffold } from '../scaffold.ts';
import { replicaSource } from './replica-source.ts';
import { requestSource, taskSource } from './session-sources.ts';
import { type SplitAccess, splitAccess } from './split-access.ts';

export const readWriteSplitScaffold: Scaffold = {
  kind: 'read-write-split',
  title: 'Add Read/Write Split',
  problem,
  questions: () => [],
  check: () => null,
  render,
};

function problem(facts: ProjectFacts): string | null {
  const sqlite = facts.database.engines.some(each => each.driver?.startsWith('sqlite'));
  return reachProblem(facts) ?? (sqlite ? 'The engine is on SQLite, which has no replicas.' : null);
}

function render(facts: ProjectFacts): Rendering {
  const reason = problem(facts);
  const reach = reachOf(facts);
  if (!reach || reason !== null) return failed(reason ?? '');
  const { concurrency } = reach;
  const access = splitAccess(reach, usesFastapi(facts));
  const source = `
"""Reads on a replica, writes on the primary."""
import os
from collections.abc import AsyncGenerator, AsyncIterator, Generator
from contextlib import asynccontextmanager
from contextvars import ContextVar
from functools import cache
from typing import Annotated
from fastapi import Depends, Request, Response
from sqlalchemy import make_url
from sqlalchemy.engine import URL
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession, async_sessionmaker, create_async_engine
${importsOf(reach)}

${replicaSource(access, concurrency)}
${access.byRequest ? requestSource(access) : taskSource(access, generatorType('AsyncSession', concurrency, facts.style))}`;
  const rendering = renderNewModule(facts, { name: 'read_write', source, concurrency });
  return access.given === '' ? rendering : { ...rendering, notes: [givenNote(access)] };
}

function usesFastapi({ database, web }: ProjectFacts): boolean {
  return web.app !== null || database.dependencies.length > 0;
}

/** What is not used is left out again. */
function importsOf(reach: Reach): string {
  if (reach.kind === 'given') {
    const { keeper } = reach;
    return keeper ? [keeper, keeper.type].map(importLine).join('\n') : '';
  }
  const { engine, factory } = reach;
  return [engine, ...(factory ? [factory] : [])].map(({ from }) => importLine(from)).join('\n');
}

function givenNote({ opens }: SplitAccess): string {
  return `No module holds the engine: ${opens.join(' and ')} are given it and its session factory by whoever calls them.`;
}
