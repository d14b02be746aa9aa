/**
 * Statements with a body, and the lists that statements stand in. In broken code every statement that the parser found is
 * kept, wherever it found it; the rest becomes unreadable statements.
 */

import { readIdentifier } from '../scopes/identifiers.ts';
import type { ExceptHandler, Expression, If, MatchCase, Statement, WithItem } from '../syntax.ts';
import type { NodeIndex } from '../trees/flat-tree.ts';
import {
  childOfKind,
  childrenOf,
  endOf,
  kindOf,
  NONE,
  operandsOf,
  rangeOf,
  startOf,
} from '../trees/flat-tree.ts';
import { noLead, readClass, readDecorated, readFunction } from './read-definitions.ts';
import { readBindings } from './read-patterns.ts';
import { readSimpleStatement } from './read-simple-statements.ts';
import { DEPTH_LIMIT, type Reading } from './reading.ts';
import { blockOf, header, isAsync } from './statement-parts.ts';

type StatementReader = (reading: Reading, node: NodeIndex) => Statement;

const READERS: ReadonlyMap<string, StatementReader> = new Map<string, StatementReader>([
  ['if_statement', readIf],
  ['for_statement', readFor],
  ['while_statement', readWhile],
  ['try_statement', readTry],
  ['with_statement', readWith],
  ['match_statement', readMatch],
  ['function_definition', (reading, node) => readFunction(reading, node, noLead(reading, node))],
  ['class_definition', (reading, node) => readClass(reading, node, noLead(reading, node))],
  ['decorated_definition', readDecorated],
]);

/** Reads the statements of a `module`, a `block` or an `ERROR`. */
export function readStatements(reading: Reading, node: NodeIndex): Statement[] {
  const { tree } = reading;
  if (node === NONE) return [];
  if (reading.depth > DEPTH_LIMIT)
    return [{ kind: 'unreadable-statement', start: startOf(tree, node), end: endOf(tree, node) }];
  const statements: Statement[] = [];
  reading.depth++;
  for (const child of childrenOf(tree, node)) {
    const statement = readStatement(reading, child);
    if (statement === null) statements.push(...salvage(reading, child));
    // A statement without width is one that was made up to complete a half-typed line.
    else if (statement.end > statement.start) statements.push(statement);
  }
  reading.depth--;
  // A list that has grown has room for more, which a tree that is kept has no use for.
  return statements.slice();
}

function readStatement(reading: Reading, node: NodeIndex): Statement | null {
  const reader = READERS.get(kindOf(reading.tree, node));
  return reader === undefined ? readSimpleStatement(reading, node) : reader(reading, node);
}

/** What stands where a statement belongs, but is none. */
function salvage(reading: Reading, node: NodeIndex): Statement[] {
  const { tree } = reading;
  const kind = kindOf(tree, node);
  if (kind === 'ERROR') {
    const inner = readStatements(reading, node);
    return inner.length > 0
      ? inner
      : [{ kind: 'unreadable-statement', start: startOf(tree, node), end: endOf(tree, node) }];
  }
  if (kind === 'block') return readStatements(reading, node);
  const expression = operandsOf(tree, node).length > 0 ? reading.readExpression(reading, node) : null;
  if (expression === null || expression.kind === 'unreadable') return [];
  return [{ kind: 'expression', start: startOf(tree, node), end: endOf(tree, node), expression }];
}

/** Clauses become nested Ifs from the last to the first, so that many of them cost no stack. */
function readIf(reading: Reading, node: NodeIndex): If {
  const { tree } = reading;
  let otherwise: readonly Statement[] = blockOf(reading, childOfKind(tree, node, 'else_clause'));
  const clauses = childrenOf(tree, node).filter(child => kindOf(tree, child) === 'elif_clause');
  for (const clause of clauses.reverse()) {
    otherwise = [readBranch(reading, clause, { end: endOf(tree, node), otherwise })];
  }
  return readBranch(reading, node, { end: endOf(tree, node), otherwise });
}

function readBranch(reading: Reading, node: NodeIndex, rest: Pick<If, 'end' | 'otherwise'>): If {
  const [test] = operandsOf(reading.tree, node);
  return {
    kind: 'if',
    start: startOf(reading.tree, node),
    end: rest.end,
    test: header(reading, test, node),
    body: blockOf(reading, node),
    otherwise: rest.otherwise,
  };
}

function readFor(reading: Reading, node: NodeIndex): Statement {
  const { tree } = reading;
  const [target, iterable] = operandsOf(tree, node);
  return {
    kind: 'for',
    start: startOf(tree, node),
    end: endOf(tree, node),
    async: isAsync(reading, node),
    target: header(reading, target, node),
    iterable: header(reading, iterable, node),
    body: blockOf(reading, node),
    otherwise: blockOf(reading, childOfKind(tree, node, 'else_clause')),
  };
}

function readWhile(reading: Reading, node: NodeIndex): Statement {
  const { tree } = reading;
  return {
    kind: 'while',
    start: startOf(tree, node),
    end: endOf(tree, node),
    test: header(reading, operandsOf(tree, node)[0], node),
    body: blockOf(reading, node),
    otherwise: blockOf(reading, childOfKind(tree, node, 'else_clause')),
  };
}

