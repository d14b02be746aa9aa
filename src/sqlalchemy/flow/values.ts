/** What the flow knows of a Python value: which session, which objects, which rows. All else is `unknown` or `plain`. */
import type { TextRange } from '../../base/range.ts';
import type { Expression } from '../../python/syntax.ts';
import type { Model } from '../model.ts';
import type { LoadPath } from '../statements/ir.ts';

/** Sessions, objects and holders are told apart by the expression that makes them, and by the calls that lead to it. */
export type Identity = string;

export type FlowValue =
  | { readonly kind: 'unknown' }
  | { readonly kind: 'none' }
  /** Nothing of ours, and surely not to be awaited: what `add()` and `all()` give. */
  | { readonly kind: 'plain'; readonly method: string }
  | SessionValue
  | FactoryValue
  | { readonly kind: 'transaction'; readonly session: Identity; readonly nested: boolean }
  | ObjectsValue
  | ManyValue
  | { readonly kind: 'tuple'; readonly elements: readonly FlowValue[] }
  | RowsValue
  | RowValue
  | CoroutineValue
  /** An object of a class of the workspace that is not mapped: a repository, a unit of work, `self`. */
  | { readonly kind: 'holder'; readonly holder: Identity }
  /** `user.awaitable_attrs`. */
  | { readonly kind: 'awaitable-attributes'; readonly objects: readonly Identity[] };

export interface SessionValue {
  readonly kind: 'session';
  readonly session: Identity;
}

export interface FactoryValue {
  readonly kind: 'factory';
  readonly async: boolean;
  readonly expires: boolean | null;
}

/** One of several mapped objects: what is known must hold for each of them. */
export interface ObjectsValue {
  readonly kind: 'objects';
  readonly objects: readonly Identity[];
}

/** A list, or a collection of a mapped object. */
export interface ManyValue {
  readonly kind: 'many';
  readonly element: FlowValue;
  /** The statement whose rows it holds, as an argument; null for other lists. */
  readonly statement: Expression | null;
}

/** What executing gave: `Result`, `ScalarResult`, `AsyncResult`. */
export interface RowsValue {
  readonly kind: 'rows';
  readonly session: Identity;
  /** What each row holds; null where that is not known. */
  readonly items: readonly RowItem[] | null;
  /** The statements, where they are SQL text of this file. */
  readonly texts: readonly TextRange[];
  /** The first item alone, without a row around it. */
  readonly scalars: boolean;
  /** From `mappings()`: rows are asked by name alone, as dictionaries are. */
  readonly mappings: boolean;
  /** From `stream()`: its methods are to be awaited. */
  readonly streamed: boolean;
  readonly identity: Identity;
  /** The execution, and its argument; null where they stand in another function. */
  readonly call: Expression | null;
  readonly statement: Expression | null;
}

export interface RowValue {
  readonly kind: 'row';
  readonly items: readonly RowItem[];
  readonly rows: RowsValue;
}

export interface RowItem {
  /** What the row calls it; null where that is not known. */
  readonly name: string | null;
  /** True for a table, which stands for all of its columns. */
  readonly wide: boolean;
  /** Null for a column. */
  readonly entity: { readonly model: Model; readonly loads: readonly LoadPath[] | null } | null;
}

/** A call of an asynchronous function that is not awaited yet. */
export interface CoroutineValue {
  readonly kind: 'coroutine';
  readonly call: Expression;
  /** Method of the session or of the streamed result; null for other functions. */
  readonly method: string | null;
  /** Sessions that it will use; in a list, one for each coroutine of the list. */
  readonly sessions: readonly Identity[];
}

export const UNKNOWN: FlowValue = { kind: 'unknown' };
export const NOTHING: FlowValue = { kind: 'none' };

export function plain(method: string): FlowValue {
  return { kind: 'plain', method };
}

function sameValue(one: FlowValue, two: FlowValue): boolean {
  if (one === two) return true;
  switch (one.kind) {
    case 'session':
      return two.kind === 'session' && one.session === two.session;
    case 'objects':
      return two.kind === 'objects' && one.objects.join() === two.objects.join();
    case 'holder':
      return two.kind === 'holder' && one.holder === two.holder;
    case 'many':
      return two.kind === 'many' && sameValue(one.element, two.element);
    case 'none':
    case 'plain':
      return two.kind === one.kind;
    default:
      return false;
  }
}

/** What may be either: objects of both, else nothing that is known. None is left to those who use it. */
export function joinedValue(one: FlowValue, two: FlowValue): FlowValue {
  if (sameValue(one, two) || two.kind === 'none') return one;
  if (one.kind === 'none') return two;
  if (one.kind === 'coroutine' && two.kind === 'coroutine')
    return one.sessions.length < two.sessions.length ? two : one;
  if (one.kind === 'objects' && two.kind === 'objects')
    return { kind: 'objects', objects: [...new Set([...one.objects, ...two.objects])] };
  if (one.kind === 'many' && two.kind === 'many')
    return {
      kind: 'many',
      element: joinedValue(one.element, two.element),
      statement: one.statement ?? two.statement,
    };
  return UNKNOWN;
}
