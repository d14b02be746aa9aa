/** New Unit of Work: one transaction over the project's repositories. One that is there takes the repositories it lacks. */
import { choicesAnswer, yesAnswer } from '../answers.ts';
import type { ConcurrentThing } from '../named-thing.ts';
import { homePackages } from '../new-packages.ts';
import { inPackage } from '../paths.ts';
import type { ProjectFacts, RepositoryFact } from '../project-facts.ts';
import {
  type Answers,
  failed,
  type Question,
  type Rendering,
  type Scaffold,
  type ScaffoldFile,
} from '../scaffold.ts';
import { extendUnitOfWork } from './extend-unit-of-work.ts';
import { renderUnitOfWork } from './render-unit-of-work.ts';

export const unitOfWorkScaffold: Scaffold = {
  kind: 'unit-of-work',
  title: 'New Unit of Work',
  problem: () => null,
  questions,
  check: () => null,
  render,
};

function questions(facts: ProjectFacts): readonly Question[] {
  const { known } = facts.repositories;
  const async: Question = {
    kind: 'confirm',
    id: 'async',
    title: 'Async',
    prompt: 'Does the application use AsyncSession?',
    initial: facts.concurrency === 'async',
  };
  const repositories: Question = {
    kind: 'multi-pick',
    id: 'repositories',
    title: 'Repositories',
    prompt: 'What the unit of work offers. More can be added later by the same command.',
    options: known.map(each => ({ value: idOf(each), label: each.name, description: each.module })),
    initial: known.map(idOf),
  };
  return [...(isDecided(facts) ? [] : [async]), ...(known.length === 0 ? [] : [repositories])];
}

/** What is there already speaks for itself. */
function isDecided({ database, repositories }: ProjectFacts): boolean {
  return database.factories.length > 0 || repositories.known.length > 0 || database.unitsOfWork.length > 0;
}

function render(facts: ProjectFacts, answers: Answers): Rendering {
  const concurrency = concurrencyOf(facts, answers);
  const repositories = chosenRepositories(facts, answers, concurrency);
  const mixed = repositories.find(each => each.concurrency !== concurrency);
  if (mixed) {
    const problem = `${mixed.name} is ${mixed.concurrency}, the session factory is ${concurrency}: one unit of work cannot hold both. Choose other repositories.`;
    return failed(problem);
  }
  const [existing] = facts.database.unitsOfWork;
  if (existing) return extendUnitOfWork(facts, existing, repositories);
  const { place } = facts.database;
  const file = { path: `${place.path}/unit_of_work.py`, module: inPackage(place.module, 'unit_of_work') };
  const factory: ConcurrentThing | null =
    facts.database.factories.find(each => each.concurrency === concurrency) ?? null;
  const files: readonly ScaffoldFile[] = [
    ...homePackages(facts, { path: place.path, documentation: 'The database, and how it is reached.' }),
    {
      kind: 'create',
      path: file.path,
      text: renderUnitOfWork(facts, { file, concurrency, factory, repositories }),
    },
  ];
  return { files, open: file.path, problems: [] };
}

function concurrencyOf({ database, concurrency }: ProjectFacts, answers: Answers): 'sync' | 'async' {
  const [existing] = database.unitsOfWork;
  if (existing) return existing.concurrency;
  if (answers.async !== undefined) return yesAnswer(answers, 'async') ? 'async' : 'sync';
  return database.factories.length === 1 ? (database.factories[0]?.concurrency ?? concurrency) : concurrency;
}

function chosenRepositories(
  { repositories }: ProjectFacts,
  answers: Answers,
  concurrency: 'sync' | 'async',
): readonly RepositoryFact[] {
  if (answers.repositories === undefined)
    return repositories.known.filter(each => each.concurrency === concurrency);
  const chosen = choicesAnswer(answers, 'repositories');
  return repositories.known.filter(each => chosen.includes(idOf(each)) || chosen.includes(each.name));
}

function idOf({ module, name }: RepositoryFact): string {
  return `${module}.${name}`;
}
