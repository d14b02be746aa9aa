/** SQL expressions that a class maps: `column_property(…)`, `deferred(…)`, `query_expression(…)`. */
import { contains } from '../../base/range.ts';
import type { Assignment, ClassDefinition, Expression, FunctionDefinition } from '../../python/syntax.ts';
import type { ColumnPropertyAttribute, Model } from '../model.ts';
import { classBody } from '../models/class-body.ts';
import { DISCRIMINATOR } from '../models/mapper-arguments.ts';
import type { SourceFile } from '../project.ts';
import { copyWithFrom } from './adapt.ts';
import { operandOf } from './coercion.ts';
import { bindClassBody } from './custom-joins.ts';
import { entityOf } from './entities.ts';
import { createEnvironment } from './environment.ts';
import { type Call, type Evaluation, unknownAt } from './evaluation.ts';
import { pairsOfFrom } from './from-values.ts';
import { anonymous } from './identifiers.ts';
import type { Element, FromElement, LabelElement, MappedExpression } from './ir.ts';
import { element, type Value } from './value.ts';

/** What `column_property(first + " " + last)` is: its expression, labelled where that has no name of its own. */
export function propertyValue(call: Call): Value | null {
  const given = call.arguments.positional[0] ?? call.arguments.keywords.get('default_expr');
  if (given === undefined) return null;
  const operand = operandOf(call.evaluation, given);
  return element(operand.kind === 'column' || operand.kind === 'label' ? operand : labelled(operand));
}

/** `expression.label(None)`: numbered after the name that it has. */
export function labelled(operand: Element): LabelElement {
  const seed = operand.kind === 'function' ? operand.name : 'anon';
  return { kind: 'label', name: anonymous({}, seed), element: operand, at: operand.at };
}

/** The expressions that a class maps, those of its own before those that it inherits. */
export function mappedExpressions(
  evaluation: Evaluation,
  model: Model,
  from: FromElement,
): readonly MappedExpression[] | undefined {
  const found = model.attributes.filter(each => each.kind === 'column-property');
  if (found.length === 0) return undefined;
  const made = found.map(attribute => ({
    name: attribute.name,
    element: mappedExpression(evaluation, model, attribute, from),
    deferred: attribute.deferred ?? null,
    late: attribute.name === DISCRIMINATOR || isLate(evaluation, model, attribute),
  }));
  const own = ({ name }: MappedExpression) =>
    found.some(each => each.name === name && isWithin(each, model)) ? 0 : 1;
  return made.toSorted((one, two) => own(one) - own(two));
}

/** Over the FROM element that stands for the class; null for one that the statement itself gives. */
export function mappedExpression(
  evaluation: Evaluation,
  model: Model,
  attribute: ColumnPropertyAttribute,
  from: FromElement,
): Element | null {
  const written = writtenExpression(evaluation, model, attribute);
  const base = evaluation.tables.selectable(model);
  if (written === null || written.kind === 'unknown' || base === null || base === from) return written;
  const known = moved.get(written)?.get(from);
  if (known !== undefined) return known;
  const made = movedTo(written, base, from);
  if (!moved.has(written)) moved.set(written, new WeakMap());
  moved.get(written)?.set(from, made);
  return made;
}

/** One object for each expression and FROM element: what is listed and what is compared is the same. */
const moved = new WeakMap<Element, WeakMap<FromElement, Element>>();

function movedTo(written: Element, base: FromElement, from: FromElement): Element {
  const isRows = from.kind === 'subquery' || from.kind === 'cte';
  // Over other rows it is worked out from their columns, whether they list it or not.
  const pairs = isRows && base.kind === 'table' ? ([[base, from]] as const) : pairsOfFrom(base, from);
  const copy = pairs === null ? null : copyWithFrom(written, pairs);
  if (copy === null) return unread('This expression of a class of several tables is not rendered here.');
  const isOwn = copy.kind === 'label' && (typeof copy.name !== 'string' || copy.name === DISCRIMINATOR);
  return isOwn ? labelled(copy.element) : copy;
}

/** As the class's own columns make it; null for `query_expression()` without a default. */
function writtenExpression(
  evaluation: Evaluation,
  model: Model,
  attribute: ColumnPropertyAttribute,
): Element | null {
  const key = `${model.qualifiedName}.${attribute.name}`;
  const known = evaluation.properties.get(key);
  if (known !== undefined) return known;
  evaluation.properties.set(key, unread(`${model.name}.${attribute.name} is made of itself.`));
  const value = evaluated(evaluation, model, attribute);
  const made =
    value?.kind === 'element'
      ? named(value.element, attribute)
      : attribute.given === true
        ? null
        : unread(`The expression of ${model.name}.${attribute.name} is not understood.`);
  evaluation.properties.set(key, made);
  return made;
}

