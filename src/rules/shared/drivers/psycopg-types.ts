/** The types that psycopg 3 says its values have, as `test/drivers` finds them. */
import type { GivenValue } from '../../../sqlalchemy/given-value.ts';

/** A number is sent as the smallest type that holds it; a text without a type, so that PostgreSQL takes it for any. */
const types: Readonly<Record<string, string>> = {
  'builtins.int': 'smallint',
  'builtins.bool': 'boolean',
  'builtins.float': 'double precision',
  'builtins.bytes': 'bytea',
  'decimal.Decimal': 'numeric',
  'uuid.UUID': 'uuid',
  'datetime.date': 'date',
  'datetime.time': 'time without time zone',
  'datetime.timedelta': 'interval',
};

/** Null where it sends none, where the value is not known, and where calls send values of several types. */
export function psycopgType(values: readonly GivenValue[]): string | null {
  const [first, ...others] = values.map(typeOf);
  return first !== undefined && others.every(each => each === first) ? first : null;
}

function typeOf({ class: name, aware }: GivenValue): string | null {
  if (name !== 'datetime.datetime') return types[name ?? ''] ?? null;
  if (aware === null) return null;
  return aware ? 'timestamp with time zone' : 'timestamp without time zone';
}
