/**
 * A cheap reading of a Python file: the logical lines that begin in the first column, by one pass over the characters.
 * For cold reading of many revisions; gives up (null) on whatever it is not sure of, and the parser takes over.
 */
import type { TextRange } from '../../base/range.ts';

/** From its first character to the end of its last token: a whole `def` with its body is one line. */
export interface TopLevelLine extends TextRange {
  /** The word that it begins with, or the empty string. */
  readonly word: string;
  /** The text with string literals as `""` and without comments: enough to see that a body is empty. */
  readonly skeleton: string;
}

const tab = 9;
const lineFeed = 10;
const formFeed = 12;
const carriageReturn = 13;
const space = 32;
const hash = 35;
const backslash = 92;
const wordAt = /[\p{L}_][\p{L}\p{N}_]*/uy;

/** Skeletons are kept for lines that begin with these words. */
const skeletonWords: ReadonlySet<string> = new Set(['def', 'async']);

/** All that can change the state of the scan; what lies between is skipped by the regular expression's own loop. */
const landmark = /["'#()[\]{}\n\\]/g;

/** Null where a string or bracket is not closed. */
export function scanTopLevel(text: string): readonly TopLevelLine[] | null {
  const lines: TopLevelLine[] = [];
  const open = new OpenLine(text);
  let depth = 0;
  const start = text.charCodeAt(0) === 0xfeff ? 1 : 0;
  if (beginsLine(text, start)) open.begin(start, lines);
  landmark.lastIndex = start;
  for (let match = landmark.exec(text); match; match = landmark.exec(text)) {
    const position = match.index;
    switch (match[0]) {
      case '\n':
        if (depth === 0 && beginsLine(text, position + 1)) open.begin(position + 1, lines);
        break;
      case '#':
        open.comment(position, endOfLine(text, position));
        landmark.lastIndex = endOfLine(text, position);
        break;
      case '\\':
        // The next line continues this one, in whatever column it begins.
        landmark.lastIndex = position + (text.startsWith('\r\n', position + 1) ? 3 : 2);
        break;
      case '"':
      case "'": {
        const end = endOfString(text, position);
        if (end === null) return null;
        open.string(position, end);
        landmark.lastIndex = end;
        break;
      }
      default:
        depth += '([{'.includes(match[0]) ? 1 : -1;
        if (depth < 0) return null;
    }
  }
  if (depth !== 0) return null;
  open.finish(text.length, lines);
  return lines;
}

/** True for anything in the first column but white space and comments. */
function beginsLine(text: string, position: number): boolean {
  const unit = text.charCodeAt(position);
  return (
    position < text.length &&
    unit !== space &&
    unit !== tab &&
    unit !== formFeed &&
    unit !== lineFeed &&
    unit !== carriageReturn &&
    unit !== hash
  );
}

/** The line that is being read. */
class OpenLine {
  private readonly text: string;
  private start = -1;
  private word = '';
  private skeleton = '';
  /** What lies before is in the skeleton, or is left out of it. */
  private copied = 0;
  /** A comment that nothing but white space has followed yet. */
  private trailingComment = -1;

  constructor(text: string) {
    this.text = text;
  }

  begin(position: number, lines: TopLevelLine[]): void {
    this.finish(position, lines);
    wordAt.lastIndex = position;
    this.start = position;
    this.word = wordAt.exec(this.text)?.[0] ?? '';
    this.skeleton = '';
    this.copied = position;
    this.trailingComment = -1;
  }

  comment(start: number, end: number): void {
    if (this.trailingComment < 0 || this.text.slice(this.copied, start).trim() !== '')
      this.trailingComment = start;
    this.copy(start);
    this.copied = end;
  }

  string(start: number, end: number): void {
    this.copy(start);
    if (skeletonWords.has(this.word)) this.skeleton += '""';
    this.copied = end;
    this.trailingComment = -1;
  }

  finish(limit: number, lines: TopLevelLine[]): void {
    if (this.start < 0) return;
    const commentLast = this.trailingComment >= 0 && this.text.slice(this.copied, limit).trim() === '';
    this.copy(limit);
    const end =
      this.start + this.text.slice(this.start, commentLast ? this.trailingComment : limit).trimEnd().length;
    lines.push({ start: this.start, end, word: this.word, skeleton: this.skeleton.trimEnd() });
  }

  private copy(end: number): void {
    if (skeletonWords.has(this.word)) this.skeleton += this.text.slice(this.copied, end);
    this.copied = end;
  }
}

function endOfLine(text: string, position: number): number {
  const end = text.indexOf('\n', position);
  return end < 0 ? text.length : end;
}

/** The offset after the closing quotes; null where a literal is not closed. */
function endOfString(text: string, position: number): number | null {
  const quote = text.charCodeAt(position);
  const triple = text.charCodeAt(position + 1) === quote && text.charCodeAt(position + 2) === quote;
  for (let i = position + (triple ? 3 : 1); i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if (unit === backslash) i++;
    else if (unit === lineFeed && !triple) return null;
    else if (unit === quote && !triple) return i + 1;
    else if (unit === quote && text.charCodeAt(i + 1) === quote && text.charCodeAt(i + 2) === quote)
      return i + 3;
  }
  return null;
}
