/**
 * Annotations that stand in quotes, as expressions: names, attributes, subscripts, `|`, `None`, literals.
 * Not a Python parser: whatever else stands there makes the whole text unreadable (null).
 */
import type { TextRange } from '../../base/range.ts';
import type { Expression, StringLiteral } from '../../python/syntax.ts';

/** The expression in the string; anything else as it is. Every node has the literal's range, so that scopes hold. */
export function unquoted(expression: Expression): Expression {
  if (expression.kind !== 'string' || expression.value === null) return expression;
  return parseAnnotation(expression.value, expression) ?? expression;
}

export function parseAnnotation(text: string, range: TextRange): Expression | null {
  if (text.length > 1000) return null;
  const tokens = text.match(/[\p{L}_][\p{L}\p{N}_]*|\d+|'[^'\\]*'|"[^"\\]*"|\.\.\.|\S/gu) ?? [];
  const state: State = { tokens, next: 0, range: { start: range.start, end: range.end } };
  const expression = readUnion(state, 0);
  return state.next === tokens.length ? expression : null;
}

interface State {
  readonly tokens: readonly string[];
  next: number;
  readonly range: TextRange;
}

function readUnion(state: State, depth: number): Expression | null {
  let left = readPrimary(state, depth);
  while (left && state.tokens[state.next] === '|') {
    state.next++;
    const right = readPrimary(state, depth);
    if (!right) return null;
    left = { kind: 'binary', operator: '|', operatorRange: state.range, left, right, ...state.range };
  }
  return left;
}

function readPrimary(state: State, depth: number): Expression | null {
  let value = depth > 20 ? null : readAtom(state, depth);
  while (value) {
    const token = state.tokens[state.next];
    if (token === '.') {
      const id = state.tokens[state.next + 1];
      if (!id || !isWord(id)) return null;
      state.next += 2;
      value = { kind: 'attribute', value, attribute: { id, ...state.range }, ...state.range };
    } else if (token === '[') {
      state.next++;
      const indices = readList(state, depth, ']');
      value = indices && { kind: 'subscript', value, indices, ...state.range };
    } else return value;
  }
  return null;
}

function readAtom(state: State, depth: number): Expression | null {
  const token = state.tokens[state.next++];
  if (token === undefined) return null;
  if (token === '[') {
    const elements = readList(state, depth, ']');
    return elements && { kind: 'list', elements, ...state.range };
  }
  if (token === '...') return { kind: 'constant', value: 'Ellipsis', ...state.range };
  if (token === 'None' || token === 'True' || token === 'False')
    return { kind: 'constant', value: token, ...state.range };
  if (/^\d/.test(token)) return { kind: 'number', type: 'int', text: token, ...state.range };
  if (token.length > 1 && (token[0] === '"' || token[0] === "'"))
    return stringLiteral(token.slice(1, -1), state.range);
  return isWord(token) ? { kind: 'name', id: token, ...state.range } : null;
}

function readList(state: State, depth: number, close: string): Expression[] | null {
  const items: Expression[] = [];
  while (state.tokens[state.next] !== close) {
    const item = readUnion(state, depth + 1);
    if (!item) return null;
    items.push(item);
    if (state.tokens[state.next] === ',') state.next++;
    else if (state.tokens[state.next] !== close) return null;
  }
  state.next++;
  return items;
}

function stringLiteral(value: string, range: TextRange): StringLiteral {
  return { kind: 'string', pieces: [], value, bytes: false, ...range };
}

function isWord(token: string): boolean {
  return /^[\p{L}_]/u.test(token);
}
