/**
 * What a project's own repository offers to a resource: the methods whose name and signature say that they find, list,
 * add, change or delete rows of the model. What none offers is done with the session.
 */
import type { ParameterFact } from '../named-thing.ts';
import type { MethodFact, RepositoryFact } from '../project-facts.ts';

export interface RepositoryCalls {
  /** By a row's key; gives None without such a row. */
  readonly get: RepositoryCall<'key'> | null;
  readonly list: RepositoryCall<'limit' | 'offset'> | null;
  readonly add: RepositoryCall<'row'> | null;
  readonly update: RepositoryCall<'row' | 'changes'> | null;
  readonly remove: RepositoryCall<'row'> | null;
}

export interface RepositoryCall<Given extends string> {
  /** `await ` included, where it waits. */
  write(receiver: string, given: Readonly<Record<Given, string>>): string;
  readonly takes: readonly Given[];
  /** True where it ends the transaction itself. */
  readonly commits: boolean;
}

export function repositoryCalls(repository: RepositoryFact): RepositoryCalls {
  const isRow = (parameter: ParameterFact): boolean =>
    repository.rowTypes.includes(parameter.annotation?.replaceAll(/["']/g, '') ?? '');
  const find = <Given extends string>(
    names: readonly string[],
    read: (method: MethodFact) => readonly Pass<Given>[] | null,
  ): RepositoryCall<Given> | null => {
    for (const name of names) {
      const method = repository.methods.find(each => each.name === name);
      const passed = method ? read(method) : null;
      if (method && passed) return callOf(method, passed);
    }
    return null;
  };
  return {
    get: find(['get', 'get_by_id', 'get_or_none', 'find', 'find_by_id', 'get_one_or_none'], passKey),
    list: find(['list', 'get_all', 'all', 'find_all', 'get_multi'], passPage),
    add: find(['add', 'create', 'insert', 'save'], method => passRow(method, isRow)),
    update: find(['update', 'save'], method => passChanges(method, isRow) ?? passRow(method, isRow)),
    remove: find(['delete', 'remove'], method => passRow(method, isRow)),
  };
}

/** What is given to a parameter; by its name where `keyword` has one. */
interface Pass<Given extends string> {
  readonly given: Given;
  readonly keyword: string | null;
}

function callOf<Given extends string>(
  { name, waits, commits }: MethodFact,
  passed: readonly Pass<Given>[],
): RepositoryCall<Given> {
  return {
    commits,
    takes: passed.map(each => each.given),
    write: (receiver, given) => {
      const values = passed.map(each =>
        each.keyword === null ? given[each.given] : `${each.keyword}=${given[each.given]}`,
      );
      return `${waits ? 'await ' : ''}${receiver}.${name}(${values.join(', ')})`;
    },
  };
}

function passKey({ parameters, returns }: MethodFact): readonly Pass<'key'>[] | null {
  const [first, ...more] = parameters;
  if (!first || first.kind === 'keyword' || more.some(each => each.required)) return null;
  const isKey = first.kind === 'variadic' || /^_?(id|pk|key|ident|\w+_id|item_id)_?$/.test(first.name);
  const answersNone = /\bNone\b|\bOptional\b/.test(returns ?? '');
  return isKey && answersNone ? [{ given: 'key', keyword: null }] : null;
}

function passPage({ parameters, returns }: MethodFact): readonly Pass<'limit' | 'offset'>[] | null {
  if (parameters.some(each => each.required) || /\btuple\b/i.test(returns ?? '')) return null;
  const limit = parameters.find(each => each.name === 'limit');
  const offset = parameters.find(each => each.name === 'offset' || each.name === 'skip');
  return limit && offset
    ? [
        { given: 'limit', keyword: limit.name },
        { given: 'offset', keyword: offset.name },
      ]
    : null;
}

function passRow(
  { parameters }: MethodFact,
  isRow: (parameter: ParameterFact) => boolean,
): readonly Pass<'row'>[] | null {
  const [first, ...more] = parameters;
  const fits = first?.kind === 'positional' && isRow(first) && !more.some(each => each.required);
  return fits ? [{ given: 'row', keyword: null }] : null;
}

function passChanges(
  { parameters }: MethodFact,
  isRow: (parameter: ParameterFact) => boolean,
): readonly Pass<'row' | 'changes'>[] | null {
  const [row, ...more] = parameters;
  const changes = more.find(each => /^(dict|Dict|Mapping|MutableMapping)\b/.test(each.annotation ?? ''));
  const others = more.filter(each => each !== changes && each.required);
  if (row?.kind !== 'positional' || !isRow(row) || !changes || others.length > 0) return null;
  const keyword = changes.kind === 'keyword' || more[0] !== changes ? changes.name : null;
  return [
    { given: 'row', keyword: null },
    { given: 'changes', keyword },
  ];
}
