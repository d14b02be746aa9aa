/** The name that is being typed in a text of SQL, or could be, and what it would be where it stands. */
import type { TextRange } from '../../base/range.ts';
import type { NameMention, Relation } from './query-scope.ts';
import { readNames } from './read-names.ts';
import { type SqlWord, sqlWords } from './words.ts';

export interface TypedName {
  /** What stands between the name's beginning and the cursor. */
  readonly prefix: string;
  /** The whole name, without its quotes; empty at the cursor where nothing is typed yet. */
  readonly range: TextRange;
  readonly isQuoted: boolean;
  /** `:name`, `%(name)s`: no name of SQL. */
  readonly isParameter: boolean;
  /** Null where no name was expected. */
  readonly mention: NameMention | null;
  /** Which part of the mention is typed. */
  readonly part: number;
  /** Words before the name, the last first; in lower case. */
  readonly before: readonly string[];
  /** What follows the name at once. */
  readonly next: string;
}

/** Null in strings, comments and numbers, where nobody names anything. */
export function typedNameAt(text: string, cursor: number, expressionOf?: Relation): TypedName | null {
  const all = sqlWords(text);
  if (all.some(word => isClosedTo(word, cursor))) return null;
  const words = all.filter(({ kind }) => kind !== 'comment');
  const touched = words.find(({ kind, start, end }) => mayBeTyped(kind) && start < cursor && cursor <= end);
  if (touched?.kind === 'number') return null;
  const typed = touched ?? { kind: 'name', text: '', closed: true, start: cursor, end: cursor };
  const index = touched ? words.indexOf(touched) : words.filter(({ end }) => end <= cursor).length;
  const read = touched ? words : words.toSpliced(index, 0, typed);
  const mentions = readNames(read, { typed, ...(expressionOf ? { expressionOf } : {}) });
  const isTyped = (part: TextRange) => part.start === typed.start && part.end === typed.end;
  const mention = mentions.find(({ parts }) => parts.some(isTyped)) ?? null;
  const range = rangeIn(typed);
  return {
    prefix: text.slice(range.start, cursor),
    range,
    isQuoted: typed.kind === 'quoted',
    isParameter: typed.kind === 'parameter',
    mention,
    part: mention?.parts.findIndex(isTyped) ?? -1,
    before: words
      .slice(Math.max(0, index - 3), index)
      .toReversed()
      .map(({ text: each }) => each.toLowerCase()),
    next: text[typed.end] ?? '',
  };
}

function mayBeTyped(kind: SqlWord['kind']): boolean {
  return kind === 'name' || kind === 'quoted' || kind === 'parameter' || kind === 'number';
}

/** Inside of a literal or a comment; behind one that is not closed as well. */
function isClosedTo({ kind, start, end, closed, text }: SqlWord, cursor: number): boolean {
  if (kind !== 'string' && kind !== 'comment') return false;
  const isLine = text.startsWith('--');
  return start < cursor && (cursor < end || (cursor === end && (isLine || !closed)));
}

function rangeIn({ kind, start, end, closed }: SqlWord): TextRange {
  if (kind !== 'quoted') return { start, end };
  return { start: start + 1, end: closed ? end - 1 : end };
}
