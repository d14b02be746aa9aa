/** New FastAPI Resource: a model's schemas, routes and their tests, served by the application. */
import { textAnswer } from '../answers.ts';
import { chosenModel, modelQuestion, noSuchModel } from '../class-additions/model-question.ts';
import { fieldOf, isSecret } from '../column-field.ts';
import { circleNote, givesPrefixes, includeRouter, mountProblem } from '../fastapi/include-router.ts';
import { type FilePlace, fileIn } from '../file-layout.ts';
import type { ModuleFolder } from '../named-thing.ts';
import { pluralOf } from '../names.ts';
import { newPackages } from '../new-packages.ts';
import { inPackage } from '../paths.ts';
import type { FileLayout, ModelFact, ProjectFacts } from '../project-facts.ts';
import { renderModule } from '../python-template/python-template.ts';
import {
  type Answers,
  failed,
  type Question,
  type Rendering,
  type Scaffold,
  type ScaffoldFile,
} from '../scaffold.ts';
import { subjectOf } from '../subject-name.ts';
import { resourceAccess } from './resource-access.ts';
import type { ResourcePlan } from './resource-plan.ts';
import { resourceTests } from './resource-tests.ts';
import { addressOf, routesSource } from './routes-source.ts';
import { schemasSource } from './schemas-source.ts';
import { yieldUnitOfWork } from './yield-unit-of-work.ts';

export const fastapiResourceScaffold: Scaffold = {
  kind: 'fastapi-resource',
  title: 'New FastAPI Resource',
  problem,
  questions,
  check: () => null,
  render,
};

function problem({ models, database, web }: ProjectFacts): string | null {
  if (models.length === 0) return 'There is no model yet. Make one first, with New Model.';
  if (database.dependencies.length === 0 && database.unitDependencies.length === 0)
    return 'No function of the project yields a session for FastAPI’s Depends. Use Set Up Database Layer first.';
  return web.app === null ? 'No module of the project holds a FastAPI application.' : null;
}

function questions(
  facts: ProjectFacts,
  path: string | null,
  className: string | null = null,
): readonly Question[] {
  const keyed = { ...facts, models: facts.models.filter(model => model.key !== null) };
  return [modelQuestion(keyed, { path, className }, 'The model that clients read and write.')];
}

function render(facts: ProjectFacts, answers: Answers): Rendering {
  const reason = problem(facts);
  const { app, hub } = facts.web;
  if (reason !== null || app === null) return failed(reason ?? '');
  const model = chosenModel(facts, answers);
  if (!model) return failed(noSuchModel(textAnswer(answers, 'model')));
  const plan = planOf(facts, model);
  const into = hub ?? app;
  const mount = mountProblem(facts, into);
  if (typeof plan === 'string') return failed(plan);
  if (mount !== null) return failed(mount);
  const used = plan.access.kind === 'unit-of-work' ? plan.access.unit : plan.access.dependency;
  const circle = circleNote(into, used, 'a router');
  if (circle !== null) return failed(circle);
  const { schemas, routers, plural } = plan;
  const options = { ...facts, concurrency: concurrencyOf(plan) };
  const created = (place: FilePlace, source: string): ScaffoldFile => ({
    kind: 'create',
    path: `${place.folder.path}/${place.stem}.py`,
    text: renderModule(source, options),
  });
  const tests = resourceTests(facts, plan, { app, into });
  const files: readonly ScaffoldFile[] = [
    ...newPackages(facts, [
      { path: schemas.folder.path, documentation: 'What clients send and get.' },
      { path: routers.folder.path, documentation: 'The routes of the application.' },
    ]),
    created(schemas, schemasSource(plan)),
    created(routers, routesSource(plan, facts.style)),
    ...yieldUnitOfWork(facts, plan.access),
    ...(tests.source === null
      ? []
      : [created({ folder: facts.tests, stem: `test_${plural}` }, tests.source)]),
    ...includeRouter(facts, into, {
      package: routers.folder.module,
      file: routers.stem,
      name: 'router',
      alias: `${plural}_router`,
      ...(plan.prefix === null ? {} : { prefix: plan.prefix }),
    }),
  ];
  const notes = [
    ...(tests.note === null ? [] : [tests.note]),
    ...plan.leftOut.map(
      name => `${model.name}.${name} is left out of the schemas: its Python type is not known.`,
    ),
    ...plan.secrets.map(
      name =>
        `${model.name}.${name} is left out of what clients get, for it is named like a secret.${plan.write.some(field => field.name === name) ? ' What they send is stored as it is: hash it in the route where that is meant.' : ''}`,
    ),
  ];
  return { files, open: `${routers.folder.path}/${routers.stem}.py`, problems: [], notes };
}

function concurrencyOf({ access }: ResourcePlan): 'sync' | 'async' {
  return access.kind === 'unit-of-work' ? access.unit.concurrency : access.dependency.concurrency;
}

function planOf(facts: ProjectFacts, model: ModelFact): ResourcePlan | string {
  const { web, package: home } = facts;
  const into = web.hub ?? web.app;
  const access = resourceAccess(facts, model);
  if (model.key === null || access === null)
    return `${model.name} has no single primary key column that a path could name.`;
  const singular = subjectOf(facts, model.name);
  const plural = pluralOf(singular);
  const schemas = fileIn(web.schemas ?? newFolder(home, 'schemas'), singular);
  // One folder of them names its files as their addresses are: in the plural.
  const routes = web.routers ?? newFolder(home, 'routers');
  const routers = fileIn(routes.kind === 'folder' ? { ...routes, pluralFiles: true } : routes, singular);
  const from = {
    path: `${schemas.folder.path}/${schemas.stem}.py`,
    module: inPackage(schemas.folder.module, schemas.stem),
  };
  const fields = model.columns.map(column => ({ column, field: fieldOf(facts, model, column, from) }));
  const unknown = fields.filter(({ field }) => field === null).map(({ column }) => column);
  const needed = unknown.find(column => column.primaryKey || (isWritten(column) && !column.nullable));
  if (needed)
    return `The Python type of ${model.name}.${needed.attribute} is not known. Annotate it with Mapped[…] first.`;
  const known = fields.flatMap(({ column, field }) => (field ? [{ column, field }] : []));
  const writable = known.filter(({ column }) => isWritten(column));
  return {
    model,
    singular,
    plural,
    access,
    schemas,
    routers,
    key: model.key,
    read: known.filter(({ column }) => !isSecret(column)).map(each => each.field),
    write: writable.map(each => each.field),
    prefix: into && givesPrefixes(facts, into) ? addressOf({ plural }) : null,
    leftOut: unknown.map(each => each.attribute),
    secrets: known.flatMap(({ column }) => (isSecret(column) ? [column.attribute] : [])),
    needsOthers: writable.some(({ column }) => column.foreignKey !== null && !column.nullable),
  };
}

function newFolder({ path, module }: ModuleFolder, name: string): FileLayout {
  return { kind: 'folder', path: `${path}/${name}`, module: inPackage(module, name), pluralFiles: false };
}

/** Not what the database or the model makes by itself. */
function isWritten({ attribute, primaryKey, defaulted }: ModelFact['columns'][number]): boolean {
  return (
    !primaryKey && !defaulted && !/^(created|updated|modified|inserted|deleted)(_at|_on)?$/.test(attribute)
  );
}
