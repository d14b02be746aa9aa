/** `String(50)` and other types as values of their own; null for a name that is no type. */

import { siteOf } from '../reading/site.ts';
import { readType } from '../types/read-type.ts';
import type { Call } from './evaluation.ts';
import { sqlTypeOf } from './sql-type.ts';
import type { Value } from './value.ts';

export function classType(call: Call, name: string): Value | null {
  const { evaluation, node } = call;
  const own = /^(?:postgresql\.|sqlite\.)?(\w+)$/.exec(name);
  const last = own?.[1] ?? '';
  if (!/^[A-Z]/.test(last) || last === 'Column' || last === 'Table') return null;
  const read = readType(node, siteOf(evaluation.file, evaluation.names), null);
  return read === null ? null : { kind: 'type', type: sqlTypeOf(read.text, read.sql, read.wraps) };
}
