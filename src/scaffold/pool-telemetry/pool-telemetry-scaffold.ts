/** Add Pool Telemetry: a module that tells what only the process knows of its pool, and the calls that make it watch the engines. */
import { yesAnswer } from '../answers.ts';
import type { EngineThing } from '../database-facts.ts';
import { circleNote, includeRouter, mountProblem } from '../fastapi/include-router.ts';
import { accessOf, besideEngine, engineProblem, importLine, renderNewModule } from '../module-scaffold.ts';
import type { PlacedThing } from '../named-thing.ts';
import type { ProjectFacts } from '../project-facts.ts';
import { renderModule } from '../python-template/python-template.ts';
import {
  type Answers,
  failed,
  type Question,
  type Rendering,
  type Scaffold,
  type ScaffoldFile,
} from '../scaffold.ts';
import { telemetrySource } from './telemetry-source.ts';
import { telemetryModule, watchHeldEngine, watchMadeEngines } from './watch-engines.ts';

export const poolTelemetryScaffold: Scaffold = {
  kind: 'pool-telemetry',
  title: 'Add Pool Telemetry',
  problem: facts => (facts.database.makesEngine ? null : engineProblem(facts)),
  questions,
  check: () => null,
  render,
};

const name = telemetryModule;

const routeName = 'pool_telemetry_route';

function questions({ web }: ProjectFacts): readonly Question[] {
  if (web.app === null) return [];
  return [
    {
      kind: 'confirm',
      id: 'route',
      title: 'Route',
      prompt: 'Serve it at /pools too? A container, or another machine, is asked there.',
      initial: false,
    },
  ];
}

function render(facts: ProjectFacts, answers: Answers): Rendering {
  const reason = poolTelemetryScaffold.problem(facts);
  if (reason !== null) return failed(reason);
  const engine = engineOf(facts);
  const watched = engine ? watchHeldEngine(facts, engine) : watchMadeEngines(facts);
  if (watched === null)
    return failed(`${engine?.name} was not found in ${engine?.path}. Save the file and try again.`);
  const { app } = facts.web;
  const served = app !== null && yesAnswer(answers, 'route') ? app : null;
  const circle = served && engine ? circleNote(served, engine, routeName) : null;
  const route = served ? routeFiles(facts, served, circle) : [];
  const unread = served ? mountProblem(facts, served) : null;
  if (unread !== null) return failed(unread);
  // Events are those of the synchronous engine, which an async one has inside.
  const rendering = renderNewModule(
    facts,
    { name, source: telemetrySource(facts.style), concurrency: 'async' },
    [...watched, ...route],
  );
  const notes = [
    ...(watched.length === 0 ? [givenNote] : []),
    ...(served ? [routeNote] : []),
    ...(circle === null ? [] : [circle]),
  ];
  return notes.length === 0 ? rendering : { ...rendering, notes };
}

const givenNote =
  'The engine is kept under no name where it is made: call watch_pool with it there. Of an async engine, with its sync_engine.';

const routeNote =
  'GET /pools names files and functions of the application: let nobody but its operators reach it.';

function routeFiles(facts: ProjectFacts, app: PlacedThing, circle: string | null): readonly ScaffoldFile[] {
  const { path } = besideEngine(facts, routeName);
  const source = `
"""Serves what this process tells of its connection pools."""
from fastapi import APIRouter
${importLine({ module: besideEngine(facts, name).module, name: 'document' })}

router = APIRouter(include_in_schema=False)


@router.get("/pools")
async def pools() -> dict[str, object]:
    """Answer with the document that the process's socket gives."""
    return document()
`;
  const router = {
    package: facts.database.place.module,
    file: routeName,
    name: 'router',
    alias: 'pools_router',
  };
  return [
    { kind: 'create', path, text: renderModule(source, { ...facts, concurrency: 'async' }) },
    ...(circle === null ? includeRouter(facts, app, router) : []),
  ];
}

/** One that a module holds; it needs no sessions. */
function engineOf(facts: ProjectFacts): EngineThing | undefined {
  return accessOf(facts)?.engine ?? facts.database.engines[0];
}
