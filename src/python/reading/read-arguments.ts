/** Arguments of calls and class definitions, and what stands between the brackets of a subscript. */

import { readIdentifier } from '../scopes/identifiers.ts';
import type { Argument, Expression, Sequence } from '../syntax.ts';
import type { NodeIndex } from '../trees/flat-tree.ts';
import {
  childOfKind,
  endOf,
  kindOf,
  NONE,
  operandsOf,
  partsOf,
  rangeOf,
  startOf,
} from '../trees/flat-tree.ts';
import { type Reading, unreadable } from './reading.ts';
import { outerEnd, outerRange, outerStart } from './reassociate.ts';

/** Reads an `argument_list`, or the generator expression that is a call's only argument. */
export function readArguments(reading: Reading, node: NodeIndex): Argument[] {
  const { tree } = reading;
  if (kindOf(tree, node) !== 'generator_expression') {
    return operandsOf(tree, node).map(child => readArgument(reading, child));
  }
  return [
    {
      start: startOf(tree, node),
      end: endOf(tree, node),
      keyword: null,
      unpacked: false,
      value: reading.readExpression(reading, node),
    },
  ];
}

function readArgument(reading: Reading, node: NodeIndex): Argument {
  const { tree } = reading;
  const range = rangeOf(tree, node);
  const kind = kindOf(tree, node);
  if (kind !== 'keyword_argument' && kind !== 'dictionary_splat') {
    const value = reading.readExpression(reading, node);
    return { ...outerRange(value), keyword: null, unpacked: false, value };
  }
  const parts = partsOf(tree, node);
  const [name = NONE] = parts;
  const last = parts.at(-1) ?? NONE;
  const value = parts.length > 1 && last !== NONE ? reading.readExpression(reading, last) : unreadable(range);
  if (kind === 'dictionary_splat') return { ...range, keyword: null, unpacked: true, value };
  return { ...range, keyword: readIdentifier(tree, name), unpacked: false, value };
}

/** Reads the operands of a node from the given one on; `a[b,]` has one index, a tuple, as in `ast`. */
export function readIndices(reading: Reading, node: NodeIndex, from: number): Expression[] {
  const { tree } = reading;
  const indices = operandsOf(tree, node)
    .slice(from)
    .map(child => reading.readExpression(reading, child));
  const [only] = indices;
  const comma = childOfKind(tree, node, ',');
  if (only === undefined || indices.length > 1 || comma === NONE) return indices;
  const tuple: Sequence = {
    kind: 'tuple',
    start: outerStart(only),
    end: Math.max(outerEnd(only), rangeOf(tree, comma).end),
    elements: [only],
  };
  return [tuple];
}
