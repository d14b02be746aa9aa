/**
 * Statements of code that does not parse, as lists of tokens: a line, and the lines that its open brackets take in. A
 * bracket that was never closed ends where indentation or a keyword shows that a new statement begins.
 */
import { readTokens, type Token, type TokenOptions } from './tokens.ts';

export interface LogicalLine {
  /** At least one; without line ends. */
  readonly tokens: readonly Token[];
  /** Characters before the first token. */
  readonly indentation: number;
}

/** Words that begin a statement wherever they begin a line, since no expression holds them. */
const STATEMENT_WORDS: ReadonlySet<string> = new Set(
  'assert break class continue def del global import nonlocal pass raise return try while with'.split(' '),
);

/** Words that expressions hold too: they begin a statement where the line is not indented more than the one before. */
const CLAUSE_WORDS: ReadonlySet<string> = new Set('async elif else except finally for from if'.split(' '));

/** What follows the first name of a statement more often than that of a bracket's element. */
const AFTER_FIRST_NAME: ReadonlySet<string> = new Set(['=', ':', '.', '(', '[', '+=']);

export function readLogicalLines(text: string, options: TokenOptions): readonly LogicalLine[] {
  const lines: LogicalLine[] = [];
  const all = [...readTokens(text, options)];
  let tokens: Token[] = [];
  let indentation = 0;
  let depth = 0;
  let lineStart = 0;
  let first = true;
  const finish = () => {
    if (tokens.length > 0) lines.push({ tokens, indentation });
    tokens = [];
    depth = 0;
  };
  for (const [i, token] of all.entries()) {
    if (token.kind === 'newline') {
      if (depth === 0) finish();
      lineStart = token.end;
      first = true;
      continue;
    }
    const column = token.start - lineStart;
    if (
      first &&
      depth > 0 &&
      (isDocstring(tokens, token) || beginsStatement(token, all[i + 1], column - indentation))
    ) {
      finish();
    }
    if (tokens.length === 0) indentation = column;
    tokens.push(token);
    if (token.kind === 'open') depth++;
    if (token.kind === 'close') depth = Math.max(0, depth - 1);
    first = false;
  }
  finish();
  return lines;
}

/** Whether a line inside brackets starts anew; `indented` is how much further it is than the statement's first line. */
function beginsStatement(token: Token, next: Token | undefined, indented: number): boolean {
  if (token.kind === 'close') return false;
  if (indented < 0 || STATEMENT_WORDS.has(token.text)) return true;
  if (indented > 0) return false;
  if (token.text === '@') return next?.kind === 'name';
  if (token.kind !== 'name') return false;
  return CLAUSE_WORDS.has(token.text) || AFTER_FIRST_NAME.has(next?.text ?? '');
}

/** A long string on a line of its own in the brackets of a `def` or `class` is the first line of its body. */
function isDocstring(before: readonly Token[], token: Token): boolean {
  const isDefinition = before.some(({ text }, i) => i < 2 && (text === 'def' || text === 'class'));
  return isDefinition && token.kind === 'string' && token.text.includes('"""');
}
