/**
 * Python expressions that stand in quotes: annotations, and the conditions and orders of relationships. Names, attributes,
 * subscripts, calls, operators, literals; not a Python parser: whatever else stands there makes the whole text unreadable.
 */
import type { TextRange } from '../../base/range.ts';
import type {
  Argument,
  BinaryOperator,
  ComparisonOperator,
  Expression,
  StringLiteral,
} from '../../python/syntax.ts';

/** The expression in the string; anything else as it is. Every node has the literal's range, so that scopes hold. */
export function unquoted(expression: Expression): Expression {
  if (expression.kind !== 'string' || expression.value === null) return expression;
  return parseExpressionText(expression.value, expression) ?? expression;
}

export function parseExpressionText(text: string, range: TextRange): Expression | null {
  if (text.length > 2000) return null;
  const tokens = text.match(tokenPattern) ?? [];
  const state: State = { tokens, next: 0, range: { start: range.start, end: range.end }, depth: 0 };
  const expression = readExpression(state);
  return state.next === tokens.length ? expression : null;
}

const tokenPattern =
  /[\p{L}_][\p{L}\p{N}_]*|\d+(?:\.\d+)?|'[^'\\]*'|"[^"\\]*"|\.\.\.|\*\*|\/\/|<<|>>|[=!<>]=|\S/gu;

interface State {
  readonly tokens: readonly string[];
  next: number;
  readonly range: TextRange;
  depth: number;
}

const DEPTH_LIMIT = 40;

function readExpression(state: State): Expression | null {
  if (state.depth > DEPTH_LIMIT) return null;
  state.depth++;
  const expression = readBoolean(state, 'or');
  state.depth--;
  return expression;
}

function readBoolean(state: State, operator: 'or' | 'and'): Expression | null {
  const operand = () => (operator === 'or' ? readBoolean(state, 'and') : readNot(state));
  const first = operand();
  const values = [first];
  while (first && state.tokens[state.next] === operator) {
    state.next++;
    values.push(operand());
  }
  if (values.length === 1) return first;
  const known = values.filter(value => value !== null);
  if (known.length < values.length) return null;
  return { kind: 'boolean', operator, values: known, operatorRanges: [], ...state.range };
}

function readNot(state: State): Expression | null {
  if (state.tokens[state.next] !== 'not') return readComparison(state);
  state.next++;
  const operand = readNot(state);
  return operand && { kind: 'unary', operator: 'not', operand, ...state.range };
}

const comparisons: ReadonlySet<string> = new Set(['==', '!=', '<', '<=', '>', '>=', 'in', 'is', 'not']);

function readComparison(state: State): Expression | null {
  const left = readBinary(state, 0);
  const rest: { operator: ComparisonOperator; operatorRange: TextRange; right: Expression }[] = [];
  while (left && comparisons.has(state.tokens[state.next] ?? '')) {
    let operator = state.tokens[state.next++] ?? '';
    const second = operator === 'is' ? 'not' : operator === 'not' ? 'in' : null;
    if (second !== null && state.tokens[state.next] === second) operator += ` ${state.tokens[state.next++]}`;
    const right = readBinary(state, 0);
    if (!right || operator === 'not') return null;
    rest.push({ operator: operator as ComparisonOperator, operatorRange: state.range, right });
  }
  return left && rest.length > 0 ? { kind: 'comparison', left, rest, ...state.range } : left;
}

/** From the weakest on. */
const binaryOperators: readonly ReadonlySet<string>[] = [
  new Set(['|']),
  new Set(['^']),
  new Set(['&']),
  new Set(['<<', '>>']),
  new Set(['+', '-']),
  new Set(['*', '/', '//', '%', '@']),
];

function readBinary(state: State, level: number): Expression | null {
  const operators = binaryOperators[level];
  if (operators === undefined) return readUnary(state);
  let left = readBinary(state, level + 1);
  while (left && operators.has(state.tokens[state.next] ?? '')) {
    const operator = state.tokens[state.next++] as BinaryOperator;
    const right = readBinary(state, level + 1);
    if (!right) return null;
    left = { kind: 'binary', operator, operatorRange: state.range, left, right, ...state.range };
  }
  return left;
}

