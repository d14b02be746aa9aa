/** What the files of the flow share. The functions kept in it let them call each other without importing each other. */
import type { TextRange } from '../../base/range.ts';
import type { Call, Expression, FunctionDefinition, Statement } from '../../python/syntax.ts';
import type { FileEvaluation } from '../file-evaluation.ts';
import type { FlowFact } from '../flow-fact.ts';
import type { LinkedProject } from '../linked-project.ts';
import type { NameResolver } from '../reading/site.ts';
import type { ClassValue, FunctionValue } from '../statements/value.ts';
import type { FlowState } from './state.ts';
import type { FlowValue, Identity } from './values.ts';

export interface FlowSource {
  readonly linked: LinkedProject;
  readonly names: NameResolver;
  /** Null for a path that is not in the workspace. */
  evaluationOf(path: string): FileEvaluation | null;
  /** Its `interestingPlaces`: kept for longer than the evaluation, which takes far more. */
  placesOf(path: string): readonly number[];
}

export interface Machine {
  readonly source: FlowSource;
  /** Expressions that may still be evaluated for the function. */
  fuel: number;
  /** Sessions that were used, for those who ask. */
  readonly touched: Set<Identity>;
  report(fact: FlowFact): void;
  evaluate(frame: Frame, state: FlowState, node: Expression): FlowValue;
  /** `awaited`: the call stands in an `await`. */
  call(frame: Frame, state: FlowState, node: Call, context: CallContext): FlowValue;
  block(frame: Frame, state: FlowState, body: readonly Statement[]): FlowState | null;
  invoke(frame: Frame, state: FlowState, call: Invocation): FlowValue;
  /** A call of an asynchronous function that is not awaited. */
  coroutine(frame: Frame, state: FlowState, call: Invocation): FlowValue;
  instantiate(frame: Frame, state: FlowState, call: Instantiation): FlowValue;
}

export type CallContext = 'awaited' | 'plain';

export interface Invocation {
  readonly callee: FunctionValue;
  /** What the first parameter of a method stands for. */
  readonly self: FlowValue | null;
  readonly given: Given;
  readonly at: Expression;
}

export interface Instantiation {
  readonly owner: ClassValue;
  readonly given: Given;
  readonly at: Expression;
}

/** Arguments of one call, evaluated in order. */
export interface Given {
  readonly positional: readonly FlowValue[];
  readonly keywords: ReadonlyMap<string, FlowValue>;
  /** True where `*` or `**` hides some. */
  readonly open: boolean;
}

/** One run of one function. */
export interface Frame {
  readonly machine: Machine;
  readonly evaluation: FileEvaluation;
  readonly identity: string;
  readonly function: FunctionDefinition | null;
  readonly async: boolean;
  readonly depth: number;
  /** The call in the function that is looked at which has led here; null in that function itself. */
  readonly site: Expression | null;
  /** Facts are told of the function that is looked at, not of those that it calls. */
  readonly reports: boolean;
  /** Set in a function that the one that is looked at calls itself: the loop that its call stands in. */
  readonly caller: { readonly loop: Loop | null } | null;
  readonly returned: Returned[];
  /** Called at `yield` in a context manager: runs what stands in its block. */
  readonly onYield: ((state: FlowState, value: FlowValue) => FlowState | null) | null;
  loop: Loop | null;
  /** Where the `try` blocks around collect what their handlers may begin with. */
  readonly raising: FlowState[][];
}

export interface Returned {
  state: FlowState;
  readonly value: FlowValue;
}

export interface Loop {
  readonly outer: Loop | null;
  readonly left: FlowState[];
  readonly broken: FlowState[];
  /** What each pass runs; null for a comprehension. */
  readonly body: readonly Statement[] | null;
  /** Objects that the passes go through one by one. */
  readonly iterated: readonly Identity[];
}

export function identityAt(frame: Frame, node: TextRange): Identity {
  return `${frame.identity}:${node.start}-${node.end}`;
}

/** Where a reader sees it: the node itself, or the call behind which it happens. */
export function anchor(frame: Frame, node: Expression): Expression {
  return frame.site ?? node;
}

export function report(frame: Frame, fact: FlowFact): void {
  if (frame.reports) frame.machine.report(fact);
}

export function loopsAround(frame: Frame): number {
  let count = 0;
  for (let loop = frame.loop; loop !== null; loop = loop.outer) count += 1;
  return count;
}

export function textOf(frame: Frame, node: TextRange): string {
  return frame.evaluation.file.text.slice(node.start, node.end);
}
