/** Methods that a PostgreSQL type gives its columns: ranges, multiranges and HSTORE. */
import { operandOf } from '../coercion.ts';
import { typeOf } from '../elements.ts';
import type { Call } from '../evaluation.ts';
import type { Element } from '../ir.ts';
import { operate } from '../operations.ts';
import type { NamedOperator } from '../operators.ts';
import { arrayOf, BOOLEAN, NULL_TYPE, type SqlType, STRING, type TypeFamily } from '../sql-type.ts';
import { type ColumnMethod, custom, withOperand } from './text-matching.ts';

const rangeMethods: Readonly<Record<string, ColumnMethod>> = {
  strictly_left_of: custom('<<'),
  strictly_right_of: custom('>>'),
  not_extend_right_of: custom('&<'),
  not_extend_left_of: custom('&>'),
  adjacent_to: custom('-|-'),
  union: operation('add'),
  difference: operation('sub'),
  intersection: operation('mul'),
};

const hstoreMethods: Readonly<Record<string, ColumnMethod>> = {
  keys: functionOf('akeys', arrayOf(STRING)),
  vals: functionOf('avals', arrayOf(STRING)),
  array: functionOf('hstore_to_array', arrayOf(STRING)),
  matrix: functionOf('hstore_to_matrix', arrayOf(STRING)),
  slice: functionOf('slice', null),
  delete: functionOf('delete', null),
  defined: functionOf('defined', BOOLEAN),
};

const methodsByFamily: Partial<Record<TypeFamily, Readonly<Record<string, ColumnMethod>>>> = {
  range: rangeMethods,
  hstore: hstoreMethods,
};

/** Null where the type of the column has no such method, or the arguments do not fit. */
export function typeMethod(self: Element, call: Call, name: string): Element | null {
  return methodsByFamily[typeOf(self).family]?.[name]?.(self, call) ?? null;
}

function operation(operator: NamedOperator): ColumnMethod {
  return withOperand((call, self, other) => operate(call.evaluation, self, operator, other, call.at));
}

/** `type`: of the result; null for that of the column. */
function functionOf(name: string, type: SqlType | null): ColumnMethod {
  return (self, call) => ({
    kind: 'function',
    name,
    packages: [],
    arguments: [
      self,
      ...call.arguments.positional.map(each => operandOf(call.evaluation, each, { name, type: NULL_TYPE })),
    ],
    type: type ?? typeOf(self),
    bare: false,
    at: call.at,
  });
}
