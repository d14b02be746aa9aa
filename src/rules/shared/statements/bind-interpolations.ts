/**
 * Turns the values inside an f-string or a `%`-string given to `text()` into bind parameters. Offered only where
 * every one stands where SQL takes a value; identifiers are left to a person.
 */
import { sliceOf } from '../../../base/range.ts';
import type { Call, Expression, Interpolation, StringLiteral, StringPiece } from '../../../python/syntax.ts';
import type { FileContext, ReportedFix } from '../../rule.ts';
import { isTextCall } from './sql-sink.ts';

interface Hole {
  readonly start: number;
  readonly end: number;
  readonly value: Expression;
}

export function bindFixes(call: Call, value: Expression, context: FileContext): readonly ReportedFix[] {
  if (!isTextCall(call, context.facts)) return [];
  const found = value.kind === 'string' ? interpolationHoles(value) : percentHoles(value, context.file.text);
  if (!found || found.holes.length === 0) return [];
  // SET and its like take no parameters.
  if (!takesParameters.test(sliceOf(context.file.text, found.literal))) return [];
  const binds = nameBinds(found.holes, found.literal, context.file.text);
  return binds ? [toFix(call, found.literal, value, binds, context.file.text)] : [];
}

const takesParameters =
  /^\w*["']+[\s(]*(?:select|insert|update|delete|with|values|merge|\w+\s*(?:[=<>(]|\b(?:in|like|between|is)\b))/i;

interface FoundHoles {
  readonly literal: StringLiteral;
  readonly holes: readonly Hole[];
}

function interpolationHoles(literal: StringLiteral): FoundHoles | null {
  const holes = literal.pieces
    .flatMap(piece => piece.segments)
    .filter((segment): segment is Interpolation => segment.kind === 'interpolation')
    .map(segment => ({ start: segment.start, end: segment.end, value: segment.expression }));
  return { literal, holes };
}

/** `"… %s …" % value` or `% (a, b)`. */
function percentHoles(value: Expression, text: string): FoundHoles | null {
  if (value.kind !== 'binary' || value.operator !== '%' || value.left.kind !== 'string') return null;
  const literal = value.left;
  const values = value.right.kind === 'tuple' ? value.right.elements : [value.right];
  const source = sliceOf(text, literal);
  const places = [...source.matchAll(/%[sdr]/g)].map(match => literal.start + match.index);
  if (places.length !== values.length || /%[^sdr]/.test(source)) return null;
  return {
    literal,
    holes: values.map((each, index) => ({
      start: places[index] ?? 0,
      end: (places[index] ?? 0) + 2,
      value: each,
    })),
  };
}

interface Bind extends Hole {
  readonly name: string;
}

function nameBinds(holes: readonly Hole[], literal: StringLiteral, text: string): readonly Bind[] | null {
  const binds: Bind[] = [];
  for (const hole of holes) {
    const name = bindName(hole.value);
    const place = valuePlace(hole, literal, text);
    if (name === null || place === null) return null;
    const other = binds.find(bind => bind.name === name);
    if (other && sliceOf(text, other.value) !== sliceOf(text, hole.value)) return null;
    binds.push({ ...place, value: hole.value, name });
  }
  return binds;
}

function bindName(value: Expression): string | null {
  if (value.kind === 'name') return value.id;
  return value.kind === 'attribute' ? value.attribute.id : null;
}

/** What SELECT lists, and what AND joins, is mostly a name or a condition: a parameter would be a constant there. */
const valueFollows =
  /(?:[=<>(|+*/-]|\b(?:like|ilike|between|between\s[^;()]*\sand|limit|offset|values|then|else|when|any|in)|\([^()]*,)\s*$/i;
const nameFollows =
  /\b(?:from|join|update|table)\s+(?:[\w."]+(?:\s+(?:as\s+)?\w+)?\s*,\s*)*$|\binto\s[^()]*\([^()]*$|\b(?:count|sum|avg|min|max)\s*\(\s*(?:distinct\s+)?$/i;

/** Whether SQL that ends so goes on with a value, other than with a name or a clause. */
export function goesOnWithValue(before: string): boolean {
  return valueFollows.test(before) && !nameFollows.test(before);
}

/** The hole with the quotes around it, where a value can stand there; null for an identifier's place. */
function valuePlace(hole: Hole, literal: StringLiteral, text: string): Omit<Hole, 'value'> | null {
  const quoted = text[hole.start - 1] === "'" && text[hole.end] === "'" && quoteIsSql(hole, literal);
  const start = quoted ? hole.start - 1 : hole.start;
  const end = quoted ? hole.end + 1 : hole.end;
  const before = text.slice(literal.start, start);
  if (quoted) return { start, end };
  if (/[\w"']$/.test(before) || /^[\w"'.]/.test(text.slice(end))) return null;
  return goesOnWithValue(before) ? { start, end } : null;
}

/** False where the quote beside the hole is the literal's own. */
function quoteIsSql(hole: Hole, literal: StringLiteral): boolean {
  const piece = literal.pieces.find(
    (each): each is StringPiece => each.start <= hole.start && hole.end <= each.end,
  );
  return piece !== undefined && piece.quote !== "'" && hole.start - 1 > piece.start;
}

function toFix(
  call: Call,
  literal: StringLiteral,
  value: Expression,
  binds: readonly Bind[],
  text: string,
): ReportedFix {
  const names = new Map(binds.map(bind => [bind.name, sliceOf(text, bind.value)]));
  const keywords = [...names].map(([name, source]) => `${name}=${source}`).join(', ');
  const edits = binds.map(bind => ({
    range: { start: bind.start, end: bind.end },
    newText: `:${bind.name}`,
  }));
  const prefixes = value === literal ? literal.pieces.flatMap(dropFormatPrefix) : [];
  const tail = value === literal ? [] : [{ range: { start: literal.end, end: value.end }, newText: '' }];
  const after = { range: { start: call.end, end: call.end }, newText: `.bindparams(${keywords})` };
  return {
    title: 'Pass the value as a bind parameter',
    kind: 'review',
    edits: [...edits, ...prefixes, ...tail, after],
  };
}

function dropFormatPrefix(piece: StringPiece) {
  const at = piece.prefix.indexOf('f');
  if (at < 0) return [];
  // The prefix's letters are sorted; a two-letter one is rewritten whole.
  const range = { start: piece.start, end: piece.start + piece.prefix.length };
  return [{ range, newText: piece.prefix.replace('f', '') }];
}
