/**
 * A piece of a function as one call of it reads: what parameters and variables stand for is written in their place, so that
 * the piece means by itself what it means there. Positions stay those of the function, and of the name that was replaced.
 */
import type { TextRange } from '../../base/range.ts';
import type { Assignment, Expression, FunctionDefinition, Name } from '../../python/syntax.ts';
import { constantOf } from './constants.ts';
import type { Bound, Constant, NameResolver, Site } from './site.ts';

/** Of an expression, an argument or a statement. */
export function expand<Node>(node: Node, site: Site): Node {
  return site.locals.size === 0 ? node : (expanded(node, site) as Node);
}

/** The names that `expand` writes, which no file binds: `app.models.User`. */
export function resolveQualified(names: NameResolver): NameResolver {
  return {
    answers: null,
    qualify: (expression, file) => qualifiedName(expression) ?? names.qualify(expression, file),
    definitionOf: name => names.definitionOf(name),
  };
}

function qualifiedName(expression: Expression): string | null {
  if (expression.kind === 'name') return expression.id.includes('.') ? expression.id : null;
  const owner = expression.kind === 'attribute' ? qualifiedName(expression.value) : null;
  return owner !== null && expression.kind === 'attribute' ? `${owner}.${expression.attribute.id}` : null;
}

/** Of `cls.Event = …`, under which the variables of a function hold it. */
export function attributeKey(expression: Expression): string | null {
  if (expression.kind !== 'attribute' || expression.value.kind !== 'name') return null;
  return `${expression.value.id}.${expression.attribute.id}`;
}

function expanded(node: unknown, site: Site): unknown {
  if (Array.isArray(node)) return node.map(each => expanded(each, site));
  if (typeof node !== 'object' || node === null) return node;
  if (!('kind' in node)) return withParts(node, site);
  // What a class body binds is its own, also under the name of a parameter.
  if (node.kind === 'assignment') return { ...withParts(node, site), targets: (node as Assignment).targets };
  const here = withoutParameters(node as Expression | FunctionDefinition, site);
  return standIn(node as Expression, here) ?? withParts(node, here);
}

function withParts(node: object, site: Site): object {
  return Object.fromEntries(Object.entries(node).map(([key, value]) => [key, expanded(value, site)]));
}

/** Inside of a function or a comprehension its own names hide those outside. */
function withoutParameters(node: Expression | FunctionDefinition, site: Site): Site {
  const own =
    node.kind === 'lambda' || node.kind === 'function'
      ? node.parameters.map(({ name }) => name.id)
      : node.kind === 'comprehension'
        ? node.clauses.flatMap(({ target }) => namesIn(target))
        : [];
  if (!own.some(name => site.locals.has(name))) return site;
  return { ...site, locals: new Map([...site.locals].filter(([name]) => !own.includes(name))) };
}

function standIn(node: Expression, site: Site): Expression | null {
  if (node.kind === 'name') {
    const bound = site.locals.get(node.id);
    return bound ? boundExpression(bound, node, site) : null;
  }
  const kept = site.locals.get(attributeKey(node) ?? '');
  if (kept) return boundExpression(kept, node, site);
  const isComputed =
    node.kind === 'attribute' ||
    node.kind === 'call' ||
    node.kind === 'binary' ||
    node.kind === 'subscript' ||
    node.kind === 'conditional' ||
    (node.kind === 'string' && node.value === null);
  if (!isComputed || !namesIn(node).some(name => site.locals.has(name))) return null;
  const value = constantOf(node, site);
  return value === undefined ? null : literal(value, node);
}

function boundExpression(bound: Bound, place: Expression, site: Site): Expression | null {
  switch (bound.kind) {
    case 'class':
      return nameAt(bound.qualifiedName, place);
    case 'constant':
      return literal(bound.value, place);
    case 'expression': {
      const written = expand(bound.expression, bound.site);
      return bound.site.file === site.file ? written : (elsewhere(written, place, bound.site) as Expression);
    }
    default:
      return null;
  }
}

/** An expression of another file: its names in full, its place that of the name for which it stands. */
function elsewhere(node: unknown, place: Expression, site: Site): unknown {
  if (Array.isArray(node)) return node.map(each => elsewhere(each, place, site));
  if (typeof node !== 'object' || node === null) return node;
  const { kind } = node as Expression;
  const isName = kind === 'name' || kind === 'attribute';
  const name = isName ? site.names.qualify(node as Expression, site.file) : null;
  if (name !== null) return nameAt(name, place);
  const parts = Object.entries(node).map(([key, value]) => [key, elsewhere(value, place, site)]);
  const copy = Object.fromEntries(parts);
  return 'start' in node ? { ...copy, start: place.start, end: place.end } : copy;
}

/** A name that stands where something else is written. */
export function nameAt(id: string, { start, end }: TextRange): Name {
  return { kind: 'name', id, start, end };
}

/** Null for what has no literal. */
function literal(value: Constant, place: Expression): Expression | null {
  const { start, end } = place;
  if (typeof value === 'string') return { kind: 'string', pieces: [], value, bytes: false, start, end };
  if (typeof value === 'number')
    return {
      kind: 'number',
      type: Number.isInteger(value) ? 'int' : 'float',
      text: String(value),
      start,
      end,
    };
  if (value === null) return { kind: 'constant', value: 'None', start, end };
  if (typeof value === 'boolean') return { kind: 'constant', value: value ? 'True' : 'False', start, end };
  if (!Array.isArray(value)) return null;
  const elements = value.map(each => literal(each, place));
  return elements.every(each => each !== null) ? { kind: 'list', elements, start, end } : null;
}

function namesIn(node: unknown): readonly string[] {
  if (Array.isArray(node)) return node.flatMap(namesIn);
  if (typeof node !== 'object' || node === null) return [];
  if ((node as Expression).kind === 'name') return [(node as Name).id];
  return Object.values(node).flatMap(namesIn);
}
