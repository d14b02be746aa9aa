/** Members of workspace classes and of their objects: methods, class variables, what `__init__` assigns to `self`. */
import { sliceOf } from '../../base/range.ts';
import { lastName } from '../../python/last-name.ts';
import type { Assignment, Call, FunctionDefinition, Statement } from '../../python/syntax.ts';
import {
  ancestryOf,
  bodyMembers,
  type ClassMember,
  classMember,
  flatten,
  isPlainEnum,
  memberBehind,
} from '../reading/class-members.ts';
import { libraryCallOf } from '../reading/library-call.ts';
import { referenceOfName } from '../reading/reference.ts';
import { siteOf } from '../reading/site.ts';
import { isGivenClass, UNKNOWN_COLUMN, valueOfAnnotation } from './annotations.ts';
import { accessesDatabase } from './database-access.ts';
import { entityOf } from './entities.ts';
import { createEnvironment } from './environment.ts';
import { type Evaluation, located, unknownAt } from './evaluation.ts';
import type { Arguments } from './given-arguments.ts';
import { isEmptyContainer } from './mutations.ts';
import { valueOfParameter } from './parameter-value.ts';
import { typeArgument } from './type-arguments.ts';
import type { ClassValue, ObjectValue, Value } from './value.ts';
import { PYTHON, unknownValue } from './value.ts';

const DEPTH_LIMIT = 4;

/** Null where the class and its known bases have no such member. */
export function memberOf(
  evaluation: Evaluation,
  receiver: ClassValue | ObjectValue,
  name: string,
): Value | null {
  const value = declaredMember(evaluation, receiver, name);
  // Only annotated: the argument of the generic base says which class it is.
  return isGivenClass(value) ? (typeArgument(evaluation, classOf(receiver), value.variable) ?? value) : value;
}

function classOf(receiver: ClassValue | ObjectValue): ClassValue {
  return receiver.kind === 'class' ? receiver : receiver.class;
}

/** Nothing but methods depends on how it is asked for. Deep inside calls less is followed: that is not kept. */
function declaredMember(
  evaluation: Evaluation,
  receiver: ClassValue | ObjectValue,
  name: string,
): Value | null {
  const { qualifiedName, behind = '' } = classOf(receiver);
  const key = `${receiver.kind} ${qualifiedName} ${behind} ${name}`;
  const known = evaluation.members.get(key);
  if (known !== undefined) return known;
  const value = readMember(evaluation, receiver, name);
  const kept =
    value === null || value.kind === 'python' || value.kind === 'entity' || value.kind === 'unknown';
  if (kept && evaluation.depth === 0) evaluation.members.set(key, value);
  return value;
}

function readMember(evaluation: Evaluation, receiver: ClassValue | ObjectValue, name: string): Value | null {
  const { behind, ...owner } = classOf(receiver);
  if (evaluation.depth > DEPTH_LIMIT) return PYTHON;
  const member = definitionIn(evaluation, owner, behind, name);
  if (member !== null) {
    const elsewhere = at(evaluation, member.file);
    const self = receiver.kind === 'class' ? owner : { ...receiver, class: owner };
    if (member.node.kind === 'function') return functionMember(elsewhere, member.node, self, member.owner);
    const table = evaluation.linked.models.get(`${member.owner}.${name}`);
    if (table?.kind === 'table') return entityOf(evaluation, table);
    const assigned = assignedMember(elsewhere, member.node, receiver);
    if (assigned?.kind === 'constant' && isPlainEnum(member.owner, siteOf(member.file, evaluation.names)))
      return PYTHON;
    if (assigned !== null) return assigned;
  }
  if (receiver.kind !== 'object') return null;
  return initialMember(evaluation, owner, name) ?? laterMember(evaluation, receiver, name);
}

