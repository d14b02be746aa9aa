/**
 * What a statement is made of, clause by clause, for rules that ask what is there and what is missing. Known even
 * where the statement cannot be rendered. Leaves out its SQL: see `statement.ts`.
 */
import type { Model, SourceLocation } from './model.ts';
import type { StatementKind } from './statement.ts';

export interface StatementOutline {
  readonly kind: StatementKind;
  /** Built by `session.query(…)`. */
  readonly legacy: boolean;
  /** The whole expression that builds it, in the file that was asked for; null where it is built elsewhere. */
  readonly location: SourceLocation | null;
  /** The call that everything else is chained to, such as `update(User)`, in whichever file; null where unknown. */
  readonly begun: SourceLocation | null;
  /** False where something was added that could not be followed. What is listed here is there all the same. */
  readonly complete: boolean;
  /** Target of INSERT, UPDATE and DELETE; null for other kinds and where it is unknown. */
  readonly target: Model | null;
  /** Conditions of WHERE; those that could not be followed are counted too. */
  readonly conditions: number;
  /** How many of them could not be followed. */
  readonly unknownConditions: number;
  /** What a SELECT lists. */
  readonly items: readonly OutlineItem[];
  /** FROM elements that joins and conditions connect, in order; null where they are not known. */
  readonly fromGroups: readonly FromGroup[] | null;
  readonly ordered: boolean;
  readonly grouped: boolean;
  readonly distinct: boolean;
  /** The expression of LIMIT; null without one. */
  readonly limit: { readonly location: SourceLocation | null } | null;
  readonly offset: boolean;
  /** Collections that are loaded by a join, each row repeating its owner. */
  readonly eagerCollections: readonly EagerCollection[];
}

export interface OutlineItem {
  readonly kind: 'entity' | 'from' | 'column' | 'count' | 'aggregate' | 'other';
  readonly location: SourceLocation | null;
}

export interface FromGroup {
  /** Names of its tables; empty for a group of subqueries, functions and the like. */
  readonly tables: readonly string[];
  /** Where the statement first mentions it. */
  readonly location: SourceLocation | null;
}

export interface EagerCollection {
  /** Name of the relationship. */
  readonly attribute: string;
  /** The loader option; null where the mapping itself says so. */
  readonly location: SourceLocation | null;
}
