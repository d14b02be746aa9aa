/** Every expression that does not nest to its left: names, literals, displays, and operators in front or between. */
import { exactList } from '../../base/exact-list.ts';
import { readName } from '../scopes/identifiers.ts';
import type {
  Comparison,
  ComparisonOperator,
  ComparisonRest,
  ConstantLiteral,
  DictEntry,
  Expression,
  NumberLiteral,
  Sequence,
  UnaryOperation,
} from '../syntax.ts';
import type { FlatTree, NodeIndex } from '../trees/flat-tree.ts';
import {
  endOf,
  firstOperandOf,
  isNode,
  kindOf,
  NONE,
  operandsOf,
  partsOf,
  rangeOf,
  startOf,
  textOf,
} from '../trees/flat-tree.ts';
import { readComprehension } from './read-comprehensions.ts';
import { readParameters } from './read-parameters.ts';
import { readString } from './read-strings.ts';
import { type Reading, unreadable } from './reading.ts';
import { awaitOf, outerEnd, outerStart } from './reassociate.ts';

type OperandReader = (reading: Reading, node: NodeIndex) => Expression;

const READERS: ReadonlyMap<string, OperandReader> = new Map<string, OperandReader>([
  ['identifier', readNameOrGap],
  ['string', readString],
  ['concatenated_string', readString],
  ['integer', readNumber],
  ['float', readNumber],
  ['true', constantReader('True')],
  ['false', constantReader('False')],
  ['none', constantReader('None')],
  ['ellipsis', constantReader('Ellipsis')],
  ['tuple', sequenceReader('tuple')],
  ['tuple_pattern', sequenceReader('tuple')],
  ['expression_list', sequenceReader('tuple')],
  ['pattern_list', sequenceReader('tuple')],
  ['list', sequenceReader('list')],
  ['list_pattern', sequenceReader('list')],
  ['set', sequenceReader('set')],
  ['dictionary', readDictionary],
  ['list_comprehension', readComprehension],
  ['set_comprehension', readComprehension],
  ['dictionary_comprehension', readComprehension],
  ['generator_expression', readComprehension],
  ['comparison_operator', readComparison],
  ['unary_operator', readUnary],
  ['not_operator', readUnary],
  ['conditional_expression', readConditional],
  ['lambda', readLambda],
  ['await', readAwait],
  ['yield', readYield],
  ['named_expression', readNamed],
  ['list_splat', readStarred],
  ['list_splat_pattern', readStarred],
  ['splat_type', readStarred],
  ['slice', readSlice],
  ['constrained_type', readSlice],
]);

/** What no reader knows becomes unreadable. */
export function readOperand(reading: Reading, node: NodeIndex): Expression {
  const reader = READERS.get(kindOf(reading.tree, node));
  return reader === undefined ? unreadable(rangeOf(reading.tree, node)) : reader(reading, node);
}

/** An operand that broken code may lack. */
function operand(reading: Reading, node: NodeIndex | undefined, parent: NodeIndex): Expression {
  if (node === undefined || node === NONE) {
    const end = endOf(reading.tree, parent);
    return unreadable({ start: end, end });
  }
  return reading.readExpression(reading, node);
}

/** A name without width is one that the parser made up. */
function readNameOrGap(reading: Reading, node: NodeIndex): Expression {
  const { tree } = reading;
  return startOf(tree, node) === endOf(tree, node) ? unreadable(rangeOf(tree, node)) : readName(tree, node);
}

function readNumber({ tree }: Reading, node: NodeIndex): NumberLiteral {
  const text = textOf(tree, node);
  const real = kindOf(tree, node) === 'integer' ? 'int' : 'float';
  return {
    kind: 'number',
    start: startOf(tree, node),
    end: endOf(tree, node),
    type: /[jJ]$/.test(text) ? 'complex' : real,
    text,
  };
}

function constantReader(value: ConstantLiteral['value']): OperandReader {
  return ({ tree }, node) => ({
    kind: 'constant',
    start: startOf(tree, node),
    end: endOf(tree, node),
    value,
  });
}

function sequenceReader(kind: Sequence['kind']): OperandReader {
  return (reading, node) => ({
    kind,
    start: startOf(reading.tree, node),
    end: endOf(reading.tree, node),
    elements: operandsOf(reading.tree, node).map(child => reading.readExpression(reading, child)),
  });
}

function readDictionary(reading: Reading, node: NodeIndex): Expression {
  const { tree } = reading;
  const entries = operandsOf(tree, node).map((child): DictEntry => {
    const [first, second] = operandsOf(tree, child);
    const range = rangeOf(tree, child);
    if (kindOf(tree, child) === 'dictionary_splat')
      return { ...range, key: null, value: operand(reading, first, child) };
    return { ...range, key: operand(reading, first, child), value: operand(reading, second, child) };
  });
  return { kind: 'dict', start: startOf(tree, node), end: endOf(tree, node), entries };
}

