/**
 * What makes half-typed code parse as what it is about to become: closing brackets and quotes, a name after a dot, an
 * operand after an operator, a header's colon and body; and which closing brackets to pass over. Judges by tokens,
 * brackets and indentation; whether the result is better is for the parser to say.
 */
import type { TextRange } from '../../base/range.ts';
import type { Insertion, Insertions } from './insertions.ts';
import { type LogicalLine, readLogicalLines } from './logical-lines.ts';
import type { Token, TokenOptions } from './tokens.ts';

/** Stands for a missing name or operand. It has no width in the source, which makes it unreadable in the tree. */
const GAP = ' _';

const CLOSERS: Readonly<Record<string, string>> = { '(': ')', '[': ']', '{': '}' };

const HEADER_WORDS: ReadonlySet<string> = new Set(
  'class def elif else except finally for if try while with'.split(' '),
);

/** An operand must come after these. `*` and `/` are left out, for `def f(a, /, *, b)`. */
const BEFORE_OPERAND: ReadonlySet<string> = new Set(
  [
    '. = == != <= >= < > + - ~ % @ & | ^ ** // << >> := -> += -= *= /= //= %= @= &= |= ^= >>= <<= **=',
    'and or not in is await if elif else assert del global nonlocal import as while with class',
  ].flatMap(line => line.split(' ')),
);

/** A bracket, or the statement around all of them. */
interface Frame {
  readonly open: string;
  /** A comprehension's or loop's `for` whose `in` has not come. */
  loop: Token | null;
  /** Lambdas whose colon has not come. */
  lambdas: number;
}

export interface Repairs {
  readonly insertions: Insertions;
  /** Closing brackets that close nothing, in source order. */
  readonly strays: readonly TextRange[];
}

/** The repairs worth a try, the most likely first; none where there is nothing to repair. */
export function findRepairs(text: string): readonly Repairs[] {
  const found = [repair(text, { doubtLongStrings: false })];
  if (hasOddQuotes(text)) found.push(repair(text, { doubtLongStrings: true }));
  return found.filter(({ insertions, strays }) => insertions.length + strays.length > 0);
}

/** Where one string in three quotes is open, all others in the file are turned inside out. */
function hasOddQuotes(text: string): boolean {
  return text.split('"""').length % 2 === 0 || text.split("'''").length % 2 === 0;
}

function repair(text: string, options: TokenOptions): Repairs {
  const insertions: Insertion[] = [];
  const lines = readLogicalLines(text, options);
  for (const [i, line] of lines.entries()) {
    const next = lines[i + 1];
    const hasBody = next !== undefined && next.indentation > line.indentation;
    completeLine(line, hasBody, (offset, inserted) => insertions.push({ offset, text: inserted }));
  }
  return { insertions, strays: lines.flatMap(strayClosers) };
}

function strayClosers({ tokens }: LogicalLine): Token[] {
  const open: string[] = [];
  return tokens.filter(token => {
    if (token.kind === 'open') open.push(CLOSERS[token.text] ?? '');
    if (token.kind !== 'close') return false;
    if (open.at(-1) !== token.text) return !open.includes(token.text);
    open.pop();
    return false;
  });
}

type Insert = (offset: number, text: string) => void;

function completeLine(line: LogicalLine, hasBody: boolean, insert: Insert): void {
  const { tokens } = line;
  const word = firstWord(line);
  const frames: Frame[] = [{ open: '', loop: null, lambdas: 0 }];
  let headerColon: Token | null = null;
  let previous: Token | null = null;
  for (const token of tokens) {
    if (previous !== null && lacksOperand(previous, token, word)) insert(previous.end, GAP);
    if (token.missing !== '') insert(token.end, token.missing);
    if (readFrame(frames, token) && frames.length === 1) headerColon ??= token;
    previous = token;
  }
  const last = tokens.at(-1);
  if (last === undefined) return;
  const isHeader = HEADER_WORDS.has(word);
  const bare = isHeader && headerColon === null;
  let ending = endingOf(line, word, frames, isHeader);
  for (const { open } of frames.toReversed()) ending += CLOSERS[open] ?? '';
  if (bare) ending += word === 'def' && !tokens.some(({ text }) => text === '(') ? '():' : ':';
  if (!hasBody && (bare || headerColon === last)) ending += ' pass';
  if (ending !== '') insert(last.end, ending);
}

function firstWord({ tokens }: LogicalLine): string {
  const [first, second] = tokens;
  return (first?.text === 'async' ? second?.text : first?.text) ?? '';
}

/** Between two tokens of one line. The dots of a relative import need nothing after them. */
function lacksOperand(previous: Token, token: Token, word: string): boolean {
  if (previous.kind !== 'operator' && previous.kind !== 'name') return false;
  if (previous.text === '.') return token.kind !== 'name' && word !== 'from';
  return (token.kind === 'close' || token.text === ',') && BEFORE_OPERAND.has(previous.text);
}

/** Follows brackets, loops and lambdas; true at a colon that is no lambda's. */
function readFrame(frames: Frame[], token: Token): boolean {
  const frame = frames.at(-1);
  if (frame === undefined) return false;
  if (token.kind === 'open') frames.push({ open: token.text, loop: null, lambdas: 0 });
  else if (token.kind === 'close' && CLOSERS[frame.open] === token.text) frames.pop();
  else if (token.text === 'for') frame.loop = token;
  else if (token.text === 'in') frame.loop = null;
  else if (token.text === 'lambda') frame.lambdas++;
  else if (token.text === ':') {
    if (frame.lambdas === 0) return true;
    frame.lambdas--;
  }
  return false;
}

/** What the innermost bracket, or the statement itself, lacks after its last token. */
function endingOf(line: LogicalLine, word: string, frames: readonly Frame[], isHeader: boolean): string {
  const { tokens } = line;
  const last = tokens.at(-1);
  const frame = frames.at(-1);
  if (last === undefined || frame === undefined) return '';
  if (frame.loop !== null) return frame.loop === last ? `${GAP} in${GAP}` : ` in${GAP}`;
  if (last.text === 'lambda') return `:${GAP}`;
  if (frame.lambdas > 0) return `:${GAP}`;
  if (word === 'from') return importEnding(tokens);
  if (last.text === 'def') return GAP;
  if (last.text === 'else' && tokens.length === 1) return '';
  if (last.text === ':') return needsValue(tokens, frame, isHeader) ? GAP : '';
  return BEFORE_OPERAND.has(last.text) && last.kind !== 'string' ? GAP : '';
}

function importEnding(tokens: readonly Token[]): string {
  const last = tokens.at(-1);
  if (!tokens.some(({ text }) => text === 'import')) return `${tokens.length === 1 ? GAP : ''} import${GAP}`;
  return last?.text === 'import' || last?.text === '(' || last?.text === 'as' ? GAP : '';
}

/** After the colon of an entry, an annotation or a lambda, but not of a header or a slice. */
function needsValue(tokens: readonly Token[], frame: Frame, isHeader: boolean): boolean {
  if (frame.open === '{' || tokens.some(({ text }) => text === 'lambda')) return true;
  if (frame.open === '(') return true;
  return frame.open === '' && !isHeader;
}
