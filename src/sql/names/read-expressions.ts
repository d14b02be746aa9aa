/** Names in expressions: columns, functions and types. Anything else is stepped over. */
import {
  accept,
  inBrackets,
  isAtEnd,
  isName,
  type NameReader,
  nextText,
  note,
  peek,
  readNameList,
  readParts,
} from './name-reader.ts';
import { reservedKeywords } from './postgres-words.ts';
import { type NamePart, newScope, type QueryScope } from './query-scope.ts';

/** Words that are no reserved ones, and no columns behind an operand either. */
const operatorWords = new Set(
  'over filter within at escape between nulls by partition rows range groups preceding following current row unbounded exclude ties others first last time zone local recursive materialized no key share update nowait skip locked percent year month day hour minute second value document normalized'.split(
    ' ',
  ),
);

const queryStarts = new Set('select with values insert update delete merge table'.split(' '));

/** Where a name stands behind something that is whole, and so is no operand of its own. */
export interface Operand {
  isWhole: boolean;
}

/**
 * Reads the next word or name of an expression. `operand` tells what came before, and is kept up to date. Gives the column
 * where it was one.
 */
export function readTerm(
  reader: NameReader,
  scope: QueryScope,
  operand: Operand,
): readonly NamePart[] | null {
  const word = peek(reader);
  if (!word) return null;
  const text = nextText(reader);
  if (text === '(') {
    readBrackets(reader, scope);
    operand.isWhole = true;
  } else if (text === '::') {
    reader.position += 1;
    readType(reader, scope);
    operand.isWhole = true;
  } else if (
    isName(word) &&
    !(word.kind === 'name' && word !== reader.typed && isWordOfGrammar(word.text, operand))
  )
    return readName(reader, scope, operand);
  else {
    reader.position += 1;
    operand.isWhole = word.kind !== 'symbol' && (word.kind !== 'name' || wholeKeywords.has(word.text));
    if (text === ']') operand.isWhole = true;
  }
  return null;
}

const wholeKeywords = new Set(
  'null true false end current_date current_time current_timestamp current_user localtime localtimestamp session_user user'.split(
    ' ',
  ),
);

function isWordOfGrammar(text: string, { isWhole }: Operand): boolean {
  return reservedKeywords.has(text) || (isWhole && operatorWords.has(text));
}

function readName(reader: NameReader, scope: QueryScope, operand: Operand): readonly NamePart[] | null {
  const { typed } = reader;
  const parts = readParts(reader) ?? [];
  const isTyped = parts.some(({ start }) => start === typed?.start);
  if (nextText(reader) === '(' && !isTyped) {
    note(reader, parts, { role: 'function', scope });
    readCall(reader, scope, parts.at(-1)?.name ?? '');
    operand.isWhole = true;
    return null;
  }
  // `date '2026-01-01'`
  if (peek(reader)?.kind === 'string' && parts.length === 1 && !isTyped) {
    note(reader, parts, { role: 'type', scope });
    operand.isWhole = false;
    return null;
  }
  const role = operand.isWhole ? 'alias' : 'column';
  note(reader, parts, { role, scope });
  operand.isWhole = true;
  return role === 'column' ? parts : null;
}

function readCall(reader: NameReader, scope: QueryScope, name: string): void {
  inBrackets(reader, () => {
    if (startsQuery(reader)) reader.query(reader, newScope(scope));
    const operand: Operand = { isWhole: false };
    if (name === 'extract') reader.position += 1;
    while (!isAtEnd(reader)) {
      if (nextText(reader) === ',') operand.isWhole = false;
      if (name === 'cast' && accept(reader, 'as')) readType(reader, scope);
      else readTerm(reader, scope, operand);
    }
  });
}

/** A query, or an expression in brackets. */
export function readBrackets(reader: NameReader, scope: QueryScope): void {
  inBrackets(reader, () => {
    if (startsQuery(reader)) reader.query(reader, newScope(scope));
    else readExpressions(reader, scope);
  });
}

/** Up to the end of the brackets or the statement. */
export function readExpressions(reader: NameReader, scope: QueryScope): void {
  const operand: Operand = { isWhole: false };
  while (!isAtEnd(reader)) readTerm(reader, scope, operand);
}

function readType(reader: NameReader, scope: QueryScope): void {
  const parts = readParts(reader);
  if (parts) note(reader, parts, { role: 'type', scope });
  if (nextText(reader) === '(') readNameList(reader);
}

export function startsQuery(reader: NameReader): boolean {
  return queryStarts.has(nextText(reader));
}
