/** Functions that make single operands: columns without a table, literals, parameters, constants, sequences. */
import type { Statement } from '../../../python/syntax.ts';
import { literal, typeOfLiteral } from '../coercion.ts';
import { bind, constant } from '../elements.ts';
import { argument, constantArgument, flag } from '../evaluation.ts';
import { NULL_TYPE } from '../sql-type.ts';
import { readText } from '../text-binds.ts';
import { partsOf } from '../text-parts.ts';
import { typeOfValue } from '../type-values.ts';
import { element, type Value } from '../value.ts';
import type { LibraryFunction } from './library-function.ts';

export const columnElements: Readonly<Record<string, LibraryFunction>> = {
  null: call => element(constant('NULL', call.at)),
  true: call => element(constant('true', call.at)),
  false: call => element(constant('false', call.at)),
  literal: call => {
    const given = argument(call, 0, 'value');
    if (given === undefined) return null;
    const type = typeOfValue(call.evaluation, argument(call, 1, 'type_')) ?? typeOfLiteral(given.value);
    return element({ ...literal(given, { name: null, type }), at: call.at });
  },
  literal_column: call => {
    const given = argument(call, 0, 'text');
    const parts = given === undefined ? null : partsOf(given.value, given.at);
    if (given === undefined || parts === null) return null;
    const type = typeOfValue(call.evaluation, argument(call, 1, 'type_')) ?? NULL_TYPE;
    const { pieces } = readText(parts, call.at, 'numeric');
    const text = given.value.kind === 'constant' ? String(given.value.value) : '';
    return element({ kind: 'literal-column', text, pieces, type, at: call.at });
  },
  column: call => {
    if (hasOwnOperators(argument(call, 1, 'type_')?.value)) return null;
    const name = constantArgument(call, 0, 'text');
    if (typeof name !== 'string') return null;
    const type = typeOfValue(call.evaluation, argument(call, 1, 'type_')) ?? NULL_TYPE;
    // `is_literal=True`: printed as it stands.
    if (flag(call, 'is_literal')) return element({ kind: 'literal-column', text: name, type, at: call.at });
    return element({ kind: 'column', from: null, name, key: name, type, at: call.at });
  },
  Sequence: call => {
    const name = constantArgument(call, 0, 'name');
    const schema = constantArgument(call, 99, 'schema');
    if (typeof name !== 'string' || call.arguments.keywords.has('metadata')) return null;
    return element({
      kind: 'next-value',
      name,
      schema: typeof schema === 'string' ? schema : null,
      at: call.at,
    });
  },
  Column: call => {
    if (hasOwnOperators(argument(call, 1, 'type_')?.value)) return null;
    const name = constantArgument(call, 0, 'name');
    // What a class declares is a column of the tables of those that inherit from it.
    if (typeof name !== 'string' || call.evaluation.environment.scope === 'class') return null;
    const key = constantArgument(call, 99, 'key');
    const type = typeOfValue(call.evaluation, argument(call, 1, 'type_')) ?? NULL_TYPE;
    return element({
      kind: 'column',
      from: null,
      name,
      key: typeof key === 'string' ? key : name,
      type,
      at: call.at,
    });
  },
  bindparam: call => {
    const name = constantArgument(call, 0, 'key');
    const type = typeOfValue(call.evaluation, argument(call, 2, 'type_')) ?? NULL_TYPE;
    const value = argument(call, 1, 'value');
    if (name === null && value !== undefined)
      return element({ ...literal(value, { name: null, type }), at: call.at });
    if (typeof name !== 'string') return null;
    const expanding = constantArgument(call, 99, 'expanding') === true ? 'open' : null;
    return element({
      ...bind(name, type, call.at),
      unique: constantArgument(call, 99, 'unique') === true,
      expanding,
    });
  },
};

/** Whether it is a type of the workspace that says itself what its operators print. */
function hasOwnOperators(type: Value | undefined): boolean {
  const owner = type?.kind === 'object' ? type.class : type?.kind === 'class' ? type : null;
  return (
    owner?.node.body.some(
      each => (each.kind === 'class' ? each.name.id : assigned(each)) === 'comparator_factory',
    ) ?? false
  );
}

function assigned(statement: Statement): string | null {
  const target = statement.kind === 'assignment' ? statement.targets[0] : undefined;
  return target?.kind === 'name' ? target.id : null;
}
