/** Set Up Database Layer: engine, session factory and base, and what FastAPI needs of them; only what is not there yet. */
import { textAnswer, yesAnswer } from '../answers.ts';
import { extendLifespan, type LifespanChange, leftLifespan } from '../fastapi/extend-lifespan.ts';
import { accessOf } from '../module-scaffold.ts';
import type { NamedThing } from '../named-thing.ts';
import { snakeOf } from '../names.ts';
import { homePackages } from '../new-packages.ts';
import { inPackage } from '../paths.ts';
import type { PackageFact, ProjectFacts } from '../project-facts.ts';
import { isStandardModule } from '../python-code/standard-modules.ts';
import { isKeyword } from '../python-names.ts';
import {
  type AnswerCheck,
  type Answers,
  failed,
  type Question,
  type Rendering,
  type Scaffold,
} from '../scaffold.ts';
import { dependencyFiles } from './dependencies.ts';
import { type Driver, drivers } from './drivers.ts';
import { layerFiles } from './layer-files.ts';
import type { LayerPlan } from './layer-plan.ts';

export const databaseLayerScaffold: Scaffold = {
  kind: 'database-layer',
  title: 'Set Up Database Layer',
  problem,
  questions,
  check: (_facts, check) => checkAnswer(check),
  render,
};

/** Where there are sessions, an application may still lack its dependency, or leave connections open when it stops. */
function problem(facts: ProjectFacts): string | null {
  const { database, web } = facts;
  const [factory] = database.factories;
  if (!factory) return null;
  const lacks =
    web.app !== null &&
    accessOf(facts) !== null &&
    (database.dependencies.length === 0 || isChange(lifespanChange(facts, accessOf(facts)?.engine ?? null)));
  return lacks
    ? null
    : `${factory.module} makes sessions already, with ${factory.name}: there is nothing to set up.`;
}

function isChange(change: LifespanChange | null): boolean {
  return change?.kind === 'missing' || change?.kind === 'extended';
}

