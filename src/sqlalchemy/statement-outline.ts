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
  /** The first column of ORDER BY whose table FROM does not have; null where there is none, or FROM is not known. */
  readonly orderedOutside: { readonly table: string; readonly location: SourceLocation | null } | null;
  readonly grouped: boolean;
  readonly distinct: boolean;
  /** The expression of LIMIT; null without one. */
  readonly limit: { readonly location: SourceLocation | null } | null;
  readonly offset: boolean;
  /** Collections that are loaded by a join, each row repeating its owner. */
  readonly eagerCollections: readonly EagerCollection[];
  /** What `contains_eager()` names though no FROM element of the statement holds it. */
  readonly eagerWithoutFrom: readonly EagerCollection[];
  readonly joins: readonly OutlineJoin[];
  readonly undecidedJoin: UndecidedJoin | null;
}

export interface OutlineItem {
  readonly kind: 'entity' | 'from' | 'column' | 'count' | 'aggregate' | 'other';
  readonly location: SourceLocation | null;
  /** The class of an entity; null for all else. */
  readonly model: Model | null;
}

export interface OutlineJoin {
  /** Of the class or table that is joined; null for subqueries and the like. */
  readonly name: string | null;
  readonly style: 'inner' | 'left' | 'full';
  /** The argument that names it. */
  readonly target: SourceLocation | null;
  /** True where it surely gives several rows for one of the other side. */
  readonly toMany: boolean;
  /** Conditions of WHERE that are never true for a row without a partner: they undo an outer join. */
  readonly undoneBy: readonly SourceLocation[];
}

/** A join without ON for which the foreign keys give no answer. Nothing that comes after it is known. */
export interface UndecidedJoin {
  readonly target: SourceLocation | null;
  readonly left: string;
  readonly right: string;
  /** Each foreign key as the pairs that it makes equal; empty where there is none at all. */
  readonly choices: readonly (readonly KeyPair[])[];
}

export interface KeyPair {
  /** Attribute of the class on the left, and its partner on the right. */
  readonly left: string;
  readonly right: string;
}

export interface FromGroup {
  /** Names of its tables; empty for a group of subqueries, functions and the like. */
  readonly tables: readonly string[];
  /** Where the statement first mentions it. */
  readonly location: SourceLocation | null;
}

export interface EagerCollection {
  /** Name of the relationship, which is a collection unless `contains_eager()` says otherwise. */
  readonly attribute: string;
  /** The loader option; null where the mapping itself says so. */
  readonly location: SourceLocation | null;
}
