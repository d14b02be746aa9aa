/** Types given as values: `String`, `Numeric(10, 2)`, `postgresql.JSONB`, types of the workspace. */

import { siteOf } from '../reading/site.ts';
import { readType } from '../types/read-type.ts';
import type { Evaluation } from './evaluation.ts';
import { arrayOf, type SqlType, sqlTypeOf } from './sql-type.ts';
import type { Located } from './value.ts';

/** Null where the type is missing or cannot be read. */
export function typeOfValue(evaluation: Evaluation, given: Located | undefined): SqlType | null {
  if (given === undefined) return null;
  if (given.value.kind === 'type') return given.value.type;
  const read = readType(given.node, siteOf(evaluation.file, evaluation.names), null);
  if (read === null) return null;
  const type = sqlTypeOf(read.text, read.sql, read.wraps);
  return type.family === 'array' && type.item === null ? arrayOf(type) : type;
}
