/** What stands in FROM, and where a statement names the table that it changes: relations with their aliases. */
import {
  accept,
  inBrackets,
  isAtEnd,
  isName,
  type NameReader,
  nextText,
  note,
  partOf,
  peek,
  readNameList,
  readParts,
} from './name-reader.ts';
import { reservedKeywords } from './postgres-words.ts';
import {
  type NamePart,
  newScope,
  type QueryScope,
  type Relation,
  type RelationSource,
} from './query-scope.ts';
import { readBrackets, startsQuery } from './read-expressions.ts';

/** One element of FROM, which the query knows from then on. Null where none begins here. */
export function readRelation(reader: NameReader, scope: QueryScope): Relation | null {
  const isLateral = accept(reader, 'lateral');
  accept(reader, 'only');
  if (nextText(reader) === '(') return readBracketed(reader, scope, isLateral);
  const isTyped = peek(reader) === reader.typed;
  if (!isTyped && reservedKeywords.has(nextText(reader))) return null;
  const parts = readParts(reader);
  if (!parts) return null;
  if (nextText(reader) === '(' && !isTyped) {
    note(reader, parts, { role: 'function', scope });
    readBrackets(reader, scope);
    if (accept(reader, 'with')) accept(reader, 'ordinality');
    return withAlias(reader, scope, { kind: 'function' }, parts);
  }
  note(reader, parts, { role: 'relation', scope });
  accept(reader, '*');
  return withAlias(reader, scope, { kind: 'named', parts }, parts);
}

/**
 * The table that a statement is about: brackets behind it hold its columns. An alias stands behind AS in INSERT, and
 * nowhere in CREATE and its kin.
 */
export function readTable(
  reader: NameReader,
  scope: QueryScope,
  aliases: 'behind-as' | 'none',
): Relation | null {
  const parts = readParts(reader);
  if (!parts) return null;
  note(reader, parts, { role: 'relation', scope });
  const hasAlias = aliases === 'behind-as' && nextText(reader) === 'as';
  return hasAlias
    ? withAlias(reader, scope, { kind: 'named', parts }, parts)
    : known(scope, { kind: 'named', parts }, parts.at(-1), []);
}

/** A query, or joins in brackets, whose relations the query knows as well. */
function readBracketed(reader: NameReader, scope: QueryScope, isLateral: boolean): Relation | null {
  const start = peek(reader)?.start ?? 0;
  const query = newScope(isLateral ? scope : scope.parent);
  let isQuery = false;
  inBrackets(reader, () => {
    isQuery = startsQuery(reader);
    if (isQuery) reader.query(reader, query);
    else readJoins(reader, scope);
  });
  if (!isQuery) return null;
  const end = peek(reader, -1)?.end ?? start;
  return withAlias(reader, scope, { kind: 'query', query }, [{ start, end, name: '' }]);
}

function readJoins(reader: NameReader, scope: QueryScope): void {
  readRelation(reader, scope);
  while (!isAtEnd(reader)) {
    const isJoin = nextText(reader) === 'join';
    reader.position += 1;
    if (isJoin) readRelation(reader, scope);
  }
}

function withAlias(
  reader: NameReader,
  scope: QueryScope,
  source: RelationSource,
  own: readonly NamePart[],
): Relation {
  const isWritten = accept(reader, 'as');
  const word = peek(reader);
  const isAlias =
    word !== undefined &&
    isName(word) &&
    (word === reader.typed || isWritten || mayBeAlias(nextText(reader)));
  const alias = isAlias ? partOf(word) : null;
  if (alias) {
    note(reader, [alias], { role: 'alias', scope });
    reader.position += 1;
  }
  const columnNames = alias && nextText(reader) === '(' ? readNameList(reader) : [];
  const isTyped = alias !== null && word === reader.typed;
  return known(scope, source, isTyped || alias === null ? own.at(-1) : alias, columnNames);
}

function known(
  scope: QueryScope,
  source: RelationSource,
  named: NamePart | undefined,
  columnNames: readonly NamePart[],
): Relation {
  const { name, start, end } = named ?? { name: '', start: 0, end: 0 };
  const relation: Relation = { name, start, end, source, columnNames };
  scope.relations.push(relation);
  return relation;
}

/** SET and WHEN are words that an alias may be elsewhere. */
function mayBeAlias(text: string): boolean {
  return !reservedKeywords.has(text) && text !== 'set' && text !== 'values' && text !== 'overriding';
}
