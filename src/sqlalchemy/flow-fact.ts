/**
 * What happens to sessions and objects as the code of a function runs, for rules: only what is certain on every way
 * that leads there. What is not known gives no fact.
 */
import type { TextRange } from '../base/range.ts';
import type { Expression } from '../python/syntax.ts';
import type { Model } from './model.ts';

export interface FileFlow {
  /** In source order. */
  readonly facts: readonly FlowFact[];
}

export type FlowFact =
  | LazyLoad
  | RepeatedQuery
  | UncommittedChange
  | CommitInBlock
  | BeginInTransaction
  | UseAfterFailure
  | RowMisuse
  | RowColumn
  | RowUnpacking
  | DroppedColumns
  | AwaitMistake
  | SharedSession
  | BlockingCall
  | NotPersistent;

/** An attribute that is not there and cannot be loaded: the session is asynchronous, or closed. */
export interface LazyLoad {
  readonly kind: 'lazy-load';
  /** The whole `user.posts`, or the call of a function that surely reads it. */
  readonly node: Expression;
  readonly model: Model;
  /** Its name. */
  readonly attribute: string;
  /** True where the attribute is a relationship. */
  readonly relationship: boolean;
  /** True where the object has no session any more. */
  readonly detached: boolean;
  readonly cause: LoadCause;
  /** The call or block that expired the object, or closed its session; null for the others. */
  readonly causedBy: TextRange | null;
  /** The statement that loaded the object, as an argument in this function. */
  readonly statement: Expression | null;
  /** True for an assignment: the old collection is loaded first. */
  readonly assigned: boolean;
  /** True where the class has `AsyncAttrs`. */
  readonly awaitable: boolean;
}

/**
 * `unloaded`: no loader option and no mapping loads it. `new`: the object was made here and flushed. `commit`,
 * `rollback`, `expire`: the object is expired. `computed`: the database computes the column in an UPDATE.
 */
export type LoadCause = 'unloaded' | 'new' | 'commit' | 'rollback' | 'expire' | 'computed';

/** A statement for each element of a loop. */
export interface RepeatedQuery {
  readonly kind: 'repeated-query';
  readonly what: 'relationship' | 'statement' | 'commit';
  readonly node: Expression;
  /** Set for a relationship. */
  readonly model: Model | null;
  readonly attribute: string | null;
  /** The statement whose rows are looped over. */
  readonly statement: Expression | null;
}

/** The session closes, and what was added or changed is lost. */
export interface UncommittedChange {
  readonly kind: 'uncommitted-change';
  /** True for a `Connection`. */
  readonly connection: boolean;
  /** The first change. */
  readonly node: Expression;
  /** The context expression of the block that closes the session, or the call of `close()`. */
  readonly closedBy: Expression;
}

/** `commit()` or `rollback()` inside `with session.begin():`. */
export interface CommitInBlock {
  readonly kind: 'commit-in-block';
  readonly node: Expression;
  readonly method: string;
  /** The first use of the session after it inside the block, which raises; null where there is none. */
  readonly used: Expression | null;
}

/** `session.begin()` after a statement has begun a transaction. */
export interface BeginInTransaction {
  readonly kind: 'begin-in-transaction';
  readonly node: Expression;
  readonly begunBy: TextRange;
}

/** A failed flush was caught, not rolled back, and the session is used again. */
export interface UseAfterFailure {
  readonly kind: 'use-after-failure';
  readonly node: Expression;
  /** The call that failed. */
  readonly failed: TextRange;
  /** The handler that goes on. */
  readonly handler: TextRange;
}

/** `row.name` of a row that holds an entity, or `user[0]` of an entity. */
export interface RowMisuse {
  readonly kind: 'row-misuse';
  readonly node: Expression;
  readonly way: 'attribute-of-row' | 'row-attribute-of-object' | 'index-of-object';
  readonly model: Model;
  /** The call that gave the rows, where it stands in this function. */
  readonly execution: Expression | null;
}

/** A row is asked for a column that it does not have, or in a way that it does not answer. */
export interface RowColumn {
  readonly kind: 'row-column';
  readonly node: Expression;
  /** `row.name`, `mapping["name"]`, or `row["name"]`, which only a mapping knows. */
  readonly way: 'attribute' | 'key' | 'text-index';
  readonly name: string;
  /** What the row has; empty where not all of it is known. */
  readonly names: readonly string[];
  /** The statements whose rows they are, where those are SQL text: what they select PostgreSQL alone can tell. */
  readonly texts: readonly TextRange[];
}

/** A row is taken apart into names: a tuple of another length raises ValueError. */
export interface RowUnpacking {
  readonly kind: 'row-unpacking';
  /** The names. */
  readonly node: Expression;
  /** How many they are. */
  readonly count: number;
  /** How many columns the row has; null where that is left to PostgreSQL. */
  readonly columns: number | null;
  readonly texts: readonly TextRange[];
}

/** `scalars(select(a, b))` keeps the first column alone. */
export interface DroppedColumns {
  readonly kind: 'dropped-columns';
  readonly node: Expression;
  readonly method: string;
  readonly count: number;
}

export interface AwaitMistake {
  readonly kind: 'await-mistake';
  readonly node: Expression;
  /**
   * `never`: the coroutine is dropped. `attribute`: an attribute of the coroutine is asked for. `iterated`: the coroutine
   * is looped over. `needless`: what is awaited is no awaitable. `async-for`: over what is no asynchronous iterator.
   * `plain-for`: over an asynchronous result.
   */
  readonly way: 'never' | 'attribute' | 'iterated' | 'needless' | 'async-for' | 'plain-for';
  readonly method: string;
}

/** One AsyncSession in several tasks at once. */
export interface SharedSession {
  readonly kind: 'shared-session';
  /** The second task. */
  readonly node: Expression;
  readonly by: string;
}

/** A synchronous session that talks to the database inside a coroutine. */
export interface BlockingCall {
  readonly kind: 'blocking-call';
  readonly node: Expression;
}

/** `refresh()`, `delete()` or `expire()` of an object that was never added: often one that was given to `merge()`. */
export interface NotPersistent {
  readonly kind: 'not-persistent';
  readonly node: Expression;
  readonly method: string;
  readonly merged: boolean;
}
