/** What names mean in a statement: the relations of each query, its common table expressions, what it gives. */
import type { TextRange } from '../../base/range.ts';

export interface NamePart extends TextRange {
  /** As PostgreSQL folds it. */
  readonly name: string;
}

/** One query, with what may be named in it. */
export interface QueryScope {
  /** The query around it, whose relations it may name as well; null for a statement. */
  readonly parent: QueryScope | null;
  /** In the order of FROM. The table that a statement changes is the first. */
  readonly relations: Relation[];
  /** Those of its WITH, by name. */
  readonly expressions: Map<string, CommonTableExpression>;
  /** What its first select list or RETURNING gives. */
  readonly outputs: OutputColumn[];
}

export interface Relation extends TextRange {
  /** By which the query knows it: its alias, else its own name. Empty without either. */
  readonly name: string;
  readonly source: RelationSource;
  /** `AS name (column, …)`. */
  readonly columnNames: readonly NamePart[];
}

export type RelationSource =
  /** A table, a view or a common table expression: `schema.name`. */
  | { readonly kind: 'named'; readonly parts: readonly NamePart[] }
  | { readonly kind: 'query'; readonly query: QueryScope }
  | { readonly kind: 'function' };

export interface CommonTableExpression extends TextRange {
  readonly name: string;
  readonly query: QueryScope | null;
  readonly columnNames: readonly NamePart[];
}

export interface OutputColumn extends TextRange {
  /** Null for `*`, and where PostgreSQL gives it a name that nobody wrote. */
  readonly name: string | null;
  /** The column that it is, as written; null for every other expression. `*` is the last part of `users.*`. */
  readonly column: readonly NamePart[] | null;
}

/**
 * What a name is where it stands. `target-column`: of the table that the statement changes, as in the list of INSERT;
 * `alias`: made up here; `start`: the first word of a statement.
 */
export type NameRole = 'relation' | 'column' | 'target-column' | 'alias' | 'function' | 'type' | 'start';

export interface NameMention {
  readonly parts: readonly NamePart[];
  readonly role: NameRole;
  readonly scope: QueryScope;
  /** Whose columns a `target-column` is one of; null elsewhere. */
  readonly target: Relation | null;
}

export function newScope(parent: QueryScope | null): QueryScope {
  return { parent, relations: [], expressions: new Map(), outputs: [] };
}

/** Of another query in the place of this one, which knows the same common table expressions. */
export function scopeBeside({ parent, expressions }: QueryScope): QueryScope {
  return { ...newScope(parent), expressions };
}

/** The common table expression that a name means in a query; null where it means none. */
export function expressionNamed(scope: QueryScope, name: string): CommonTableExpression | null {
  for (let each: QueryScope | null = scope; each !== null; each = each.parent) {
    const found = each.expressions.get(name);
    if (found) return found;
  }
  return null;
}