/** In the class and its bases, or in those behind one of them. */
function definitionIn(
  { definitions, names }: Evaluation,
  { qualifiedName, file }: ClassValue,
  behind: string | undefined,
  name: string,
): ClassMember | null {
  const key = `${qualifiedName} ${behind ?? ''} ${name}`;
  const known = definitions.get(key);
  if (known !== undefined) return known;
  const site = siteOf(file, names);
  const found =
    behind === undefined
      ? classMember(qualifiedName, name, site)
      : memberBehind(qualifiedName, behind, name, site);
  definitions.set(key, found);
  return found;
}

function at(evaluation: Evaluation, file: Evaluation['file']): Evaluation {
  return {
    ...evaluation,
    file,
    recorder: null,
    depth: evaluation.depth + 1,
    environment: createEnvironment(null),
  };
}

function functionMember(
  evaluation: Evaluation,
  node: FunctionDefinition,
  receiver: ClassValue | ObjectValue,
  owner: string,
): Value {
  const decorators = node.decorators.map(lastName);
  const isStatic = decorators.includes('staticmethod');
  const self = isStatic ? null : receiver;
  const value: Value = { kind: 'function', node, file: evaluation.file, self, owner, closure: null };
  const computed = decorators.some(each => each === 'property' || each === 'cached_property');
  return computed
    ? evaluation.invoke(evaluation, value, { positional: [], keywords: new Map(), open: null })
    : value;
}

/** Of a class that is surely mapped, and not read as such: an object of it holds the value, and no SQL. */
function isColumn(evaluation: Evaluation, { annotation, value }: Assignment): boolean {
  if (annotation !== null && valueOfAnnotation(evaluation, annotation, evaluation.file) === UNKNOWN_COLUMN)
    return true;
  const made =
    value?.kind === 'call' ? libraryCallOf(value, siteOf(evaluation.file, evaluation.names)) : null;
  return made?.name === 'Column' || made?.name === 'mapped_column';
}

function assignedMember(
  evaluation: Evaluation,
  node: Assignment,
  receiver: ClassValue | ObjectValue,
): Value | null {
  if (isColumn(evaluation, node)) return receiver.kind === 'class' ? UNKNOWN_COLUMN : PYTHON;
  if (node.value !== null) {
    const inClass: Evaluation = { ...evaluation, environment: createEnvironment(null, 'class') };
    const value = heldByObject(evaluation, evaluation.evaluate(inClass, node.value), receiver, node);
    return (value.kind === 'unknown' || value.kind === 'python') && node.annotation !== null
      ? valueOfAnnotation(evaluation, node.annotation, evaluation.file)
      : value;
  }
  if (node.annotation === null) return null;
  const value = valueOfAnnotation(evaluation, node.annotation, evaluation.file);
  // A bare annotation says what subclasses or `__init__` fill in.
  return value.kind === 'python' && receiver.kind === 'object' ? null : value;
}

/** `self.name = …` in `__init__`, also in that of a base which it calls. */
function initialMember(evaluation: Evaluation, owner: ClassValue, name: string): Value | null {
  let init = definitionIn(evaluation, owner, undefined, '__init__');
  let given: Arguments | null = null;
  for (let depth = 0; init?.node.kind === 'function' && depth < DEPTH_LIMIT; depth += 1) {
    const inside = enteredInit(evaluation, init.file, init.node, given);
    const assigned = assignmentTo(init.node.body, init.node.parameters[0]?.name.id ?? '', name);
    if (assigned !== null) return initialValue(inside, assigned);
    const call = superInit(init.node.body);
    if (call === null) return null;
    given = argumentsOf(inside, call);
    init = definitionIn(evaluation, owner, init.owner, '__init__');
  }
  return null;
}

