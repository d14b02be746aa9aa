/** The names that a statement gives itself, its aliases and common table expressions, wherever it says them. */
import { type TextRange, touches } from '../../base/range.ts';
import { isName } from './name-reader.ts';
import { expressionNamed, type NameMention, type NamePart, type QueryScope } from './query-scope.ts';
import { readNames } from './read-names.ts';
import { type ColumnsOf, meantBy, relationNamed } from './resolve-names.ts';
import { sqlWords } from './words.ts';

export interface LocalName {
  /** As PostgreSQL folds it. */
  readonly name: string;
  /** Of the name that was asked about. */
  readonly range: TextRange;
  /** All places that say it, the declaration among them. */
  readonly places: readonly TextRange[];
  /** Words of the same spelling that nothing is known of: they may mean it. */
  readonly unread: readonly TextRange[];
  /** Names that relations and common table expressions have already. */
  readonly taken: ReadonlySet<string>;
}

/** Null where the cursor is at no such name. */
export function localNameAt(text: string, cursor: number, columnsOf: ColumnsOf): LocalName | null {
  const words = sqlWords(text);
  const mentions = readNames(words);
  const parts = mentions.flatMap(mention =>
    mention.parts.map((part, index) => ({ part, start: declarationOf(mention, index, columnsOf) })),
  );
  const asked = parts.find(({ part }) => touches(part, cursor));
  const declared = parts.find(({ part, start }) => start === part.start && start === asked?.start);
  if (!asked || asked.part.name !== declared?.part.name) return null;
  const read = new Set(mentions.filter(isUnderstood).flatMap(each => each.parts.map(({ start }) => start)));
  const { name } = declared.part;
  return {
    name,
    range: asked.part,
    places: parts.flatMap(({ part, start }) =>
      start === declared.start && part.name === name ? [part] : [],
    ),
    unread: words.filter(word => word.text === name && isName(word) && !read.has(word.start)),
    taken: new Set(mentions.flatMap(({ scope }) => namesIn(scope))),
  };
}

/** An alias of nothing is a word behind another that the reading stepped over, as in `FOR UPDATE OF name`. */
function isUnderstood({ role, parts: [alias], scope }: NameMention): boolean {
  if (role !== 'alias' || !alias) return true;
  return isRelation(scope, alias) || scope.outputs.some(({ start }) => start === alias.start);
}

/** Where the name of a part is made up, by the beginning of that place; null where the statement does not make it. */
function declarationOf(mention: NameMention, index: number, columnsOf: ColumnsOf): number | null {
  const { parts, role, scope } = mention;
  const part = parts[index];
  if (!part) return null;
  if (role === 'alias') return isRelation(scope, part) ? part.start : null;
  if (role === 'relation') return parts.length === 1 ? expressionStart(scope, part.name) : null;
  if (role !== 'column' || index < parts.length - 2) return null;
  // The name of a relation alone is its whole row, unless a column is called so.
  const isWhole = parts.length === 1 && meantBy(mention, index, columnsOf)?.kind !== 'column';
  return index === parts.length - 2 || isWhole ? relationStart(scope, part.name) : null;
}

function isRelation(scope: QueryScope, { name, start }: NamePart): boolean {
  return scope.relations.some(each => each.start === start) || expressionStart(scope, name) === start;
}

/** A relation without an alias goes by the name of what it reads from. */
function relationStart(scope: QueryScope, name: string): number | null {
  const relation = relationNamed(scope, name);
  if (!relation) return null;
  const { source, start } = relation;
  if (source.kind !== 'named' || source.parts.at(-1)?.start !== start) return start;
  return source.parts.length === 1 ? expressionStart(scope, name) : null;
}

function expressionStart(scope: QueryScope, name: string): number | null {
  return expressionNamed(scope, name)?.start ?? null;
}

function namesIn(scope: QueryScope): readonly string[] {
  return [...scope.relations.map(({ name }) => name), ...scope.expressions.keys()];
}