/** What tells rows apart is labelled so that the mapper finds it among the columns. */
function named(made: Element, { name }: ColumnPropertyAttribute): Element {
  if (name !== DISCRIMINATOR || made.kind === 'label') return made;
  return { kind: 'label', name: DISCRIMINATOR, element: made, at: null };
}

function unread(detail: string): Element {
  return { kind: 'unknown', unknown: unknownAt('unsupported-construct', detail, null), at: null };
}

function evaluated(evaluation: Evaluation, model: Model, attribute: ColumnPropertyAttribute): Value | null {
  const declared = declarationOf(evaluation, model, attribute);
  if (declared === null) return null;
  const environment = createEnvironment(null);
  const inside: Evaluation = {
    ...evaluation,
    file: declared.file,
    recorder: null,
    // The same wherever it is asked for first, however deep in calls that is.
    depth: 0,
    environment,
    globals: new Map(),
    results: new Map(),
  };
  if (declared.kind === 'late') return inside.evaluate(inside, declared.value);
  const entity = entityOf(evaluation, model);
  if (declared.kind === 'function') {
    const { node, file } = declared;
    const callee = { kind: 'function', node: { ...node, returns: null }, file, self: entity } as const;
    const given = { positional: [], keywords: new Map(), open: null };
    return inside.invoke(inside, { ...callee, closure: null }, given);
  }
  bindClassBody(evaluation, model, environment.locals);
  for (const other of model.attributes) {
    if (other.kind !== 'column-property' || other.location.range.start >= attribute.location.range.start)
      continue;
    const before = writtenExpression(evaluation, model, other);
    if (before !== null) environment.locals.set(other.name, element(before));
  }
  return inside.evaluate(inside, declared.value);
}

type Declaration = { readonly file: SourceFile } & (
  | { readonly kind: 'function'; readonly node: FunctionDefinition }
  | { readonly kind: 'value' | 'late'; readonly value: Expression }
);

/** Where it stands: in the body of the class or of one that it inherits from, or assigned behind the class. */
function declarationOf(
  { linked }: Evaluation,
  model: Model,
  { name, location }: ColumnPropertyAttribute,
): Declaration | null {
  for (const owner of [model.qualifiedName, ...model.bases]) {
    const definition = linked.definitionOf(owner);
    if (definition?.node.kind !== 'class' || definition.file.path !== location.path) continue;
    const { file, node } = definition;
    const found = contains(node, location.range)
      ? (declaredIn(node, name) ?? discriminatorIn(node, location.range.start))
      : assignedIn(file, location.range.start);
    if (found !== null) return { ...found, file } as Declaration;
  }
  return null;
}

function declaredIn(node: ClassDefinition, name: string) {
  const member = classBody(node).find(each => each.name === name);
  if (member?.function) return { kind: 'function', node: member.function } as const;
  return member?.value ? ({ kind: 'value', value: member.value } as const) : null;
}

function discriminatorIn(node: ClassDefinition, start: number) {
  const given = classBody(node).find(each => each.name === '__mapper_args__')?.value;
  const written =
    given?.kind === 'dict'
      ? given.entries.map(each => each.value)
      : given?.kind === 'call'
        ? given.arguments.map(each => each.value)
        : [];
  const value = written.find(each => each.start === start);
  return value === undefined ? null : ({ kind: 'value', value } as const);
}

function assignedIn({ module }: SourceFile, start: number) {
  const found = module.body.find(
    (each): each is Assignment => each.kind === 'assignment' && each.start === start,
  );
  return found?.value ? ({ kind: 'late', value: found.value } as const) : null;
}

function isWithin({ location }: ColumnPropertyAttribute, model: Model): boolean {
  return location.path === model.location.path && contains(model.location.range, location.range);
}

function isLate({ linked }: Evaluation, model: Model, { location }: ColumnPropertyAttribute): boolean {
  return [model.qualifiedName, ...model.bases].every(base => {
    const definition = linked.definitionOf(base);
    return definition?.file.path !== location.path || !contains(definition.node, location.range);
  });
}