/** `self.session = …` in any other method of the class or its bases, such as `__aenter__`: sessions and objects alone. */
function laterMember(evaluation: Evaluation, receiver: ObjectValue, name: string): Value | null {
  const owner = receiver.class;
  const assigns = new RegExp(`\\bself\\.${name}\\s*(?::[^=\\n]+)?=[^=]`);
  const site = siteOf(owner.file, evaluation.names);
  for (const above of ancestryOf(owner.qualifiedName, site)) {
    const found = referenceOfName(above, site);
    if (found.kind !== 'class' || !assigns.test(sliceOf(found.file.text, found.node))) continue;
    for (const node of bodyMembers(found.node).values()) {
      if (node.kind !== 'function' || !assigns.test(sliceOf(found.file.text, node))) continue;
      const assigned = assignmentTo([...flatten(node.body)], 'self', name);
      if (assigned === null) continue;
      const inside = enteredInit(evaluation, found.file, node, null);
      inside.environment.locals.set('self', receiver);
      const value = initialValue(inside, assigned);
      if (value !== null && (accessesDatabase(value) || value.kind === 'object')) return value;
    }
  }
  return null;
}

function enteredInit(
  evaluation: Evaluation,
  file: Evaluation['file'],
  node: FunctionDefinition,
  given: Arguments | null,
): Evaluation {
  const inside = at(evaluation, file);
  for (const [index, parameter] of node.parameters.slice(1).entries()) {
    const value = given?.keywords.get(parameter.name.id)?.value ?? given?.positional[index]?.value;
    inside.environment.locals.set(parameter.name.id, value ?? valueOfParameter(inside, parameter));
  }
  return inside;
}

/** `super().__init__(…)` as a statement of its own. */
function superInit(body: readonly Statement[]): Call | null {
  for (const statement of body) {
    const call = statement.kind === 'expression' ? statement.expression : null;
    if (call?.kind !== 'call' || call.function.kind !== 'attribute') continue;
    const owner = call.function.value;
    const isSuper = owner.kind === 'call' && owner.function.kind === 'name' && owner.function.id === 'super';
    if (isSuper && call.function.attribute.id === '__init__') return call;
  }
  return null;
}

/** Those written one by one; what `*` and `**` hide stays what the parameters say. */
function argumentsOf(evaluation: Evaluation, call: Call): Arguments {
  const plain = call.arguments.filter(each => !each.unpacked && each.value.kind !== 'starred');
  const positional = plain.filter(each => each.keyword === null).map(each => located(evaluation, each.value));
  const keywords = plain.flatMap(each =>
    each.keyword === null ? [] : [[each.keyword.id, located(evaluation, each.value)] as const],
  );
  return { positional, keywords: new Map(keywords), open: null };
}

function initialValue(evaluation: Evaluation, assigned: Assignment): Value | null {
  if (assigned.value === null) return null;
  if (assigned.annotation !== null) {
    const annotated = valueOfAnnotation(evaluation, assigned.annotation, evaluation.file);
    if (annotated.kind !== 'python' && !isGivenClass(annotated)) return annotated;
  }
  const value = evaluation.evaluate(evaluation, assigned.value);
  return heldByObject(evaluation, value, { kind: 'object' }, assigned);
}

/** An object may hold something else than what its class or `__init__` begins with: None, flags, empty lists, defaults. */
function heldByObject(
  { file }: Evaluation,
  value: Value,
  receiver: { readonly kind: 'class' | 'object' },
  { annotation }: Assignment,
): Value {
  if (receiver.kind === 'class') return value;
  if (isEmptyContainer(value)) {
    const detail = 'What this object has collected is not known.';
    return unknownValue(unknownAt('dynamic-arguments', detail, null));
  }
  if (value.kind !== 'constant') return value;
  const written = annotation === null ? '' : file.text.slice(annotation.start, annotation.end);
  const isDefault = written !== '' && !/\b(?:ClassVar|Final)\b/.test(written);
  return isDefault || value.value === null || typeof value.value === 'boolean' ? PYTHON : value;
}

function assignmentTo(body: readonly Statement[], self: string, name: string): Assignment | null {
  for (const statement of body) {
    if (statement.kind !== 'assignment') continue;
    const found = statement.targets.some(
      target =>
        target.kind === 'attribute' &&
        target.attribute.id === name &&
        target.value.kind === 'name' &&
        target.value.id === self,
    );
    if (found) return statement;
  }
  return null;
}
