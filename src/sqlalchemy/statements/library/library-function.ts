/** What a call of one of SQLAlchemy's functions gives; null where this use of it is not understood. */
import type { Call } from '../evaluation.ts';
import type { Value } from '../value.ts';

export type LibraryFunction = (call: Call) => Value | null;