function readTry(reading: Reading, node: NodeIndex): Statement {
  const { tree } = reading;
  return {
    kind: 'try',
    start: startOf(tree, node),
    end: endOf(tree, node),
    body: blockOf(reading, node),
    handlers: childrenOf(tree, node)
      .filter(child => kindOf(tree, child) === 'except_clause')
      .map(child => readHandler(reading, child)),
    otherwise: blockOf(reading, childOfKind(tree, node, 'else_clause')),
    finally: blockOf(reading, childOfKind(tree, node, 'finally_clause')),
  };
}

function readHandler(reading: Reading, node: NodeIndex): ExceptHandler {
  const { tree } = reading;
  const values = operandsOf(tree, node).filter(child => kindOf(tree, child) !== 'block');
  const [first = NONE] = values;
  const named = kindOf(tree, first) === 'as_pattern' || childOfKind(tree, node, 'as') !== NONE;
  const [type = NONE, alias = NONE] = kindOf(tree, first) === 'as_pattern' ? operandsOf(tree, first) : values;
  return {
    start: startOf(tree, node),
    end: endOf(tree, node),
    type: named ? header(reading, type, node) : readTypes(reading, values),
    name: named ? readIdentifier(tree, alias) : null,
    group: childOfKind(tree, node, '*') !== NONE,
    body: blockOf(reading, node),
  };
}

/** `except A, B:` (PEP 758) is a tuple, as in `ast`. */
function readTypes(reading: Reading, nodes: readonly NodeIndex[]): Expression | null {
  const elements = nodes.map(node => reading.readExpression(reading, node));
  const [first] = elements;
  if (first === undefined || elements.length === 1) return first ?? null;
  return { kind: 'tuple', start: first.start, end: elements.at(-1)?.end ?? first.end, elements };
}

function readWith(reading: Reading, node: NodeIndex): Statement {
  const { tree } = reading;
  const items = operandsOf(tree, childOfKind(tree, node, 'with_clause'));
  return {
    kind: 'with',
    start: startOf(tree, node),
    end: endOf(tree, node),
    async: isAsync(reading, node),
    items: items.flatMap(item => withValuesOf(reading, item)).map(value => readWithItem(reading, value)),
    body: blockOf(reading, node),
  };
}

/** Some items in parentheses come as one parenthesized expression or tuple with `as` inside. */
function withValuesOf({ tree }: Reading, node: NodeIndex): NodeIndex[] {
  const values = operandsOf(tree, node);
  const inner = values.flatMap(value => operandsOf(tree, value));
  const wraps = values.some(value => ['parenthesized_expression', 'tuple'].includes(kindOf(tree, value)));
  return wraps && inner.some(value => kindOf(tree, value) === 'as_pattern') ? inner : values;
}

function readWithItem(reading: Reading, node: NodeIndex): WithItem {
  const { tree } = reading;
  const range = rangeOf(tree, node);
  if (kindOf(tree, node) !== 'as_pattern')
    return { ...range, context: header(reading, node, node), target: null };
  const [context, alias = NONE] = operandsOf(tree, node);
  return {
    ...range,
    context: header(reading, context, node),
    target: header(reading, operandsOf(tree, alias)[0], node),
  };
}

function readMatch(reading: Reading, node: NodeIndex): Statement {
  const { tree } = reading;
  const subjects = operandsOf(tree, node).filter(child => kindOf(tree, child) !== 'block');
  const cases = childOfKind(tree, node, 'block');
  return {
    kind: 'match',
    start: startOf(tree, node),
    end: endOf(tree, node),
    subject: readSubject(reading, node, subjects),
    cases:
      cases === NONE
        ? []
        : childrenOf(tree, cases)
            .filter(child => kindOf(tree, child) === 'case_clause')
            .map(child => readCase(reading, child)),
  };
}

function readSubject(reading: Reading, node: NodeIndex, nodes: readonly NodeIndex[]): Expression {
  const { tree } = reading;
  const comma = childOfKind(tree, node, ',');
  if (nodes.length < 2 && comma === NONE) return header(reading, nodes[0], node);
  const elements = nodes.map(child => reading.readExpression(reading, child));
  const end = Math.max(endOf(tree, comma), elements.at(-1)?.end ?? 0);
  return { kind: 'tuple', start: elements[0]?.start ?? startOf(tree, node), end, elements };
}

function readCase(reading: Reading, node: NodeIndex): MatchCase {
  const { tree } = reading;
  const guard = childOfKind(tree, node, 'if_clause');
  return {
    start: startOf(tree, node),
    end: endOf(tree, node),
    bindings: childrenOf(tree, node)
      .filter(child => kindOf(tree, child) === 'case_pattern')
      .flatMap(child => readBindings(reading, child)),
    guard: guard === NONE ? null : header(reading, operandsOf(tree, guard)[0], guard),
    body: blockOf(reading, node),
  };
}
