/** `foreign(…)` and `remote(…)`: what the condition of a relationship says of its columns. They print as these. */
import { operandOf } from '../coercion.ts';
import type { Call } from '../evaluation.ts';
import { element, type Value } from '../value.ts';

type Mark = 'foreign' | 'remote';

export const joinMarks: Readonly<Record<string, (call: Call) => Value | null>> = {
  foreign: call => marked(call, 'foreign'),
  remote: call => marked(call, 'remote'),
};

function marked(call: Call, mark: Mark): Value | null {
  const given = call.arguments.positional[0];
  if (given === undefined) return null;
  const operand = operandOf(call.evaluation, given);
  if (operand.kind !== 'column') return element(operand);
  return element({ ...operand, marks: { foreign: false, remote: false, ...operand.marks, [mark]: true } });
}
