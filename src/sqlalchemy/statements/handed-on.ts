/** `stmt = filtered(stmt)` by code that is not read: the statement goes on there, and what comes back is not known. */
import type { Call, Expression } from '../../python/syntax.ts';
import { executors } from './calls.ts';
import { lookUp } from './environment.ts';
import { type Evaluation, locationOf, unknownAt } from './evaluation.ts';
import { givenUp } from './recorder.ts';
import type { Value } from './value.ts';

/** What an assignment binds: the statement that was handed on, as one that is not known; else the value itself. */
export function handedOn(evaluation: Evaluation, target: Expression, value: Value, from: Expression): Value {
  if (target.kind !== 'name' || from.kind !== 'call' || value.kind !== 'unknown' || value.sql) return value;
  const statement = lookUp(evaluation.environment, target.id);
  const argument = argumentNamed(from, target.id);
  if (statement?.kind !== 'statement' || argument === undefined || executes(from)) return value;
  const unknown = unknownAt(
    'from-library',
    'The statement is given to a call that is not known, and what it gives back goes on as the statement.',
    locationOf(evaluation, from),
  );
  evaluation.recorder?.unused(statement, argument);
  return givenUp(statement, unknown, [statement], evaluation.recorder);
}

function argumentNamed(call: Call, name: string): Expression | undefined {
  return call.arguments.map(each => each.value).find(each => each.kind === 'name' && each.id === name);
}

function executes({ function: called }: Call): boolean {
  return called.kind === 'attribute' && executors.has(called.attribute.id);
}
