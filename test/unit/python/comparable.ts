/** Reduces our syntax tree to what CPython's `ast` knows too, in the form that `cpython_ast.py` writes. */
import type { Expression, StringLiteral, StringPiece, Subscript } from '../../../src/python/syntax.ts';

type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

/** Fields without a counterpart in `ast`. */
const OWN_FIELDS: ReadonlySet<string> = new Set([
  'argumentsRange',
  'operatorRange',
  'operatorRanges',
  'parenthesized',
  'text',
]);

/** Shapes whose ranges `ast` does not give; they have no `kind` of their own there. */
const WITHOUT_RANGE: ReadonlySet<string> = new Set([
  'keyword',
  'context',
  'bindings',
  'alias',
  'key',
  'default',
]);

export function comparable(value: unknown): Json {
  if (value === null || typeof value !== 'object') return value as Json;
  if (Array.isArray(value)) return value.map(comparable);
  const node = value as Readonly<Record<string, unknown>>;
  if (isIdentifier(node)) return String(node.id);
  if (node.kind === 'subscript') return comparableSubscript(value as Subscript);
  if (node.kind === 'string') return comparableString(value as StringLiteral);
  return fieldsOf(node);
}

function fieldsOf(node: Readonly<Record<string, unknown>>): Json {
  const rangeless = Object.keys(node).some(key => WITHOUT_RANGE.has(key));
  const decorated = Array.isArray(node.decorators) && node.decorators.length > 0;
  const fields: { [key: string]: Json } = {};
  for (const [key, value] of Object.entries(node)) {
    if (OWN_FIELDS.has(key) || (rangeless && (key === 'start' || key === 'end'))) continue;
    fields[key] = key === 'start' && decorated ? null : comparable(value);
    if (key === 'bindings') fields[key] = (value as { id: string }[]).map(({ id }) => id).sort();
  }
  return fields;
}

function isIdentifier(node: Readonly<Record<string, unknown>>): boolean {
  return 'id' in node && node.kind === undefined;
}

/** `a[b, c]` has one index in `ast`, a tuple. */
function comparableSubscript(node: Subscript): Json {
  const { start, end, value, indices } = node;
  const [first] = indices;
  const only = indices.length === 1 ? first : undefined;
  const elements = only?.kind === 'tuple' ? only.elements : indices;
  const single = only !== undefined && only.kind !== 'starred' && only.kind !== 'tuple';
  const index = single
    ? comparable(only)
    : { kind: 'tuple', start: null, end: null, elements: elements.map(comparable) };
  return { kind: 'subscript', start, end, value: comparable(value), index };
}

function comparableString(node: StringLiteral): Json {
  const { start, end, bytes, value, pieces } = node;
  const interpolations = interpolationsOf(pieces).map(expression => withoutRanges(comparable(expression)));
  return { kind: 'string', start, end, bytes, value, interpolations };
}

function interpolationsOf(pieces: readonly StringPiece[]): Expression[] {
  const found: Expression[] = [];
  const collect = (segments: StringPiece['segments']) => {
    for (const segment of segments) {
      if (segment.kind !== 'interpolation') continue;
      found.push(segment.expression);
      collect(segment.format);
    }
  };
  for (const piece of pieces) collect(piece.segments);
  return found;
}

/** CPython before 3.12 gives expressions inside f-strings places of its own. */
function withoutRanges(value: Json): Json {
  if (Array.isArray(value)) return value.map(withoutRanges);
  if (value === null || typeof value !== 'object') return value;
  const kept = Object.entries(value).filter(([key]) => key !== 'start' && key !== 'end');
  return Object.fromEntries(kept.map(([key, item]) => [key, withoutRanges(item)]));
}