function readUnary(state: State): Expression | null {
  const token = state.tokens[state.next];
  if (token !== '-' && token !== '+' && token !== '~') return readPrimary(state);
  state.next++;
  const operand = state.depth > DEPTH_LIMIT ? null : readUnary(state);
  return operand && { kind: 'unary', operator: token, operand, ...state.range };
}

function readPrimary(state: State): Expression | null {
  let value = readAtom(state);
  while (value) {
    const token = state.tokens[state.next];
    if (token === '.') {
      const id = state.tokens[state.next + 1];
      if (!id || !isWord(id)) return null;
      state.next += 2;
      value = { kind: 'attribute', value, attribute: { id, ...state.range }, ...state.range };
    } else if (token === '[') {
      state.next++;
      const indices = readList(state, ']');
      value = indices && { kind: 'subscript', value, indices: indices.items, ...state.range };
    } else if (token === '(') {
      state.next++;
      const given = readArguments(state);
      value = given && {
        kind: 'call',
        function: value,
        arguments: given,
        argumentsRange: state.range,
        ...state.range,
      };
    } else return value;
  }
  return null;
}

function readAtom(state: State): Expression | null {
  const token = state.tokens[state.next++];
  if (token === undefined) return null;
  if (token === '[') {
    const list = readList(state, ']');
    return list && { kind: 'list', elements: list.items, ...state.range };
  }
  if (token === '(') {
    const list = readList(state, ')');
    const [only] = list?.items ?? [];
    if (list && only && list.items.length === 1 && !list.trailing) return only;
    return list && { kind: 'tuple', elements: list.items, ...state.range };
  }
  if (token === '...') return { kind: 'constant', value: 'Ellipsis', ...state.range };
  if (token === 'None' || token === 'True' || token === 'False')
    return { kind: 'constant', value: token, ...state.range };
  if (/^\d/.test(token))
    return { kind: 'number', type: token.includes('.') ? 'float' : 'int', text: token, ...state.range };
  if (token.length > 1 && (token[0] === '"' || token[0] === "'"))
    return stringLiteral(token.slice(1, -1), state.range);
  return isWord(token) && !keywords.has(token) ? { kind: 'name', id: token, ...state.range } : null;
}

const keywords: ReadonlySet<string> = new Set([
  'and',
  'or',
  'not',
  'in',
  'is',
  'lambda',
  'if',
  'else',
  'for',
]);

function readList(state: State, close: string): { items: Expression[]; trailing: boolean } | null {
  const items: Expression[] = [];
  let trailing = false;
  while (state.tokens[state.next] !== close) {
    const item = readExpression(state);
    if (!item) return null;
    items.push(item);
    trailing = state.tokens[state.next] === ',';
    if (trailing) state.next++;
    else if (state.tokens[state.next] !== close) return null;
  }
  state.next++;
  return { items, trailing };
}

function readArguments(state: State): Argument[] | null {
  const given: Argument[] = [];
  while (state.tokens[state.next] !== ')') {
    const name = state.tokens[state.next] ?? '';
    const isKeyword = isWord(name) && state.tokens[state.next + 1] === '=';
    if (isKeyword) state.next += 2;
    const value = readExpression(state);
    if (!value) return null;
    const keyword = isKeyword ? { id: name, ...state.range } : null;
    given.push({ keyword, unpacked: false, value, ...state.range });
    if (state.tokens[state.next] === ',') state.next++;
    else if (state.tokens[state.next] !== ')') return null;
  }
  state.next++;
  return given;
}

function stringLiteral(value: string, range: TextRange): StringLiteral {
  return { kind: 'string', pieces: [], value, bytes: false, ...range };
}

function isWord(token: string): boolean {
  return /^[\p{L}_]/u.test(token);
}
