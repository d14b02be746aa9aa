/** PostgreSQL's own constructs: arrays, ordered aggregates, ANY and ALL. */
import { operandOf, orderingOf } from '../coercion.ts';
import { typeOf } from '../elements.ts';
import { columnMethods } from '../methods/column-methods.ts';
import { arrayOf, NULL_TYPE } from '../sql-type.ts';
import { typeOfValue } from '../type-values.ts';
import { element } from '../value.ts';
import type { LibraryFunction } from './library-function.ts';

export const postgresqlFunctions: Readonly<Record<string, LibraryFunction>> = {
  'postgresql.array': call => {
    const given = call.arguments.positional[0];
    if (given?.value.kind !== 'list') return null;
    const elements = given.value.elements.map(each => operandOf(call.evaluation, each));
    const item =
      elements[0] === undefined
        ? (typeOfValue(call.evaluation, call.arguments.keywords.get('type_')) ?? NULL_TYPE)
        : typeOf(elements[0]);
    return element({ kind: 'array', elements, type: arrayOf(item), at: call.at });
  },
  'postgresql.aggregate_order_by': call => {
    const [given, ...order] = call.arguments.positional;
    if (given === undefined) return null;
    const orderBy = order.map(each => orderingOf(call.evaluation, each));
    return element({
      kind: 'aggregate-order',
      element: operandOf(call.evaluation, given),
      orderBy,
      at: call.at,
    });
  },
  'postgresql.distinct_on': call => ({
    kind: 'extension',
    distinctOn: call.arguments.positional.map(each => orderingOf(call.evaluation, each)),
  }),
  'postgresql.Any': arrayComparison('any'),
  'postgresql.All': arrayComparison('all'),
};

/** `Any(value, array)` is `array.any(value)`. */
function arrayComparison(name: 'any' | 'all'): LibraryFunction {
  return call => {
    const [value, array] = call.arguments.positional;
    const method = columnMethods[name];
    if (value === undefined || array === undefined || method === undefined) return null;
    const made = method(operandOf(call.evaluation, array), {
      ...call,
      arguments: { ...call.arguments, positional: [value] },
    });
    return made === null ? null : element(made);
  };
}
