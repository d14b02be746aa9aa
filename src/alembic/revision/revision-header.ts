/**
 * The fast half of reading a revision: the four variables, the docstring and the two functions from a scan of the
 * top-level lines. Null whenever the file is written in a way that only the parser can judge.
 */
import type { TextRange } from '../../base/range.ts';
import type { ConstantString } from './constants.ts';
import type { MigrationFunction } from './revision.ts';
import { scanTopLevel, type TopLevelLine } from './top-level-scan.ts';

/** The variables that Alembic reads of a revision's module. */
export const revisionVariables = ['revision', 'down_revision', 'branch_labels', 'depends_on'] as const;
export type RevisionVariable = (typeof revisionVariables)[number];

/** What a file gives to the variables; `values` is null where the value is computed. */
export interface VariableValue {
  readonly range: TextRange;
  readonly values: readonly ConstantString[] | null;
}

export interface RevisionHeader {
  readonly variables: ReadonlyMap<RevisionVariable, VariableValue>;
  readonly docstring: string;
  readonly upgrade: MigrationFunction | null;
  readonly downgrade: MigrationFunction | null;
}

/** Bindings of the variables anywhere but at the start of a line, or of the functions by other means than `def`. */
const hidden =
  /^(?:[ \t]+(?:global\s|(?:down_revision|revision|branch_labels|depends_on)\s*(?:[:=]|[-+*|]=))|[ \t]*(?:(?:from|import)\s.*\b(?:down_revision|revision|branch_labels|depends_on|upgrade|downgrade)\b)|[ \t]*(?:upgrade|downgrade)\s*[=:]|[ \t]+def (?:upgrade|downgrade)\b|[({[*].*=|.*;|.*:=|.*,\s*(?:down_revision|revision|branch_labels|depends_on)\b.*=)/m;

export function scanRevisionHeader(text: string): RevisionHeader | null {
  const lines = scanTopLevel(text);
  const first = lines?.[0];
  if (!lines || !first) return null;
  if (hasHiddenBinding(text, lines)) return null;
  const docstring = isQuote(text, first) ? literalText(text.slice(first.start, first.end)) : '';
  if (docstring === null) return null;
  const variables = new Map<RevisionVariable, VariableValue>();
  let upgrade: MigrationFunction | null = null;
  let downgrade: MigrationFunction | null = null;
  for (const line of lines) {
    if (isVariable(line.word)) {
      const value = readAssignment(text, line);
      if (!value) return null;
      variables.set(line.word, value);
    } else if (line.word === 'def' || line.word === 'async') {
      const name = /^(?:async\s+)?def\s+(\w+)/.exec(line.skeleton);
      if (name?.[1] === 'upgrade') upgrade = readFunction(line, name[0]);
      if (name?.[1] === 'downgrade') downgrade = readFunction(line, name[0]);
    }
  }
  return { variables, docstring, upgrade, downgrade };
}

function hasHiddenBinding(text: string, lines: readonly TopLevelLine[]): boolean {
  return lines.some(line => {
    if (isVariable(line.word) || isQuote(text, line)) return false;
    const functionLine = line.word === 'def' || line.word === 'async';
    if (functionLine) return /\bglobal\b/.test(line.skeleton);
    const source = text.slice(line.start, line.end);
    return (
      /\b(?:revision|down_revision|branch_labels|depends_on|upgrade|downgrade)\b/.test(source) &&
      hidden.test(source)
    );
  });
}

function isVariable(word: string): word is RevisionVariable {
  return (revisionVariables as readonly string[]).includes(word);
}

function isQuote(text: string, line: TopLevelLine): boolean {
  return /^[rRuU]?["']/.test(text.slice(line.start, line.start + 2));
}

function readFunction(line: TopLevelLine, head: string): MigrationFunction {
  const name = /\w+$/.exec(head)?.[0] ?? '';
  const nameEnd = line.start + head.length;
  return {
    range: { start: line.start, end: line.end },
    nameRange: { start: nameEnd - name.length, end: nameEnd },
    empty: /^(?:\s|;|[rRuU]?""|pass\b|return(?:[ \t]+None)?\b|\.\.\.)*$/.test(bodyOf(line.skeleton)),
  };
}

/** What follows the first colon outside of brackets. */
function bodyOf(skeleton: string): string {
  let depth = 0;
  for (let i = 0; i < skeleton.length; i++) {
    const character = skeleton.charAt(i);
    if ('([{'.includes(character)) depth++;
    else if (')]}'.includes(character)) depth--;
    else if (character === ':' && depth === 0) return skeleton.slice(i + 1);
  }
  return skeleton;
}

/** `name = value` or `name: annotation = value`, with strings, None, tuples and lists of strings as values. */
function readAssignment(text: string, line: TopLevelLine): VariableValue | null {
  const source = text.slice(line.start, line.end);
  const head = /^\w+\s*(?::[^=#"']*(?:"[^"\n]*"[^=#"']*|'[^'\n]*'[^=#"']*)*)?=(?!=)\s*/.exec(source);
  if (!head) return null;
  const range = { start: line.start + head[0].length, end: line.end };
  const values = readValues(text, range);
  return values && { range, values };
}

const token =
  /\s+|#[^\n]*|None\b|([uU]?(?:"""[^"\\]*"""|'''[^'\\]*'''|"(?!"")[^"\\\n]*"|'(?!'')[^'\\\n]*'))|[()[\],]/y;

/** Null for anything but these tokens in an order that needs no thought. */
function readValues(text: string, range: TextRange): readonly ConstantString[] | null {
  const tokens = tokenize(text, range);
  if (!tokens) return null;
  const words = tokens.map(each => each.text);
  const strings = tokens.filter(each => each.value !== null);
  if (words.length === 1 && words[0] === 'None') return [];
  if (strings.length === tokens.length) return [joinLiterals(strings)].flat();
  return /^(?:\(\)|\[\]|\(S\)|\(S(?:,S)*,?\)|\[S(?:,S)*,?\]|S(?:,S)*,?)$/.test(shape(tokens))
    ? strings.map(each => ({ value: each.value ?? '', start: each.start, end: each.end }))
    : null;
}

function shape(tokens: readonly Token[]): string {
  return tokens.map(each => (each.value === null ? each.text : 'S')).join('');
}

interface Token extends TextRange {
  readonly text: string;
  /** Of a string literal. */
  readonly value: string | null;
}

function tokenize(text: string, range: TextRange): readonly Token[] | null {
  const tokens: Token[] = [];
  token.lastIndex = range.start;
  while (token.lastIndex < range.end) {
    const start = token.lastIndex;
    const match = token.exec(text);
    if (!match) return null;
    if (/^[\s#]/.test(match[0])) continue;
    const literal = match[1];
    tokens.push({
      start,
      end: token.lastIndex,
      text: match[0],
      value: literal === undefined ? null : literalText(literal),
    });
  }
  return tokens.length > 0 ? tokens : null;
}

function joinLiterals(strings: readonly Token[]): ConstantString[] {
  const first = strings[0];
  const last = strings.at(-1);
  if (!first || !last) return [];
  return [{ value: strings.map(each => each.value).join(''), start: first.start, end: last.end }];
}

/** The value of one plain literal; null where escapes or a concatenation need the parser. */
function literalText(literal: string): string | null {
  const match = /^([rRuU]?)("""|'''|"|')([\s\S]*)\2$/.exec(literal);
  const [, prefix, quote, content] = match ?? [];
  if (quote === undefined || content === undefined || content.includes(quote)) return null;
  if (content.includes('\\') && prefix?.toLowerCase() !== 'r') return null;
  return content.replaceAll('\r\n', '\n');
}
