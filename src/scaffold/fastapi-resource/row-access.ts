/** The statements by which routes find, list, add, change and delete rows, and the parameters that they need for it. */
import { importLine } from '../module-scaffold.ts';
import { pascalOf } from '../names.ts';
import type { RepositoryCall, RepositoryCalls } from './repository-calls.ts';
import type { Dependency } from './resource-access.ts';
import type { ResourcePlan } from './resource-plan.ts';

export interface RowAccess {
  /** Lines that import what is used. */
  readonly imports: readonly string[];
  /** Code of the module before the routes: dependencies that the project does not have yet. */
  readonly definitions: string;
  /** The parameters of a route that only reads. */
  readonly finding: readonly string[];
  /** The parameters of a route that writes. */
  readonly parameters: readonly string[];
  /** The expression that is the session. */
  readonly session: string;
  /** The expression that is the row of the key, or None. */
  readonly get: string;
  /** Statements that leave `rows`. */
  readonly list: readonly string[];
  readonly add: readonly string[];
  readonly update: readonly string[];
  readonly remove: readonly string[];
}

export function rowAccess(plan: ResourcePlan): RowAccess {
  const { access } = plan;
  switch (access.kind) {
    case 'session': {
      const { type, definition, line } = sessionType(access.dependency);
      const parameter = `session: ${type}`;
      return {
        imports: [line],
        definitions: definition,
        finding: [parameter],
        parameters: [parameter],
        session: 'session',
        ...statements(plan, {
          calls: noCalls,
          receiver: '',
          session: 'session',
          end: endOf(access.dependency),
        }),
      };
    }
    case 'repository': {
      const { type, definition, line } = sessionType(access.dependency);
      const { repository, calls } = access;
      const receiver = plan.plural;
      const alias = `${pascalOf(plan.plural)}Dep`;
      const parameter = `${receiver}: ${alias}`;
      return {
        imports: [line, importLine(repository)],
        definitions: `${definition}${repositoryDependency(plan, repository.name, type, alias)}`,
        finding: calls.get && calls.list ? [parameter] : [parameter, `session: ${type}`],
        parameters: [parameter, `session: ${type}`],
        session: 'session',
        ...statements(plan, { calls, receiver, session: 'session', end: endOf(access.dependency) }),
      };
    }
    case 'unit-of-work': {
      const { unit, dependency, attribute, calls } = access;
      const alias = dependency ? dependency.alias : newUnitAlias;
      const name = dependency?.name ?? newUnitDependency;
      const type = alias ?? `Annotated[${unit.name}, Depends(${name})]`;
      const module = dependency?.module ?? unit.module;
      const session = 'unit.session';
      return {
        imports: alias
          ? [importLine({ module, name: alias })]
          : [importLine({ module, name }), importLine(unit)],
        definitions: '',
        finding: [`unit: ${type}`],
        parameters: [`unit: ${type}`],
        session,
        ...statements(plan, { calls, receiver: `unit.${attribute}`, session, end: 'await unit.commit()' }),
      };
    }
  }
}

/** What is written beside a unit of work that no function yields to requests yet. */
export const newUnitDependency = 'get_unit_of_work';
export const newUnitAlias = 'UnitOfWorkDep';

function sessionType({ alias, name, module }: Dependency): {
  readonly type: string;
  readonly definition: string;
  readonly line: string;
} {
  return {
    type: alias ?? 'SessionDep',
    definition: alias === null ? `SessionDep = Annotated[AsyncSession, Depends(${name})]\n` : '',
    line: importLine({ module, name: alias ?? name }),
  };
}

function repositoryDependency(
  { singular }: ResourcePlan,
  repository: string,
  session: string,
  alias: string,
): string {
  return `

def ${singular}_repository(session: ${session}) -> ${repository}:
    """Make a repository on the request's session."""
    return ${repository}(session)


${alias} = Annotated[${repository}, Depends(${singular}_repository)]
`;
}

/** What ends a route's work. */
function endOf({ commits }: Dependency): string {
  return commits ? 'await session.flush()' : 'await session.commit()';
}

interface Means {
  readonly calls: RepositoryCalls;
  /** The expression that is the repository. */
  readonly receiver: string;
  readonly session: string;
  readonly end: string;
}

const noCalls: RepositoryCalls = { get: null, list: null, add: null, update: null, remove: null };

function statements(
  { model, singular, key }: ResourcePlan,
  { calls, receiver, session, end }: Means,
): Pick<RowAccess, 'get' | 'list' | 'add' | 'update' | 'remove'> {
  const given = {
    key: `${singular}_id`,
    row: singular,
    changes: 'data.model_dump()',
    limit: 'limit',
    offset: 'offset',
  };
  const finished = <Given extends keyof typeof given>(
    call: RepositoryCall<Given> | null,
    otherwise: string,
  ): readonly string[] => [call ? call.write(receiver, given) : otherwise, ...(call?.commits ? [] : [end])];
  const assign = ['for name, value in data.model_dump().items():', `    setattr(${singular}, name, value)`];
  const { update } = calls;
  return {
    get: calls.get?.write(receiver, given) ?? `await ${session}.get(${model.name}, ${given.key})`,
    list: calls.list
      ? [`rows = ${calls.list.write(receiver, given)}`]
      : [
          `statement = select(${model.name}).order_by(${model.name}.${key.attribute})`,
          `rows = await ${session}.scalars(statement.limit(limit).offset(offset))`,
        ],
    add: finished(calls.add, `${session}.add(${singular})`),
    update: [
      ...(update?.takes.includes('changes') ? [] : assign),
      ...(update ? finished(update, '') : [end]),
    ],
    remove: finished(calls.remove, `await ${session}.delete(${singular})`),
  };
}
