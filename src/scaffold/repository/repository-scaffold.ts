/** New Repository: the statements about one model in one place, on the project's generic base or on one that is written. */
import { ownerPart } from '../../base/dotted-name.ts';
import { textAnswer, yesAnswer } from '../answers.ts';
import { activeModel } from '../class-additions/model-question.ts';
import { fileIn } from '../file-layout.ts';
import type { ModuleFolder } from '../named-thing.ts';
import { withArticle, wordsOf } from '../names.ts';
import { newPackages } from '../new-packages.ts';
import { folderOf, inPackage } from '../paths.ts';
import type { ModelFact, ProjectFacts, RepositoryBase } from '../project-facts.ts';
import {
  type Answers,
  failed,
  type Question,
  type Rendering,
  type Scaffold,
  type ScaffoldFile,
} from '../scaffold.ts';
import { subjectOf, withoutEnding } from '../subject-name.ts';
import { renderRepositoryBase, repositoryBaseName } from './render-base.ts';
import { renderRepository, takesModelAsArgument } from './render-repository.ts';
import type { RepositoryPlan } from './repository-plan.ts';

export const repositoryScaffold: Scaffold = {
  kind: 'repository',
  title: 'New Repository',
  problem: ({ models }) =>
    models.length === 0
      ? 'There is no model yet that a repository could hold. Make one first, with New Model.'
      : null,
  questions,
  check: () => null,
  render,
};

function questions(
  facts: ProjectFacts,
  path: string | null,
  className: string | null = null,
): readonly Question[] {
  const known = new Set(facts.repositories.known.map(each => each.model));
  const models = [...facts.models].sort(
    (a, b) => Number(known.has(a.name)) - Number(known.has(b.name)) || (a.name < b.name ? -1 : 1),
  );
  const without = models.filter(model => !known.has(model.name));
  const active = activeModel(without, { path, className }) ?? models[0];
  const options = models.map(model => ({
    value: idOf(model),
    label: model.name,
    description: known.has(model.name) ? `${model.module}, has a repository` : model.module,
  }));
  const prompt = 'The model whose rows the repository reads and writes.';
  return [
    {
      kind: 'pick',
      id: 'model',
      title: 'Model',
      prompt,
      options,
      ...(active ? { initial: idOf(active) } : {}),
    },
    ...concurrencyQuestion(facts),
  ];
}

/** A base that is there already has decided it. */
function concurrencyQuestion(facts: ProjectFacts): readonly Question[] {
  if (usableBase(facts)) return [];
  return [
    {
      kind: 'confirm',
      id: 'async',
      title: 'Async',
      prompt: 'Does the application use AsyncSession?',
      initial: facts.concurrency === 'async',
    },
  ];
}

/** A base whose brackets and constructor take nothing that is not known here. */
function usableBase({ repositories }: ProjectFacts): RepositoryBase | null {
  const { base } = repositories;
  if (!base?.takesModel) return null;
  return base.parameters.length < 2 || takesModelAsArgument(base) ? base : null;
}

function render(facts: ProjectFacts, answers: Answers): Rendering {
  const problem = repositoryScaffold.problem(facts);
  if (problem !== null) return failed(problem);
  const chosen = textAnswer(answers, 'model');
  const model =
    facts.models.find(each => idOf(each) === chosen) ?? facts.models.find(each => each.name === chosen);
  if (!model)
    return failed(`There is no model ${chosen || 'of that name'}. Choose one of the project's models.`);
  const plan = planOf(facts, model, answers);
  const clash = problemOf(facts, plan);
  if (clash !== null) return failed(clash);
  const text = renderRepository(facts, plan);
  return {
    files: [...foundation(facts, plan), { kind: 'create', path: plan.path, text }],
    open: plan.path,
    problems: [],
  };
}

function planOf(facts: ProjectFacts, model: ModelFact, answers: Answers): RepositoryPlan {
  const { repositories } = facts;
  const base = usableBase(facts);
  const near = besideModels(facts);
  const layout = repositories.layout ?? {
    kind: 'folder',
    path: base ? folderOfModule(facts, base) : `${near.path}/repositories`,
    module: base ? ownerPart(base.module) : inPackage(near.module, 'repositories'),
    pluralFiles: false,
  };
  const { folder, stem } = fileIn(layout, subjectOf(facts, model.name));
  const isAsync = answers.async === undefined ? facts.concurrency === 'async' : yesAnswer(answers, 'async');
  return {
    name: `${withoutEnding(facts, model.name)}Repository`,
    model,
    path: `${folder.path}/${stem}.py`,
    module: inPackage(folder.module, stem),
    folder,
    base: base ?? newBase(folder.module, isAsync),
    writesBase: base === null,
  };
}

/** The package that all models are in, or below; for models here and there, the project's own. */
function besideModels({ places, package: home }: ProjectFacts): ModuleFolder {
  const parents = new Map(places.map(({ path, module }) => [folderOf(path), ownerPart(module)]));
  const [only, ...others] = parents;
  return only && others.length === 0 ? { path: only[0], module: only[1] } : home;
}

function folderOfModule({ package: home }: ProjectFacts, base: RepositoryBase): string {
  const inside = ownerPart(base.module).split('.').slice(1).join('/');
  return inside === '' ? home.path : `${home.path}/${inside}`;
}

function newBase(module: string, isAsync: boolean): RepositoryBase {
  return {
    name: repositoryBaseName,
    module: inPackage(module, 'base'),
    concurrency: isAsync ? 'async' : 'sync',
    typeArguments: 2,
    takesModel: true,
    modelAttribute: 'model',
    parameters: ['session'],
    hasCriteria: true,
  };
}

function problemOf({ exists, repositories }: ProjectFacts, plan: RepositoryPlan): string | null {
  if (repositories.known.some(each => each.name === plan.name))
    return `There is already a ${plan.name}. Change that one, or choose another model.`;
  const base = `${plan.folder.path}/base.py`;
  return plan.writesBase && exists(base)
    ? `${base} exists already and holds no generic repository. Move that file, and try again.`
    : null;
}

/** The package and the generic base, where they are not there yet. */
function foundation(facts: ProjectFacts, plan: RepositoryPlan): readonly ScaffoldFile[] {
  if (facts.repositories.layout?.kind === 'feature') {
    const words = wordsOf(plan.model.name).join(' ');
    return newPackages(facts, [
      { path: plan.folder.path, documentation: `All about ${withArticle(words)}.` },
    ]);
  }
  const init = `${plan.folder.path}/__init__.py`;
  const files: ScaffoldFile[] = [];
  if (plan.writesBase && !facts.exists(init)) {
    files.push({ kind: 'create', path: init, text: '"""Repositories: where statements are written."""\n' });
  }
  if (plan.writesBase) {
    files.push({
      kind: 'create',
      path: `${plan.folder.path}/base.py`,
      text: renderRepositoryBase(facts, plan.base.concurrency),
    });
  }
  return files;
}

function idOf(model: ModelFact): string {
  return `${model.module}.${model.name}`;
}
