/** Notes what the evaluation of one file meets: the value of each expression, and what becomes of each statement. */
import type { TextRange } from '../../base/range.ts';
import type { Expression, Statement } from '../../python/syntax.ts';
import type { RawExecution } from '../raw-sql.ts';
import type { Unknown } from '../statement.ts';
import type { Arguments } from './given-arguments.ts';
import type { FunctionValue, StatementValue, Value } from './value.ts';

export interface Recorder {
  /** Expressions by identity, with the value of the first path that knew one. */
  readonly values: Map<Expression, Value>;
  readonly statements: Set<StatementValue>;
  /** Statements that became part of another one. */
  readonly parts: Set<StatementValue>;
  /** Statements that a function gives to its callers, who may go on with them. */
  readonly given: Set<StatementValue>;
  /** Where statements were executed, returned or handed to code that is not modelled. */
  readonly uses: Map<Expression, Set<StatementValue>>;
  /** Those handed to `execute(…)` and its kin, which take no pieces, with the calls that did. */
  readonly sent: Map<StatementValue, readonly RawExecution[]>;
  /** Of the functions that were run: held, so that the expressions in them remain the ones that are noted here. */
  readonly bodies: Set<readonly Statement[]>;
  /** Calls of functions of the file itself, with what they are given. */
  readonly calls: CalledFunction[];
  seen(expression: Expression, value: Value): void;
  built(value: StatementValue): void;
  consumed(value: StatementValue): void;
  returned(value: Value): void;
  used(value: Value, at: Expression): void;
  /** What looked like a use only hands the statement on. */
  unused(value: StatementValue, at: Expression): void;
  executed(value: Value, execution: RawExecution): void;
  called(call: CalledFunction): void;
}

export interface CalledFunction {
  readonly at: TextRange;
  readonly callee: FunctionValue;
  readonly given: Arguments;
}

export function createRecorder(): Recorder {
  const values = new Map<Expression, Value>();
  const statements = new Set<StatementValue>();
  const parts = new Set<StatementValue>();
  const given = new Set<StatementValue>();
  const uses = new Map<Expression, Set<StatementValue>>();
  const sent = new Map<StatementValue, readonly RawExecution[]>();
  const calls: CalledFunction[] = [];
  return {
    values,
    sent,
    statements,
    parts,
    given,
    uses,
    bodies: new Set(),
    calls,
    seen: (expression, value) => {
      const known = values.get(expression);
      if (known === undefined || known.kind === 'unknown') values.set(expression, value);
    },
    built: value => void statements.add(value),
    consumed: value => void parts.add(value),
    returned: value => {
      if (value.kind === 'statement') given.add(value);
    },
    used: (value, at) => {
      if (value.kind !== 'statement') return;
      const known = uses.get(at) ?? new Set<StatementValue>();
      known.add(value);
      uses.set(at, known);
    },
    unused: (value, at) => void uses.get(at)?.delete(value),
    executed: (value, execution) => {
      if (value.kind === 'statement') sent.set(value, [...(sent.get(value) ?? []), execution]);
    },
    called: call => void calls.push(call),
  };
}

/** Hears of the calls alone: of code that is looked into for what it gives to others. */
export function callsAlone(recorder: Recorder): Recorder {
  const called = recorder.called;
  return { ...createRecorder(), called };
}

/** The statement of which only so much is known that it is one, in place of those that it might have been. */
export function givenUp(
  statement: StatementValue,
  unknown: Unknown,
  replaced: readonly Value[],
  recorder: Recorder | null,
): StatementValue {
  const made = { ...statement, node: { ...statement.node, unknown: statement.node.unknown ?? unknown } };
  for (const each of replaced) if (each.kind === 'statement') recorder?.consumed(each);
  recorder?.built(made);
  return made;
}
