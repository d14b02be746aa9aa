/** Why an expression has no SQL that is known. */
import type { SourceLocation } from '../model.ts';
import type { Unknown } from '../statement.ts';

type At = SourceLocation | null;

export function notWritten(location: At): Unknown {
  const detail = 'This INSERT does not write the column that from_dml_column() speaks of.';
  return { reason: 'unsupported-construct', detail, location };
}

export function unknownType(name: string | null, location: At): Unknown {
  const what = name === null ? 'A type' : `The type ${name}`;
  return {
    reason: 'unsupported-construct',
    detail: `${what} has no known PostgreSQL name.`,
    location,
  };
}

/** What the methods of a type give is not worked out. */
export function wrapped(name: string | null, location: At): Unknown {
  const detail = `The type ${name} puts SQL of its own around its values.`;
  return { reason: 'unsupported-construct', detail, location };
}

export function holeInText(location: At): Unknown {
  return {
    reason: 'dynamic-sql',
    detail: 'A part of the SQL text is put together while the program runs.',
    location,
  };
}
