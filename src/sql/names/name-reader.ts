/** The words of a statement one after the other, and what is noted of the names among them. */
import type { NameMention, NamePart, NameRole, QueryScope, Relation } from './query-scope.ts';
import type { SqlWord } from './words.ts';

export interface NameReader {
  /** Comments left out. */
  readonly words: readonly SqlWord[];
  /** Of the next word. */
  position: number;
  readonly mentions: NameMention[];
  /** The word that a person is typing: a name, whatever keyword it may look like. */
  readonly typed: SqlWord | null;
  /** How many brackets deep: code may nest without end. */
  depth: number;
  /** Reads a query up to the bracket that closes it, or the end of its statement. */
  readonly query: (reader: NameReader, scope: QueryScope) => void;
}

const deepestNesting = 100;

export function peek(reader: NameReader, ahead = 0): SqlWord | undefined {
  return reader.words[reader.position + ahead];
}

/** The next word in lower case, where it may be a keyword or a symbol; empty elsewhere. */
export function nextText(reader: NameReader, ahead = 0): string {
  const word = peek(reader, ahead);
  if (!word || word === reader.typed || (word.kind !== 'name' && word.kind !== 'symbol')) return '';
  return word.text;
}

/** Steps over the next word where it is one of these. */
export function accept(reader: NameReader, ...texts: readonly string[]): boolean {
  const isNext = texts.includes(nextText(reader));
  if (isNext) reader.position += 1;
  return isNext;
}

/** A name with its qualifiers: `schema.table.column`, `users.*`. Steps over it; null where none begins here. */
export function readParts(reader: NameReader): readonly NamePart[] | null {
  const first = peek(reader);
  if (!first || !isName(first)) return null;
  const parts = [partOf(first)];
  reader.position += 1;
  while (nextText(reader) === '.') {
    const next = peek(reader, 1);
    if (!next || !(isName(next) || next.text === '*')) break;
    parts.push(partOf(next));
    reader.position += 2;
  }
  return parts;
}

export function isName({ kind }: SqlWord): boolean {
  return kind === 'name' || kind === 'quoted';
}

export function partOf({ start, end, text }: SqlWord): NamePart {
  return { start, end, name: text };
}

export function note(
  reader: NameReader,
  parts: readonly NamePart[],
  { role, scope, target = null }: { role: NameRole; scope: QueryScope; target?: Relation | null },
): void {
  reader.mentions.push({ parts, role, scope, target });
}

/** Whether a bracket, a semicolon or the text ends what is being read. */
export function isAtEnd(reader: NameReader): boolean {
  const text = nextText(reader);
  return peek(reader) === undefined || text === ')' || text === ';';
}

/** Reads what stands in the brackets that open here, and steps over both. */
export function inBrackets(reader: NameReader, read: () => void): void {
  reader.position += 1;
  if (reader.depth >= deepestNesting) skipBrackets(reader);
  else {
    reader.depth += 1;
    read();
    reader.depth -= 1;
    // Whatever the reading left.
    if (nextText(reader) !== ')') skipBrackets(reader);
  }
  accept(reader, ')');
}

/** Up to the bracket that closes those that are open, or the end of the statement. */
function skipBrackets(reader: NameReader): void {
  for (let open = 0; peek(reader) !== undefined; reader.position += 1) {
    const text = nextText(reader);
    if (text === ';' || (text === ')' && open === 0)) return;
    if (text === '(') open += 1;
    if (text === ')') open -= 1;
  }
}

/** `(column, …)`: the names alone. */
export function readNameList(reader: NameReader): readonly NamePart[] {
  const names: NamePart[] = [];
  inBrackets(reader, () => {
    while (!isAtEnd(reader)) {
      const word = peek(reader);
      if (word && isName(word)) names.push(partOf(word));
      reader.position += 1;
    }
  });
  return names;
}
