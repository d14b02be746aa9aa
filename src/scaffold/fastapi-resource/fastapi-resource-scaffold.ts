/** New FastAPI Resource: a model's schemas, routes and their tests, served by the application. */
import { textAnswer } from '../answers.ts';
import { chosenModel, modelQuestion, noSuchModel } from '../class-additions/model-question.ts';
import { includeRouter, mountProblem } from '../fastapi/include-router.ts';
import { pluralOf, snakeOf } from '../names.ts';
import { clashes, newPackages } from '../new-packages.ts';
import { inPackage } from '../paths.ts';
import type { ModelFact, ModuleFolder, ProjectFacts } from '../project-facts.ts';
import { renderModule } from '../python-template/python-template.ts';
import {
  type Answers,
  failed,
  type Question,
  type Rendering,
  type Scaffold,
  type ScaffoldFile,
} from '../scaffold.ts';
import { fieldOf } from './resource-fields.ts';
import type { ResourcePlan } from './resource-plan.ts';
import { routesSource, schemasSource, testsSource } from './resource-sources.ts';

export const fastapiResourceScaffold: Scaffold = {
  kind: 'fastapi-resource',
  title: 'New FastAPI Resource',
  problem,
  questions,
  check: () => null,
  render,
};

function problem({ models, database }: ProjectFacts): string | null {
  if (models.length === 0) return 'There is no model yet. Make one first, with New Model.';
  if (database.dependencies.length === 0)
    return 'No function of the project yields a session for FastAPI’s Depends. Use Set Up Database Layer first.';
  return database.app === null ? 'No module of the project holds a FastAPI application.' : null;
}

function questions(facts: ProjectFacts, activePath: string | null): readonly Question[] {
  const keyed = { ...facts, models: facts.models.filter(model => model.key !== null) };
  return [modelQuestion(keyed, activePath, 'The model that clients read and write.')];
}

function render(facts: ProjectFacts, answers: Answers): Rendering {
  const reason = problem(facts);
  const { app } = facts.database;
  if (reason !== null || app === null) return failed(reason ?? '');
  const model = chosenModel(facts, answers);
  if (!model) return failed(noSuchModel(textAnswer(answers, 'model')));
  const plan = planOf(facts, model);
  const mount = mountProblem(facts, app);
  if (typeof plan === 'string') return failed(plan);
  if (mount !== null) return failed(mount);
  const { schemas, routers } = plan;
  const options = { ...facts, concurrency: plan.concurrency };
  const created = (folder: string, file: string, source: string): ScaffoldFile => ({
    kind: 'create',
    path: `${folder}/${file}.py`,
    text: renderModule(source, options),
  });
  const files: readonly ScaffoldFile[] = [
    ...newPackages(facts, [
      { path: schemas.path, documentation: 'What clients send and get.' },
      { path: routers.path, documentation: 'The routes of the application.' },
    ]),
    created(schemas.path, schemas.file, schemasSource(plan)),
    created(routers.path, routers.file, routesSource(plan)),
    ...(hasSessionFixture(facts)
      ? [created(`${facts.root}/tests`, `test_${plan.plural}`, testsSource(facts, plan))]
      : []),
    ...includeRouter(facts, app, {
      module: inPackage(routers.module, routers.file),
      name: 'router',
      alias: `${plan.plural}_router`,
    }),
  ];
  const taken = clashes(facts, files);
  return taken.length > 0
    ? failed(...taken)
    : { files, open: `${routers.path}/${routers.file}.py`, problems: [] };
}

/** The tests need what Add Test Fixtures writes. */
function hasSessionFixture({ root, fileAt }: ProjectFacts): boolean {
  return /\bdef session\(/.test(fileAt(`${root}/tests/conftest.py`)?.text ?? '');
}

function planOf(facts: ProjectFacts, model: ModelFact): ResourcePlan | string {
  const { database, package: home } = facts;
  const [dependency] = database.dependencies;
  if (model.key === null || !dependency)
    return `${model.name} has no single primary key column that a path could name.`;
  const singular = snakeOf(model.name);
  const plural = pluralOf(singular);
  const folder = (known: ModuleFolder | null, name: string): ModuleFolder =>
    known ?? { path: `${home.path}/${name}`, module: inPackage(home.module, name) };
  const schemas = { ...folder(database.schemas, 'schemas'), file: singular };
  const routers = { ...folder(database.routers, 'routers'), file: plural };
  const from = {
    path: `${schemas.path}/${schemas.file}.py`,
    module: inPackage(schemas.module, schemas.file),
  };
  const fields = model.columns.map(column => ({ column, field: fieldOf(facts, model, column, from) }));
  const unknown = fields.find(({ field }) => field === null);
  if (unknown)
    return `The Python type of ${model.name}.${unknown.column.attribute} is not known. Annotate it with Mapped[…] first.`;
  const known = fields.flatMap(({ column, field }) => (field ? [{ column, field }] : []));
  const writable = known.filter(({ column }) => isWritten(column));
  return {
    model,
    singular,
    plural,
    concurrency: dependency.concurrency,
    dependency,
    alias: aliasOf(facts, dependency),
    schemas,
    routers,
    key: model.key,
    read: known.map(each => each.field),
    write: writable.map(each => each.field),
    needsOthers: writable.some(({ column }) => column.foreignKey !== null && !column.nullable),
  };
}

/** Not what the database or the model makes by itself. */
function isWritten({ attribute, primaryKey, defaulted }: ModelFact['columns'][number]): boolean {
  return !primaryKey && !defaulted && !/^(created|updated|deleted)_(at|on)$/.test(attribute);
}

/** `SessionDep = Annotated[AsyncSession, Depends(get_session)]`, where the dependency's module has it. */
function aliasOf(
  { fileAt }: ProjectFacts,
  { path, name }: { readonly path: string; readonly name: string },
): string | null {
  const sign = new RegExp(`^(\\w+) = Annotated\\[\\s*\\w+,\\s*Depends\\(${name}\\)\\s*\\]`, 'm');
  return sign.exec(fileAt(path)?.text ?? '')?.[1] ?? null;
}
