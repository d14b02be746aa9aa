/** Subscripts of SQL expressions, by the type of what they look into. */
import type { Expression } from '../../python/syntax.ts';
import type { SourceLocation } from '../model.ts';
import { operandOf } from './coercion.ts';
import { binary, bind, typeOf } from './elements.ts';
import { type Evaluation, located } from './evaluation.ts';
import type { Element } from './ir.ts';
import { literalBeside } from './operations.ts';
import { INTEGER, isJson, NULL_TYPE, STRING } from './sql-type.ts';
import type { Located } from './value.ts';

/** `element[index]` of ARRAY, JSON and HSTORE columns; null where the type has no items. */
export function itemOf(
  evaluation: Evaluation,
  left: Element,
  index: Located,
  at: SourceLocation,
): Element | null {
  const type = typeOf(left);
  if (isJson(type)) {
    if (index.value.kind === 'list') {
      const path = bind(left.kind === 'column' ? left.key : null, NULL_TYPE, index.at);
      return binary(left, 'json-path-getitem', path, { type, at });
    }
    const name = literalBeside(left, 'json-getitem').name;
    return binary(left, 'json-getitem', operandOf(evaluation, index, { name, type: NULL_TYPE }), {
      type,
      at,
    });
  }
  if (type.family === 'hstore') {
    return binary(left, 'hstore-getitem', operandOf(evaluation, index, { name: null, type: STRING }), {
      type: STRING,
      at,
    });
  }
  if (type.family !== 'array') return null;
  const name = literalBeside(left, 'getitem').name;
  return binary(left, 'getitem', operandOf(evaluation, index, { name, type: INTEGER }), {
    type: type.item ?? NULL_TYPE,
    at,
  });
}

type Slice = Expression & { readonly kind: 'slice' };

/** `element[start:stop]` of ARRAY columns; null for anything else. */
export function sliceOf(
  evaluation: Evaluation,
  left: Element,
  { lower, upper, step }: Slice,
  at: SourceLocation,
): Element | null {
  if (typeOf(left).family !== 'array' || lower === null || upper === null || step !== null) return null;
  const { name } = literalBeside(left, 'getitem');
  const [start, stop] = [lower, upper].map(each =>
    operandOf(evaluation, located(evaluation, each), { name, type: INTEGER }),
  );
  if (start === undefined || stop === undefined) return null;
  return binary(left, 'getitem', { kind: 'slice', start, stop, at }, { type: typeOf(left), at });
}
