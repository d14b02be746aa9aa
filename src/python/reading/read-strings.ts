/** String literals: prefixes, quotes, segments, interpolations, implicit joining. Leaves out what a format means. */
import { exactList } from '../../base/exact-list.ts';
import type { Expression, Interpolation, StringLiteral, StringPiece, StringSegment } from '../syntax.ts';
import type { FlatTree, NodeIndex } from '../trees/flat-tree.ts';
import {
  childOfKind,
  childrenOf,
  endOf,
  kindOf,
  NONE,
  rangeOf,
  startOf,
  textOf,
} from '../trees/flat-tree.ts';
import { DEPTH_LIMIT, type Reading, unreadable } from './reading.ts';
import { type LiteralStyle, readTextSegments } from './string-escapes.ts';

/** Reads a `string` or `concatenated_string` node. Python 2's backquotes are unreadable. */
export function readString(reading: Reading, node: NodeIndex): Expression {
  const { tree } = reading;
  const nodes = kindOf(tree, node) === 'string' ? [node] : childrenOf(tree, node);
  const pieces: StringPiece[] = [];
  for (const child of nodes) {
    const piece = kindOf(tree, child) === 'string' ? readPiece(reading, child) : null;
    if (piece !== null) pieces.push(piece);
  }
  const [first] = pieces;
  if (first === undefined) return unreadable(rangeOf(tree, node));
  const literal: StringLiteral = {
    kind: 'string',
    start: startOf(tree, node),
    end: endOf(tree, node),
    pieces: exactList(pieces),
    value: joinValue(pieces),
    bytes: first.prefix.includes('b'),
  };
  return literal;
}

function readPiece(reading: Reading, node: NodeIndex): StringPiece | null {
  const { tree } = reading;
  const opening = childOfKind(tree, node, 'string_start');
  const match = /^([A-Za-z]*)("""|'''|"|')$/.exec(opening === NONE ? '' : textOf(tree, opening));
  if (match === null) return null;
  const closing = childOfKind(tree, node, 'string_end');
  const prefix = [...(match[1] ?? '').toLowerCase()].sort().join('');
  const quote = (match[2] ?? '"') as StringPiece['quote'];
  return {
    start: startOf(tree, node),
    end: endOf(tree, node),
    prefix,
    quote,
    segments: readSegments(reading, node, {
      start: endOf(tree, opening),
      end: closing === NONE ? endOf(tree, node) : bodyEnd(tree, closing, quote),
      style: {
        raw: prefix.includes('r'),
        bytes: prefix.includes('b'),
        format: prefix.includes('f') || prefix.includes('t'),
      },
    }),
  };
}

/** A closing token may hold the text before it too, in a raw string of backslashes alone; one made up has no width. */
function bodyEnd(tree: FlatTree, closing: NodeIndex, quote: string): number {
  return Math.max(startOf(tree, closing), endOf(tree, closing) - quote.length);
}

interface LiteralBody {
  readonly start: number;
  readonly end: number;
  readonly style: LiteralStyle;
}

function readSegments(reading: Reading, node: NodeIndex, body: LiteralBody): StringSegment[] {
  const { tree } = reading;
  if (!body.style.format) return exactList(readTextSegments(tree.text, body.start, body.end, body.style));
  const segments: StringSegment[] = [];
  let position = body.start;
  for (const child of childrenOf(tree, node)) {
    if (kindOf(tree, child) !== 'interpolation') continue;
    segments.push(...readTextSegments(tree.text, position, startOf(tree, child), body.style));
    segments.push(readInterpolation(reading, child));
    position = endOf(tree, child);
  }
  segments.push(...readTextSegments(tree.text, position, body.end, body.style));
  return exactList(segments);
}

/** Reads an `interpolation`, or the `format_expression` inside a format. */
function readInterpolation(reading: Reading, node: NodeIndex): Interpolation {
  const { tree } = reading;
  const children = childrenOf(tree, node);
  const expression = children[1] ?? NONE;
  const format = childOfKind(tree, node, 'format_specifier');
  const nested = format === NONE || reading.depth > DEPTH_LIMIT ? [] : childrenOf(tree, format);
  reading.depth++;
  const interpolation: Interpolation = {
    kind: 'interpolation',
    start: startOf(tree, node),
    end: endOf(tree, node),
    expression:
      expression === NONE
        ? unreadable(rangeOf(tree, node))
        : withoutFormat(reading.readExpression(reading, expression)),
    format: nested
      .filter(child => kindOf(tree, child) === 'format_expression')
      .map(child => readInterpolation(reading, child)),
  };
  reading.depth--;
  return interpolation;
}

/** `{a:=10}` comes as `a := 10`, where Python sees a format; a named expression needs parentheses there. */
function withoutFormat(expression: Expression): Expression {
  return expression.kind === 'named' && expression.parenthesized === undefined
    ? expression.target
    : expression;
}

function joinValue(pieces: readonly StringPiece[]): string | null {
  let value = '';
  for (const piece of pieces) {
    for (const segment of piece.segments) {
      if (segment.kind === 'interpolation') return null;
      value += segment.value;
    }
  }
  return value;
}
