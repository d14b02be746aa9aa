/** Comprehensions and generator expressions, from flat nodes to clauses with their conditions. */

import type { Comprehension, ComprehensionClause, Expression } from '../syntax.ts';
import type { NodeIndex } from '../trees/flat-tree.ts';
import { endOf, kindOf, NONE, operandsOf, partsOf, rangeOf, startOf } from '../trees/flat-tree.ts';
import { type Reading, unreadable } from './reading.ts';

const TYPES: ReadonlyMap<string, Comprehension['type']> = new Map([
  ['list_comprehension', 'list'],
  ['set_comprehension', 'set'],
  ['dictionary_comprehension', 'dict'],
  ['generator_expression', 'generator'],
]);

export function readComprehension(reading: Reading, node: NodeIndex): Comprehension {
  const { tree } = reading;
  const [body = NONE, ...clauseNodes] = operandsOf(tree, node);
  const [element = NONE, value = NONE] = kindOf(tree, body) === 'pair' ? operandsOf(tree, body) : [body];
  return {
    kind: 'comprehension',
    start: startOf(tree, node),
    end: endOf(tree, node),
    type: TYPES.get(kindOf(tree, node)) ?? 'generator',
    element: element === NONE ? unreadable(rangeOf(tree, node)) : reading.readExpression(reading, element),
    value: value === NONE ? null : reading.readExpression(reading, value),
    clauses: readClauses(reading, clauseNodes),
  };
}

function readClauses(reading: Reading, nodes: readonly NodeIndex[]): ComprehensionClause[] {
  const { tree } = reading;
  const clauses: ComprehensionClause[] = [];
  let conditions: Expression[] = [];
  for (const node of nodes) {
    if (kindOf(tree, node) === 'for_in_clause') {
      conditions = [];
      clauses.push(readClause(reading, node, conditions));
    } else {
      const [condition] = operandsOf(tree, node);
      if (condition !== undefined) conditions.push(reading.readExpression(reading, condition));
    }
  }
  return clauses;
}

function readClause(
  reading: Reading,
  node: NodeIndex,
  conditions: readonly Expression[],
): ComprehensionClause {
  const { tree } = reading;
  const [target, iterable] = operandsOf(tree, node);
  const gap = unreadable(rangeOf(tree, node));
  return {
    target: target === undefined ? gap : reading.readExpression(reading, target),
    iterable: iterable === undefined ? gap : reading.readExpression(reading, iterable),
    conditions,
    async: kindOf(tree, partsOf(tree, node)[0] ?? NONE) === 'async',
  };
}
