/**
 * A script for psql as statements: PostgreSQL's own scanner tells where one ends. What psql itself reads (its commands,
 * the rows behind COPY FROM stdin) is blanked out, so that offsets stay those of the file.
 */
import type { TextRange } from '../base/range.ts';
import type { SqlParser, SqlToken } from './parser.ts';
import { isComment } from './source-text.ts';

export interface SqlScript {
  /** As long as the file. */
  readonly text: string;
  /** Each without its semicolon and what stands before its first word. */
  readonly statements: readonly ScriptStatement[];
}

export interface ScriptStatement extends TextRange {
  /** Comments left out; empty where the scanner stops at what is not closed. */
  readonly tokens: readonly SqlToken[];
}

const copyRows = /(^[ \t]*copy\b[^;]*?\bfrom\s+stdin\b[^;]*;[^\n]*\n)([\s\S]*?)(^\\\.[ \t]*$|$(?![\s\S]))/gim;
const commandLine = /^[ \t]*\\[^\n]*/gm;
/** `\g` and its kin: they send what was typed so far, as a semicolon does. */
const sendCommand = /\\g(?:exec|set|desc|x)?\b[^\n]*/g;

export function splitScript(source: string, parser: SqlParser): SqlScript {
  const text = source
    .replace(copyRows, (_, head: string, rows: string, end: string) => head + blank(rows) + blank(end))
    .replace(sendCommand, command => `;${blank(command).slice(1)}`)
    .replace(commandLine, blank);
  const tokens = parser.scan(text);
  if (tokens === null) {
    const start = text.search(/\S/);
    return { text, statements: start < 0 ? [] : [{ start, end: text.trimEnd().length, tokens: [] }] };
  }
  return { text, statements: statementsOf(text, tokens) };
}

function blank(text: string): string {
  return text.replace(/[^\n]/g, ' ');
}

function statementsOf(text: string, tokens: readonly SqlToken[]): readonly ScriptStatement[] {
  const statements: ScriptStatement[] = [];
  let current: SqlToken[] = [];
  let brackets = 0;
  let bodies = 0;
  const close = () => {
    const [first, last] = [current[0], current.at(-1)];
    if (first && last) statements.push({ start: first.start, end: last.end, tokens: current });
    current = [];
    brackets = 0;
  };
  for (const [index, token] of tokens.entries()) {
    if (isComment(token)) continue;
    const word = text.slice(token.start, token.end).toLowerCase();
    if (word === ';' && brackets <= 0 && bodies === 0) {
      close();
      continue;
    }
    if (word === '(') brackets += 1;
    if (word === ')') brackets -= 1;
    // `BEGIN ATOMIC … END` is the body of a function, with semicolons of its own.
    const next = tokens[index + 1];
    const isAtomic = word === 'begin' && next && text.slice(next.start, next.end).toLowerCase() === 'atomic';
    if (isAtomic || (bodies > 0 && word === 'case')) bodies += 1;
    if (bodies > 0 && word === 'end') bodies -= 1;
    current.push(token);
  }
  close();
  return statements;
}
