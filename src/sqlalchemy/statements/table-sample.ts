/** `tablesample(orders, func.bernoulli(1), name="s", seed=…)`: another name for a table, of which some rows are read. */
import { literal } from './coercion.ts';
import { argument, type Call, constantArgument } from './evaluation.ts';
import { aliasOf } from './from-values.ts';
import type { FromElement, TableSample } from './ir.ts';
import { NULL_TYPE } from './sql-type.ts';
import type { Located, Value } from './value.ts';

/** The call as that of the method: without what is read. Null where an argument is not understood. */
export function sampleOf(from: FromElement, call: Call): Value | null {
  const sampling = argument(call, 0, 'sampling');
  const method = sampling === undefined ? null : methodOf(sampling);
  const seed = argument(call, 2, 'seed');
  if (method === null || (seed !== undefined && seed.value.kind !== 'element')) return null;
  const name = constantArgument(call, 1, 'name');
  const alias = aliasOf(from, typeof name === 'string' ? name : null, call.at);
  const tablesample = { method, seed: seed?.value.kind === 'element' ? seed.value.element : null };
  return { kind: 'from', from: { ...alias, tablesample } };
}

/** A number is a percentage of the method SYSTEM. */
function methodOf(sampling: Located): TableSample['method'] | null {
  const { value, at } = sampling;
  if (value.kind === 'element') return value.element.kind === 'function' ? value.element : null;
  if (value.kind !== 'constant' && value.kind !== 'python') return null;
  const percentage = literal(sampling, { name: 'system', type: NULL_TYPE });
  const name = 'system';
  const made = { kind: 'function', name, packages: [], arguments: [percentage], bare: false, at } as const;
  return { ...made, type: NULL_TYPE };
}
