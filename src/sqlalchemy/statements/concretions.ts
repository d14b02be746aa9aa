/**
 * Subclasses that say what a class leaves open: `model = User`, `Repository[User]`, `super().__init__(User, …)`, and
 * `def model(cls): return User` in place of an abstract method. The methods of the class are read once for each of them.
 */
import { lastName } from '../../python/last-name.ts';
import type { ClassDefinition, Expression, FunctionDefinition } from '../../python/syntax.ts';
import { walk } from '../../python/walk.ts';
import { ancestryOf } from '../reading/class-members.ts';
import { referenceOfName } from '../reading/reference.ts';
import { siteOf } from '../reading/site.ts';
import type { Evaluation } from './evaluation.ts';
import { memberOf } from './members.ts';
import { subclassesOf } from './subclasses.ts';
import type { ClassValue, Value } from './value.ts';

/** Subclasses followed at most. */
export const SUBCLASS_LIMIT = 16;

/** Empty where the class leaves no mapped class open, or nothing in the workspace says which it is. */
export function concretionsOf(evaluation: Evaluation, owner: ClassValue): readonly ClassValue[] {
  const subclasses = subclassesOf(evaluation.linked, owner.qualifiedName);
  if (subclasses.length === 0) return [];
  const open = openMembers(evaluation, owner);
  if (open.length === 0) return [];
  return subclasses.filter(each => open.some(name => valueFor(evaluation, each, name)?.kind === 'entity'));
}

function valueFor(evaluation: Evaluation, owner: ClassValue, name: string): Value | null {
  const value = memberOf(evaluation, { kind: 'object', class: owner, self: true }, name);
  return value?.kind === 'function' && namesValue(value.node)
    ? evaluation.invoke(evaluation, value, { positional: [], keywords: new Map(), open: null })
    : value;
}

/** `def model(cls): return User`, also behind a docstring. */
function namesValue({ body, parameters }: FunctionDefinition): boolean {
  const last = body.at(-1);
  if (last?.kind !== 'return' || body.length > 2 || parameters.length > 1) return false;
  return last.value?.kind === 'name' || last.value?.kind === 'attribute';
}

/** Whose body leaves to subclasses what it gives. */
function isAbstract({ body, decorators }: FunctionDefinition): boolean {
  if (decorators.some(each => lastName(each) === 'abstractmethod')) return true;
  const last = body.at(-1);
  return last?.kind === 'raise' && body.length < 3 && isNotImplemented(last.exception);
}

function isNotImplemented(exception: Expression | null): boolean {
  if (exception?.kind === 'call') return isNotImplemented(exception.function);
  return exception?.kind === 'name' && exception.id === 'NotImplementedError';
}

/** Names read from `self` or `cls` whose value the class itself does not say. */
function openMembers(evaluation: Evaluation, owner: ClassValue): readonly string[] {
  const site = siteOf(owner.file, evaluation.names);
  const names = new Set<string>();
  for (const each of ancestryOf(owner.qualifiedName, site)) {
    const reference = referenceOfName(each, site);
    if (reference.kind === 'class') for (const name of namesRead(reference.node)) names.add(name);
  }
  return [...names].filter(name => {
    const value = valueFor(evaluation, owner, name);
    if (value?.kind === 'function') return isAbstract(value.node);
    return value === null || value.kind === 'unknown' || value.kind === 'python';
  });
}

const read = new WeakMap<ClassDefinition, ReadonlySet<string>>();

function namesRead(node: ClassDefinition): ReadonlySet<string> {
  const known = read.get(node);
  if (known !== undefined) return known;
  const names = new Set<string>();
  for (const each of walk(node)) {
    if (each.kind !== 'attribute' || each.value.kind !== 'name') continue;
    if (each.value.id === 'self' || each.value.id === 'cls') names.add(each.attribute.id);
  }
  read.set(node, names);
  return names;
}
