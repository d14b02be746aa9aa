/** How a resource reaches its rows: through the project's unit of work, through its repository, or with a session. */
import type { SessionDependency, UnitOfWorkFact } from '../database-facts.ts';
import type { ConcurrentThing } from '../named-thing.ts';
import type { ModelFact, ProjectFacts, RepositoryFact } from '../project-facts.ts';
import { type RepositoryCalls, repositoryCalls } from './repository-calls.ts';

export type ResourceAccess =
  | { readonly kind: 'session'; readonly dependency: Dependency }
  | {
      readonly kind: 'repository';
      readonly dependency: Dependency;
      readonly repository: RepositoryFact;
      readonly calls: RepositoryCalls;
    }
  | {
      readonly kind: 'unit-of-work';
      readonly unit: UnitOfWorkFact;
      /** The function that yields it to a request; null where it is to be written. */
      readonly dependency: (ConcurrentThing & { readonly alias: string | null }) | null;
      /** The unit's attribute that is the repository. */
      readonly attribute: string;
      readonly calls: RepositoryCalls;
    };

export interface Dependency extends SessionDependency {
  /** The name of `Annotated[Session, Depends(…)]` beside it; null where there is none. */
  readonly alias: string | null;
}

/** Null where the project yields neither a session nor a unit of work to requests. */
export function resourceAccess(facts: ProjectFacts, model: ModelFact): ResourceAccess | null {
  const { database, repositories } = facts;
  const known = repositories.known.filter(each => each.model === model.name);
  for (const unit of database.unitsOfWork.filter(isUsable)) {
    for (const repository of known.filter(each => each.concurrency === unit.concurrency)) {
      const attribute = unit.attributes.get(repository.name);
      if (attribute === undefined) continue;
      const yielding = database.unitDependencies.find(each => each.yields === unit.name);
      const dependency = yielding ? { ...yielding, alias: aliasOf(facts, yielding) } : null;
      return { kind: 'unit-of-work', unit, dependency, attribute, calls: repositoryCalls(repository) };
    }
  }
  const [found] = database.dependencies;
  if (!found) return null;
  const dependency = { ...found, alias: aliasOf(facts, found) };
  const repository = known.find(each => each.concurrency === found.concurrency && isMadeOfSession(each));
  return repository
    ? { kind: 'repository', dependency, repository, calls: repositoryCalls(repository) }
    : { kind: 'session', dependency };
}

/** It can be made without arguments, and says what the routes need of it. */
function isUsable({ members, parameters, concurrency }: UnitOfWorkFact): boolean {
  const enter = concurrency === 'async' ? '__aenter__' : '__enter__';
  return (
    parameters.every(each => !each.required) &&
    ['session', 'commit', enter].every(name => members.includes(name))
  );
}

function isMadeOfSession({ parameters }: RepositoryFact): boolean {
  const [session, ...more] = parameters;
  return (
    session?.kind === 'positional' &&
    /session|^db$|^connection$/i.test(session.name) &&
    more.every(each => !each.required)
  );
}

/** `SessionDep = Annotated[AsyncSession, Depends(get_session)]`, where the dependency's module has it. */
function aliasOf(
  { fileAt }: ProjectFacts,
  { path, name }: { readonly path: string; readonly name: string },
): string | null {
  const sign = new RegExp(`^(\\w+) = Annotated\\[\\s*\\w+,\\s*Depends\\(${name}\\)\\s*\\]`, 'm');
  return sign.exec(fileAt(path)?.text ?? '')?.[1] ?? null;
}
