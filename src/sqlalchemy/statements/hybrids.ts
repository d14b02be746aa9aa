/** Hybrid properties and methods on the class: what their expression, or the getter itself, gives for SQL. */
import { lastName } from '../../python/last-name.ts';
import type { ClassDefinition, Expression, FunctionDefinition } from '../../python/syntax.ts';
import type { HybridAttribute } from '../model.ts';
import type { SourceFile } from '../project.ts';
import type { Evaluation } from './evaluation.ts';
import type { EntityValue, FunctionValue, Value } from './value.ts';

interface Hybrid {
  readonly kind: 'property' | 'method';
  /** What runs with the class in place of the object. */
  readonly node: FunctionDefinition;
  readonly file: SourceFile;
  readonly owner: string;
}

/** Null where it cannot be followed: the definition is not in the workspace, or decides by the value of a column. */
export function hybridValue(
  evaluation: Evaluation,
  entity: EntityValue,
  attribute: HybridAttribute,
): Value | null {
  const hybrid = findHybrid(evaluation, entity, attribute.name);
  if (hybrid === null) return null;
  // What it is annotated to return is said of the object, not of the class.
  const node: FunctionDefinition = { ...hybrid.node, returns: null };
  const { file, owner } = hybrid;
  const callee: FunctionValue = {
    kind: 'function',
    node,
    file,
    self: entity,
    owner,
    hybrid: true,
    closure: null,
  };
  if (hybrid.kind === 'method') return callee;
  // Each access makes an expression of its own, with parameters of its own.
  const fresh: Evaluation = { ...evaluation, results: new Map() };
  const value = evaluation.invoke(fresh, callee, { positional: [], keywords: new Map(), open: null });
  return value.kind === 'element' || (value.kind === 'unknown' && value.sql) ? value : null;
}

function findHybrid(evaluation: Evaluation, { model }: EntityValue, name: string): Hybrid | null {
  for (const owner of [model.qualifiedName, ...model.bases]) {
    const definition = evaluation.linked.definitionOf(owner);
    if (definition?.node.kind !== 'class') continue;
    const found = hybridIn(definition.node, name);
    if (found !== null) return { ...found, file: definition.file, owner };
  }
  return null;
}

function hybridIn(node: ClassDefinition, name: string): Pick<Hybrid, 'kind' | 'node'> | null {
  const functions = node.body.filter(each => each.kind === 'function');
  const getter = functions.find(
    each => each.name.id === name && decoratedBy(each, /^hybrid_(property|method)$/),
  );
  if (getter === undefined) return null;
  const kind = decoratedBy(getter, /^hybrid_method$/) ? 'method' : 'property';
  const expression = functions.find(each => each.decorators.some(one => isExpressionOf(one, name)));
  if (expression !== undefined) return { kind, node: expression };
  // A getter that branches on its object has no meaning for the class.
  return isPlain(getter) ? { kind, node: getter } : null;
}

function decoratedBy(node: FunctionDefinition, names: RegExp): boolean {
  return node.decorators.some(each => names.test(lastName(each) ?? ''));
}

/** `@name.expression`, `@name.inplace.expression`. */
function isExpressionOf(decorator: Expression, name: string): boolean {
  if (decorator.kind !== 'attribute' || decorator.attribute.id !== 'expression') return false;
  const { value } = decorator;
  if (value.kind === 'name') return value.id === name;
  return (
    value.kind === 'attribute' &&
    value.attribute.id === 'inplace' &&
    value.value.kind === 'name' &&
    value.value.id === name
  );
}

/** One `return`, behind a docstring at most. */
function isPlain(node: FunctionDefinition): boolean {
  const body = node.body.filter(each => each.kind !== 'expression' || each.expression.kind !== 'string');
  return body.length === 1 && body[0]?.kind === 'return';
}
