/** Add Pool Telemetry: a module that tells what only the process knows of its pool, and the call that makes it watch the engine. */
import { yesAnswer } from '../answers.ts';
import type { EngineThing } from '../database-facts.ts';
import { circleNote, includeRouter, mountProblem } from '../fastapi/include-router.ts';
import { joined } from '../model/edit-target.ts';
import { accessOf, besideEngine, engineProblem, importLine, renderNewModule } from '../module-scaffold.ts';
import type { PlacedThing } from '../named-thing.ts';
import { snakeOf } from '../names.ts';
import type { ProjectFacts } from '../project-facts.ts';
import { addImports, insertAt, lineEnd } from '../python-code/add-imports.ts';
import { importOwn } from '../python-code/import-own.ts';
import { quoted } from '../python-code/quoting.ts';
import type { Statement } from '../python-syntax.ts';
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

export const poolTelemetryScaffold: Scaffold = {
  kind: 'pool-telemetry',
  title: 'Add Pool Telemetry',
  problem: facts => (engineOf(facts) ? null : engineProblem(facts)),
  questions,
  check: () => null,
  render,
};

const name = 'pool_telemetry';

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
  const engine = engineOf(facts);
  if (!engine) return failed(engineProblem(facts) ?? '');
  const watched = watchEdits(facts, engine);
  if (watched === null)
    return failed(`${engine.name} was not found in ${engine.path}. Save the file and try again.`);
  const { app } = facts.web;
  const route = app !== null && yesAnswer(answers, 'route') ? routeFiles(facts, app, engine) : [];
  const unread = route.length > 0 && app ? mountProblem(facts, app) : null;
  if (unread !== null) return failed(unread);
  // Events are those of the synchronous engine, which an async one has inside.
  const rendering = renderNewModule(
    facts,
    { name, source: telemetrySource(facts.style), concurrency: 'async' },
    [...watched, ...route],
  );
  const circle = app && circleNote(app, engine, routeName);
  return route.length === 0 ? rendering : { ...rendering, notes: [routeNote, ...(circle ? [circle] : [])] };
}

const routeNote =
  'GET /pools names files and functions of the application: let nobody but its operators reach it.';

function routeFiles(facts: ProjectFacts, app: PlacedThing, engine: EngineThing): readonly ScaffoldFile[] {
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
    ...(circleNote(app, engine, routeName) === null ? includeRouter(facts, app, router) : []),
  ];
}

/** It needs no sessions. */
function engineOf(facts: ProjectFacts): EngineThing | undefined {
  return accessOf(facts)?.engine ?? facts.database.engines[0];
}

/** `engine = …`, or `Session, engine = …`. */
function gives(statement: Statement, name: string): boolean {
  if (statement.kind !== 'assignment') return false;
  return statement.targets.some(target =>
    (target.kind === 'tuple' ? target.elements : [target]).some(
      each => each.kind === 'name' && each.id === name,
    ),
  );
}

function watchEdits(facts: ProjectFacts, engine: EngineThing): readonly ScaffoldFile[] | null {
  const file = facts.fileAt(engine.path);
  const made = file?.syntax?.body.find(each => gives(each, engine.name));
  if (!file || !made) return null;
  const watched = engine.concurrency === 'async' ? `${engine.name}.sync_engine` : engine.name;
  const application = quoted(snakeOf(facts.package.module).replaceAll('_', '-') || 'app', facts.style);
  const need = importOwn(facts, { name: 'watch_pool', module: besideEngine(facts, name).module }, file);
  const call = `watch_pool(${watched}, ${quoted(engine.name, facts.style)}, ${application})`;
  const edits = [...addImports(file, [need], facts), insertAt(lineEnd(file.text, made.end), `\n${call}`)];
  return [{ kind: 'edit', path: file.path, edits: joined(edits) }];
}
