/**
 * The names in a text of SQL and what each may mean, however broken the text is: by its words alone, since PostgreSQL's
 * parser gives nothing for a half-typed statement. What is not understood is stepped over.
 */
import { accept, inBrackets, type NameReader, nextText, note, partOf, peek } from './name-reader.ts';
import { type NameMention, newScope, type QueryScope, type Relation } from './query-scope.ts';
import { readDefinition } from './read-definition.ts';
import { readExpressions, startsQuery } from './read-expressions.ts';
import { readQuery } from './read-query.ts';
import type { SqlWord } from './words.ts';

export interface ReadNamesOptions {
  /** The word that is being typed, one of those given. */
  readonly typed?: SqlWord | null;
  /** The text is an expression over this relation, as in `CheckConstraint("price > 0")`. */
  readonly expressionOf?: Relation;
}

/** Comments among the words mean nothing. In the order in which they were understood. */
export function readNames(
  all: readonly SqlWord[],
  { typed = null, expressionOf }: ReadNamesOptions = {},
): readonly NameMention[] {
  const words = all.filter(({ kind }) => kind !== 'comment');
  const reader: NameReader = { words, position: 0, mentions: [], typed, depth: 0, query: readQuery };
  if (expressionOf) {
    const scope = newScope(null);
    scope.relations.push(expressionOf);
    readExpressions(reader, scope);
    return reader.mentions;
  }
  while (peek(reader) !== undefined) {
    readStatement(reader, newScope(null));
    // A semicolon, or a bracket too many.
    reader.position += 1;
  }
  return reader.mentions;
}

function readStatement(reader: NameReader, scope: QueryScope): void {
  const first = peek(reader);
  if (first && first === reader.typed) {
    reader.position += 1;
    note(reader, [partOf(first)], { role: 'start', scope });
  }
  if (accept(reader, 'explain')) skipOptions(reader);
  accept(reader, 'merge');
  if (nextText(reader) === '(' || startsQuery(reader) || nextText(reader) === 'into')
    readQuery(reader, scope);
  else readDefinition(reader, scope);
}

function skipOptions(reader: NameReader): void {
  accept(reader, 'analyze');
  accept(reader, 'verbose');
  if (nextText(reader) === '(') inBrackets(reader, () => {});
}
