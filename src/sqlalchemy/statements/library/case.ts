/** `case(…)` in its forms. */
import { conditionOf, operandOf } from '../coercion.ts';
import { grouped, typeOf } from '../elements.ts';
import type { Call } from '../evaluation.ts';
import { NULL_TYPE } from '../sql-type.ts';
import { element, type Located, type Value } from '../value.ts';

export function caseOf(call: Call): Value | null {
  const value = call.arguments.keywords.get('value');
  const otherwise = call.arguments.keywords.get('else_');
  const first = call.arguments.positional[0]?.value;
  const whens =
    first?.kind === 'dict'
      ? first.entries.map(({ key, value: then }) => [key, then])
      : (pairsIn(first) ?? call.arguments.positional).map(pairOf);
  const operand = (each: Located) => operandOf(call.evaluation, each);
  const known = whens.flatMap(([when, then]) =>
    when === undefined || then === undefined
      ? []
      : [
          {
            when: value === undefined ? grouped(conditionOf(call.evaluation, when), null) : operand(when),
            result: operand(then),
          },
        ],
  );
  if (known.length !== whens.length || known.length === 0) return null;
  const last = otherwise === undefined ? null : operand(otherwise);
  const types = [...known.map(each => typeOf(each.result)), ...(last === null ? [] : [typeOf(last)])];
  return element({
    kind: 'case',
    value: value === undefined ? null : operand(value),
    whens: known,
    otherwise: last,
    type: types.findLast(type => type.family !== 'null') ?? NULL_TYPE,
    at: call.at,
  });
}

/** The list that SQLAlchemy before 2.0 takes; null for a pair. */
function pairsIn(first: Value | undefined): readonly Located[] | null {
  if (first?.kind !== 'list') return null;
  return first.elements.length > 0 && first.elements.every(({ value }) => value.kind === 'list')
    ? first.elements
    : null;
}

function pairOf(given: Located): readonly (Located | undefined)[] {
  return given.value.kind === 'list' ? given.value.elements : [];
}
