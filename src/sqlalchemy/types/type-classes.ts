/** Which of SQLAlchemy's type classes the type of a column is an instance of. */
import type { SqlType } from './sql-type.ts';

/** Classes with those above them, as in `sqlalchemy.types`; dialects' own and ones that are spelt alike stand apart. */
const above: Readonly<Record<string, string>> = {
  String: '',
  Text: 'String',
  TEXT: 'Text String',
  Unicode: 'String',
  UnicodeText: 'Text String',
  VARCHAR: 'String',
  CHAR: 'String',
  Integer: '',
  INTEGER: 'Integer',
  SmallInteger: 'Integer',
  SMALLINT: 'SmallInteger Integer',
  BigInteger: 'Integer',
  BIGINT: 'BigInteger Integer',
  Boolean: '',
  BOOLEAN: 'Boolean',
  DateTime: '',
  TIMESTAMP: 'DateTime',
  DATETIME: 'DateTime',
  Date: '',
  DATE: 'Date',
  Time: '',
  LargeBinary: '',
  Uuid: '',
  UUID: 'Uuid',
  'postgresql.JSONB': 'JSON postgresql.JSON',
};

/** `asked` as the references name it: `DateTime`, `postgresql.JSONB`. Null where either is not known well enough. */
export function isOfType({ name, affinity }: SqlType, asked: string): boolean | null {
  const own = classNamed(name);
  const other = classNamed(asked);
  // What a project wraps is an instance of its own class, under whatever name.
  if (own === null || other === null || affinity !== name) return null;
  return own === other || (above[own] ?? '').split(' ').includes(other);
}

function classNamed(name: string): string | null {
  const found = [name, name.replace('postgresql.', ''), `postgresql.${name}`].find(each => each in above);
  return found ?? null;
}