/** Null where there is no application, or no engine of a known name. */
function lifespanChange(
  facts: ProjectFacts,
  engine: (NamedThing & { readonly concurrency: 'sync' | 'async' }) | null,
): LifespanChange | null {
  const { app } = facts.web;
  if (app === null || engine === null) return null;
  const wait = engine.concurrency === 'async' ? 'await ' : '';
  const statement = `${wait}${engine.name}.dispose()`;
  const change = extendLifespan(facts, app, { statement, uses: engine, done: /\.dispose\(/ });
  const circle = engine.module === app.module && change.kind === 'missing';
  return circle ? leftLifespan(app, 'it holds the engine itself', { statement, uses: engine }) : change;
}

function questions(facts: ProjectFacts): readonly Question[] {
  if (facts.database.factories.length > 0) return [];
  return [
    ...(facts.package.exists ? [] : [packageQuestion]),
    {
      kind: 'pick',
      id: 'driver',
      title: 'Driver',
      prompt: 'What the application connects to, and how.',
      options: drivers.map(({ id, label, description }) => ({ value: id, label, description })),
      initial: usualDriver(facts).id,
    },
    {
      kind: 'confirm',
      id: 'fastapi',
      title: 'FastAPI',
      prompt: 'Does FastAPI serve the application?',
      initial: usesFastapi(facts),
    },
    {
      kind: 'pick',
      id: 'layout',
      title: 'Layout',
      prompt: 'How the layer is kept.',
      options: [
        { value: 'package', label: 'A package', description: 'db/ with a file for each purpose' },
        { value: 'module', label: 'One module', description: 'database.py' },
      ],
      initial: 'package',
    },
  ];
}

const packageQuestion: Question = {
  kind: 'text',
  id: 'package',
  title: 'Package',
  prompt: 'The name of the application’s package.',
  initial: 'app',
};

function checkAnswer({ path, value }: AnswerCheck): string | null {
  return path.join('.') === 'package' ? checkPackageName(value) : null;
}

function checkPackageName(name: string): string | null {
  if (!/^[a-z][a-z0-9_]*$/.test(name)) {
    return 'A package name begins with a small letter and has only small letters, digits and underscores.';
  }
  if (isKeyword(name)) return `${name} is a keyword of Python. Choose another name.`;
  return isStandardModule(name) || ['sqlalchemy', 'alembic', 'fastapi'].includes(name)
    ? `${name} would hide the package of that name. Choose another name.`
    : null;
}

/** Of the engine that is there, else the one that the project names among its requirements. */
function usualDriver({ root, fileAt, database, concurrency }: ProjectFacts): Driver {
  const [engine] = database.engines;
  const text = `${fileAt(`${root}/pyproject.toml`)?.text ?? ''}\n${fileAt(`${root}/requirements.txt`)?.text ?? ''}`;
  const ranked = drivers.filter(each => each.concurrency === (engine?.concurrency ?? concurrency));
  const named = ranked.find(
    each =>
      each.scheme === engine?.driver ||
      (each.requirement !== null && text.includes(each.requirement.replace(/\[.*|-.*/, ''))),
  );
  return named ?? ranked[0] ?? newProjectDriver;
}

const newProjectDriver = drivers[0] as Driver;

/** True for a project that says nothing yet. */
function usesFastapi({ root, fileAt, web }: ProjectFacts): boolean {
  const text = fileAt(`${root}/pyproject.toml`)?.text ?? fileAt(`${root}/requirements.txt`)?.text;
  return text === undefined || web.app !== null || /\bfastapi\b/i.test(text);
}

function render(facts: ProjectFacts, answers: Answers): Rendering {
  const reason = problem(facts);
  if (reason !== null) return failed(reason);
  const name = textAnswer(answers, 'package') || facts.package.module;
  const nameProblem = facts.package.exists ? null : checkPackageName(name);
  if (nameProblem !== null) return failed(nameProblem);
  const chosen = textAnswer(answers, 'driver');
  const driver = chosen === '' ? usualDriver(facts) : drivers.find(each => each.id === chosen);
  if (!driver)
    return failed(`There is no driver ${chosen}. Choose one of ${drivers.map(each => each.id).join(', ')}.`);
  const { engines } = facts.database;
  const mixed = engines.find(each => each.concurrency !== driver.concurrency);
  if (mixed && !engines.some(each => each.concurrency === driver.concurrency))
    return failed(
      `${mixed.module} has an engine that is ${mixed.concurrency}. Choose a driver that is ${mixed.concurrency} too.`,
    );
  const plan = planOf(facts, answers, { driver, name });
  const within = {
    ...facts,
    package: plan.home,
    concurrency: driver.concurrency,
    ownPackages: new Set([...facts.ownPackages, name]),
  };
  const { files, open } = layerFiles(within, plan);
  const folder = {
    path: plan.place.path,
    documentation: 'The database: its declarative base, and how it is reached.',
  };
  const all = [...homePackages(within, folder), ...files, ...dependencyFiles(facts, plan)];
  const notes = plan.lifespan?.kind === 'left' ? [plan.lifespan.note] : [];
  return { files: all, open, problems: [], notes };
}

function planOf(
  facts: ProjectFacts,
  answers: Answers,
  { driver, name }: { readonly driver: Driver; readonly name: string },
): LayerPlan {
  const layout = textAnswer(answers, 'layout') === 'module' ? 'module' : 'package';
  const home: PackageFact = facts.package.exists
    ? facts.package
    : { path: `${facts.root}/${name}`, module: name, exists: false };
  const { engines, dependencies } = facts.database;
  const access = accessOf(facts);
  const engine = access?.engine ?? engines[0] ?? null;
  const known = engines.length > 0 || facts.base !== null ? facts.database.place : null;
  const isHome = known === null || known.path === home.path || known.path === facts.root;
  const inHome =
    layout === 'module' ? home : { path: `${home.path}/db`, module: inPackage(home.module, 'db') };
  const fastapi = answers.fastapi === undefined ? usesFastapi(facts) : yesAnswer(answers, 'fastapi');
  const place = access === null && (isHome || known === null) ? inHome : (known ?? inHome);
  const made = inPackage(place.module, layout === 'module' ? 'database' : 'engine');
  return {
    driver,
    layout,
    home,
    fastapi,
    place,
    base: facts.base,
    engine,
    factory: access?.factory ?? null,
    dependency: dependencies.length > 0 ? 'there' : 'missing',
    lifespan: fastapi
      ? lifespanChange(facts, engine ?? { name: 'engine', module: made, concurrency: driver.concurrency })
      : null,
    application: snakeOf(home.module) || 'app',
  };
}
