/** What the evaluators share. The functions kept in it let their files call each other without importing each other. */
import type { TextRange } from '../../base/range.ts';
import type { Call as CallExpression, ClassDefinition, Expression } from '../../python/syntax.ts';
import type { LinkedProject } from '../linked-project.ts';
import type { Model, SourceLocation } from '../model.ts';
import type { SourceFile } from '../project.ts';
import type { ClassMember } from '../reading/class-members.ts';
import type { NameResolver } from '../reading/site.ts';
import type { Unknown, UnknownReason } from '../statement.ts';
import type { Choices } from './choices.ts';
import type { Arguments } from './given-arguments.ts';
import type { Element, StatementNode } from './ir.ts';
import type { Recorder } from './recorder.ts';
import type { Tables } from './tables.ts';
import type {
  Environment,
  FunctionValue,
  LambdaValue,
  Located,
  StatementValue,
  UnknownValue,
  Value,
} from './value.ts';

export interface Evaluation {
  readonly file: SourceFile;
  readonly linked: LinkedProject;
  readonly names: NameResolver;
  readonly tables: Tables;
  /** Null while a function of another place is being looked into. */
  readonly recorder: Recorder | null;
  readonly environment: Environment;
  readonly choices: Choices;
  /** Functions entered so far. */
  readonly depth: number;
  /** What the function that is being looked into has yielded. */
  readonly yielded?: Located[];
  readonly budget: Budget;
  /** Variables of modules by qualified name, once they have been worked out. */
  readonly variables: Map<string, Value>;
  /** What names outside functions stand for, by the expression that uses them; null for those that mean nothing. */
  readonly globals: Map<Expression, Value | null>;
  /** What annotations say, and what members of classes hold that are no methods: the same for the whole file. */
  readonly annotations: Map<Expression, Value>;
  readonly members: Map<string, Value | null>;
  /** What `column_property(…)` of a class maps, by class and attribute; null for what a statement gives. */
  readonly properties: Map<string, Element | null>;
  /** Classes that functions map for themselves; null for those that are not mapped. */
  readonly localModels: Map<ClassDefinition, Model | null>;
  /** Where a class or its bases define a name. */
  readonly definitions: Map<string, ClassMember | null>;
  /** What calls without SQL among their arguments gave, by function and receiver. */
  readonly results: Map<string, readonly Value[]>;
  readonly evaluate: (evaluation: Evaluation, expression: Expression) => Value;
  readonly invoke: (evaluation: Evaluation, callee: FunctionValue | LambdaValue, given: Arguments) => Value;
  readonly attribute: (evaluation: Evaluation, receiver: Value, name: string, range: TextRange) => Value;
}

/** Expressions that may still be evaluated for one file. */
export interface Budget {
  fuel: number;
}

/** One call being evaluated. */
export interface Call {
  readonly evaluation: Evaluation;
  readonly node: CallExpression;
  readonly at: SourceLocation;
  readonly arguments: Arguments;
}

export function locationOf(evaluation: Evaluation, range: TextRange): SourceLocation {
  return { path: evaluation.file.path, range: { start: range.start, end: range.end } };
}

export function located(evaluation: Evaluation, expression: Expression): Located {
  return {
    value: evaluation.evaluate(evaluation, expression),
    at: locationOf(evaluation, expression),
    node: expression,
  };
}

export function unknownAt(reason: UnknownReason, detail: string, location: SourceLocation | null): Unknown {
  return { reason, detail, location };
}

export function unsupported(call: Call, detail: string): UnknownValue {
  return { kind: 'unknown', unknown: unknownAt('unsupported-construct', detail, call.at), sql: true };
}

/** A statement that this call has built. */
export function built(call: Call, node: StatementNode, from: StatementValue | null = null): StatementValue {
  const unknown = node.unknown ?? call.arguments.open;
  const value: StatementValue = {
    kind: 'statement',
    node: { ...node, unknown, at: call.at },
    builder: call.node,
    begun: from?.begun ?? call.at,
    excluded: from?.excluded ?? null,
    ...(from?.loadedBy === undefined ? {} : { loadedBy: from.loadedBy }),
  };
  if (from !== null) call.evaluation.recorder?.consumed(from);
  call.evaluation.recorder?.built(value);
  return value;
}

/** Keyword or position, as Python binds it. */
export function argument(call: Call, position: number, name: string): Located | undefined {
  return call.arguments.keywords.get(name) ?? call.arguments.positional[position];
}

export function constantArgument(
  call: Call,
  position: number,
  name: string,
): string | number | boolean | null | undefined {
  const given = argument(call, position, name)?.value;
  return given?.kind === 'constant' ? given.value : undefined;
}

export function flag(call: Call, name: string): boolean {
  const given = call.arguments.keywords.get(name)?.value;
  return given?.kind === 'constant' && given.value === true;
}