function readComparison(reading: Reading, node: NodeIndex): Expression {
  const { tree } = reading;
  const parts = partsOf(tree, node);
  const left = operand(reading, parts[0], node);
  const rest: ComparisonRest[] = [];
  for (let i = 1; i + 1 < parts.length; i += 2) {
    const token = parts[i] ?? NONE;
    const operator = textOf(tree, token).replace(/\s+/g, ' ') as ComparisonOperator;
    rest.push({ operator, operatorRange: rangeOf(tree, token), right: operand(reading, parts[i + 1], node) });
  }
  const last = rest.at(-1);
  if (last === undefined) return left;
  const comparison: Comparison = {
    kind: 'comparison',
    start: outerStart(left),
    end: outerEnd(last.right),
    left,
    rest: exactList(rest),
  };
  return comparison;
}

function readUnary(reading: Reading, node: NodeIndex): Expression {
  const { tree } = reading;
  const [token = NONE, value] = partsOf(tree, node);
  const operator = textOf(tree, token) as UnaryOperation['operator'];
  return {
    kind: 'unary',
    start: startOf(tree, node),
    end: endOf(tree, node),
    operator,
    operand: operand(reading, value, node),
  };
}

function readConditional(reading: Reading, node: NodeIndex): Expression {
  const [then, test, otherwise] = operandsOf(reading.tree, node);
  return {
    kind: 'conditional',
    start: startOf(reading.tree, node),
    end: endOf(reading.tree, node),
    test: operand(reading, test, node),
    // biome-ignore lint/suspicious/noThenProperty: named as in Python's grammar; it holds a node and is never awaited.
    then: operand(reading, then, node),
    otherwise: operand(reading, otherwise, node),
  };
}

function readLambda(reading: Reading, node: NodeIndex): Expression {
  const { tree } = reading;
  const operands = operandsOf(tree, node);
  const parameters = operands.find(child => kindOf(tree, child) === 'lambda_parameters');
  const body = operands.find(child => child !== parameters);
  return {
    kind: 'lambda',
    start: startOf(tree, node),
    end: endOf(tree, node),
    parameters: parameters === undefined ? [] : readParameters(reading, parameters),
    body: operand(reading, body, node),
  };
}

function readAwait(reading: Reading, node: NodeIndex): Expression {
  const value = firstOperandOf(reading.tree, node);
  return awaitOf(startOf(reading.tree, node), operand(reading, value, node));
}

function readYield(reading: Reading, node: NodeIndex): Expression {
  const { tree } = reading;
  const parts = partsOf(tree, node);
  const from = kindOf(tree, parts[1] ?? NONE) === 'from';
  const value = parts[from ? 2 : 1];
  return {
    kind: 'yield',
    start: startOf(tree, node),
    end: endOf(tree, node),
    from,
    value: value === undefined ? null : reading.readExpression(reading, value),
  };
}

function readNamed(reading: Reading, node: NodeIndex): Expression {
  const { tree } = reading;
  const [name, value] = operandsOf(tree, node);
  if (name === undefined || !isNode(tree, name, 'identifier')) return unreadable(rangeOf(tree, node));
  return {
    kind: 'named',
    start: startOf(tree, node),
    end: endOf(tree, node),
    target: readName(tree, name),
    value: operand(reading, value, node),
  };
}

function readStarred(reading: Reading, node: NodeIndex): Expression {
  const { tree } = reading;
  return {
    kind: 'starred',
    start: startOf(tree, node),
    end: endOf(tree, node),
    value: operand(reading, firstOperandOf(tree, node), node),
  };
}

/** Also reads `1:2` inside an annotation's brackets, which the grammar takes for a bound of a type variable. */
function readSlice(reading: Reading, node: NodeIndex): Expression {
  const { tree } = reading;
  const bounds: (Expression | null)[] = [null, null, null];
  let position = 0;
  for (const part of slicePartsOf(tree, node)) {
    if (kindOf(tree, part) === ':') position++;
    else bounds[position] = reading.readExpression(reading, part);
  }
  const [lower = null, upper = null, step = null] = bounds;
  return { kind: 'slice', start: startOf(tree, node), end: endOf(tree, node), lower, upper, step };
}

/** `1:2:3` as a bound of a bound: `1:(2:3)`. */
function slicePartsOf(tree: FlatTree, node: NodeIndex): NodeIndex[] {
  return partsOf(tree, node).flatMap(part => {
    const [inner = NONE] = isNode(tree, part, 'type') ? operandsOf(tree, part) : [part];
    return kindOf(tree, inner) === 'constrained_type' ? slicePartsOf(tree, inner) : [part];
  });
}
