/**
 * Lists, sets and dictionaries that change in place: `filters.append(…)`, `values["name"] = …`. A change gives a new
 * value to each variable that held the old one; what cannot be followed makes them unknown.
 */
import type { Subscript } from '../../python/syntax.ts';
import { isSql } from './evaluate-operators.ts';
import { type Call, type Evaluation, located, locationOf, unknownAt } from './evaluation.ts';
import type { Arguments } from './given-arguments.ts';
import { dictionariesOf } from './given-dictionaries.ts';
import {
  type DictValue,
  type Environment,
  joinedLists,
  type ListValue,
  type Located,
  NONE,
  unknownSql,
  unknownValue,
  type Value,
} from './value.ts';

/** Methods of containers that leave them as they are. */
const readers = new Set(
  `index count copy keys items values get union intersection difference symmetric_difference issubset issuperset
  isdisjoint desc asc nulls_first nulls_last`.split(/\s+/),
);

/** Whether a method of that name changes the container that it belongs to. */
export function isMutation(name: string): boolean {
  return !readers.has(name) && !name.startsWith('__');
}

/** Carries out `owner.name(…)`, and gives what the call gives; null where the method leaves the container as it is. */
export function mutate(call: Call, current: ListValue | DictValue, name: string): Value | null {
  if (!isMutation(name)) return null;
  const changed =
    current.kind === 'list' ? changedList(current, name, call) : changedDict(current, name, call);
  replace(call.evaluation.environment, current, changed ?? hidden(call.evaluation, call.node));
  if (!name.startsWith('pop') && name !== 'setdefault') return NONE;
  const inside = current.kind === 'list' ? current.elements : current.entries.map(each => each.value);
  const detail = 'Which element this is is only known while the program runs.';
  const unknown = unknownAt('dynamic-arguments', detail, call.at);
  return inside.some(each => isSql(each.value)) ? unknownSql(unknown) : unknownValue(unknown);
}

function changedList(current: ListValue, name: string, call: Call): ListValue | null {
  const { positional, open } = call.arguments;
  const [first, second] = positional;
  const { elements } = current;
  if (open !== null) return null;
  switch (name) {
    case 'append':
    case 'add':
      return first === undefined ? null : { ...current, elements: [...elements, first] };
    case 'extend':
    case 'update':
      return first?.value.kind === 'list' && positional.length === 1
        ? joinedLists(current, first.value)
        : null;
    case 'insert': {
      const index = first?.value.kind === 'constant' ? first.value.value : null;
      return second === undefined || typeof index !== 'number'
        ? null
        : { ...current, elements: elements.toSpliced(index, 0, second) };
    }
    case 'clear':
      return { kind: 'list', elements: [] };
    default:
      return null;
  }
}

function changedDict(current: DictValue, name: string, call: Call): DictValue | null {
  const { positional, open } = call.arguments;
  const [first, second] = positional;
  if (open !== null) return null;
  switch (name) {
    case 'update': {
      const given = first === undefined ? [] : first.value.kind === 'dict' ? first.value.entries : null;
      return given === null ? null : withEntries(current, [...given, ...keywordEntries(call.arguments)]);
    }
    case 'setdefault':
      if (first === undefined || second === undefined || first.value.kind !== 'constant') return null;
      return entryOf(current, first.value) === undefined
        ? withEntries(current, [{ key: first, value: second }])
        : current;
    case 'pop':
      return first?.value.kind === 'constant' ? without(current, first.value) : null;
    case 'clear':
      return { kind: 'dict', entries: [] };
    default:
      return null;
  }
}

type Entry = DictValue['entries'][number];

export function keywordEntries({ keywords }: Arguments): readonly Entry[] {
  return [...keywords].map(([name, value]) => ({
    key: { ...value, value: { kind: 'constant', value: name, float: false } },
    value,
  }));
}

/** Later entries replace earlier ones with the same key. */
function withEntries(dict: DictValue, added: readonly Entry[]): DictValue {
  return added.reduce<DictValue>(
    (result, entry) => ({ kind: 'dict', entries: [...without(result, entry.key.value).entries, entry] }),
    dict,
  );
}

function without(dict: DictValue, key: Value): DictValue {
  return { kind: 'dict', entries: dict.entries.filter(each => !sameConstant(each.key.value, key)) };
}

export function entryOf(dict: DictValue, key: Value): Located | undefined {
  return dict.entries.find(each => sameConstant(each.key.value, key))?.value;
}

function sameConstant(one: Value, two: Value): boolean {
  return one.kind === 'constant' && two.kind === 'constant' && one.value === two.value;
}

/** `values["name"] = …`. */
export function setItem(evaluation: Evaluation, target: Subscript, given: Located): void {
  const owner = evaluation.evaluate(evaluation, target.value);
  const key = target.indices[0] === undefined ? undefined : located(evaluation, target.indices[0]);
  if (owner.kind !== 'dict' && owner.kind !== 'list') {
    giveAway(evaluation, owner, target);
    return;
  }
  const known = owner.kind === 'dict' && key?.value.kind === 'constant';
  replace(
    evaluation.environment,
    owner,
    known ? withEntries(owner, [{ key, value: given }]) : hidden(evaluation, target),
  );
}

/** `del values["name"]`. */
export function removeItem(evaluation: Evaluation, target: Subscript): void {
  const owner = evaluation.evaluate(evaluation, target.value);
  const key = target.indices[0] && evaluation.evaluate(evaluation, target.indices[0]);
  if (owner.kind === 'dict' && key?.kind === 'constant')
    replace(evaluation.environment, owner, without(owner, key));
  else giveAway(evaluation, owner, target);
}

export function isEmptyContainer(value: Value): boolean {
  if (value.kind === 'list') return value.elements.length === 0;
  return value.kind === 'dict' && value.entries.length === 0;
}

/** What a function may have filled that it was given to. */
export function giveAway(evaluation: Evaluation, value: Value, at: Located['node']): void {
  if (value.kind === 'list' || value.kind === 'dict' || dictionariesOf(value).length > 0)
    replace(evaluation.environment, value, hidden(evaluation, at));
}

function hidden(evaluation: Evaluation, at: Located['node']): Value {
  const detail = 'What is put into this list, set or dictionary is not known.';
  return unknownValue(unknownAt('dynamic-arguments', detail, locationOf(evaluation, at)));
}

/** Puts a changed container in place of the old one. Outside this function it changes with every call, and is unknown. */
export function replace(environment: Environment, old: Value, changed: Value): void {
  const unknown = unknownAt('dynamic-arguments', 'A function inside this one changes it.', null);
  for (let scope: Environment | null = environment; scope !== null; scope = scope.parent) {
    for (const [name, value] of scope.locals)
      if (value === old) scope.locals.set(name, scope === environment ? changed : unknownValue(unknown));
  }
}
