/** A column type of PostgreSQL's DDL as the SQLAlchemy type that a revision writes for it. */
import type { DatabaseSchema, EnumType } from '../../schema/schema.ts';
import { isSameName } from '../../schema/schema-change.ts';
import { nameOfType, typeKey } from '../../schema/type-key.ts';
import type { CodeStyle } from '../project-facts.ts';
import { type Code, call } from '../python-code/layout.ts';
import { keyword, stringLiteral } from './python-literal.ts';

export interface TypeContext {
  readonly style: CodeStyle;
  /** Where the values of enums are looked up: the schema that the code brings about, then the other one. */
  readonly schemas: readonly DatabaseSchema[];
  /** Hears of a type that no code can be written for. */
  readonly unknown: (type: string) => void;
}

const plain: Readonly<Record<string, string>> = {
  smallint: 'sa.SmallInteger',
  integer: 'sa.Integer',
  bigint: 'sa.BigInteger',
  real: 'sa.REAL',
  'double precision': 'sa.Double',
  numeric: 'sa.Numeric',
  'character varying': 'sa.String',
  text: 'sa.Text',
  bytea: 'sa.LargeBinary',
  boolean: 'sa.Boolean',
  date: 'sa.Date',
  interval: 'sa.Interval',
  uuid: 'sa.Uuid',
  json: 'sa.JSON',
  'timestamp without time zone': 'sa.DateTime',
  'time without time zone': 'sa.Time',
};

const zoned: Readonly<Record<string, string>> = {
  'timestamp with time zone': 'sa.DateTime',
  'time with time zone': 'sa.Time',
};

/** Types of SQLAlchemy's PostgreSQL dialect whose names are PostgreSQL's in capitals. */
const ofDialect: ReadonlySet<string> = new Set(
  `jsonb jsonpath inet cidr macaddr macaddr8 money oid regclass regconfig tsvector tsquery hstore citext int4range int8range
  numrange daterange tsrange tstzrange int4multirange int8multirange nummultirange datemultirange tsmultirange
  tstzmultirange`.split(/\s+/),
);

export function typeCode(type: string, context: TypeContext): Code {
  const key = typeKey(type);
  const array = /^(.*?)((?:\[\])+)$/.exec(key);
  if (array) return arrayCode(type, (array[2] ?? '').length / 2, context);
  const [, name = key, sizes, zone = ''] =
    /^(.*?)(?:\(([\d,]+)\))?((?: with| without) time zone)?$/.exec(key) ?? [];
  // The key puts sizes behind the whole name: `timestamp with time zone(3)`.
  return sizes === undefined
    ? unsizedCode(type, `${name}${zone}`, context)
    : sizedCode(type, name, sizes, context);
}

function arrayCode(type: string, dimensions: number, context: TypeContext): Code {
  const inner = typeCode(type.replace(/(?:\[\d*\])+\s*$/, ''), context);
  const more = dimensions > 1 ? [`dimensions=${dimensions}`] : [];
  return call('postgresql.ARRAY', inner, ...more);
}

function unsizedCode(type: string, name: string, context: TypeContext): Code {
  const known = plain[name];
  if (known !== undefined) return call(known);
  const withZone = zoned[name];
  if (withZone !== undefined) return call(withZone, 'timezone=True');
  if (ofDialect.has(name)) return call(`postgresql.${name.toUpperCase()}`);
  if (name === 'bit varying') return call('postgresql.BIT', 'varying=True');
  const found = enumNamed(type, context);
  if (found) return enumCode(found, context.style, ['create_type=False']);
  context.unknown(type);
  return call('sa.types.NullType');
}

function sizedCode(type: string, name: string, sizes: string, context: TypeContext): Code {
  const [first = '', second] = sizes.split(',');
  switch (name) {
    case 'character varying':
      return call('sa.String', `length=${first}`);
    case 'character':
      return call('sa.CHAR', `length=${first}`);
    case 'numeric':
      return call('sa.Numeric', `precision=${first}`, ...(second === undefined ? [] : [`scale=${second}`]));
    case 'bit':
      return call('postgresql.BIT', `length=${first}`);
    case 'bit varying':
      return call('postgresql.BIT', `length=${first}`, 'varying=True');
    case 'interval':
      return call('postgresql.INTERVAL', `precision=${first}`);
    case 'vector':
      return call('pgvector.sqlalchemy.Vector', first);
  }
  const moment = /^(timestamp|time) (with|without) time zone$/.exec(name);
  if (moment) {
    const [, kind = '', zone] = moment;
    const timezone = zone === 'with' ? ['timezone=True'] : [];
    return call(`postgresql.${kind.toUpperCase()}`, ...timezone, `precision=${first}`);
  }
  context.unknown(type);
  return call('sa.types.NullType');
}

/** With its values, as offline mode needs them; `more` are further arguments. */
export function enumCode(type: EnumType, style: CodeStyle, more: readonly string[] = []): Code {
  return call(
    'postgresql.ENUM',
    ...type.values.map(value => stringLiteral(value, style)),
    keyword('name', stringLiteral(type.name, style)),
    ...(type.schema === null ? [] : [keyword('schema', stringLiteral(type.schema, style))]),
    ...more,
  );
}

function enumNamed(type: string, { schemas }: TypeContext): EnumType | undefined {
  const name = nameOfType(type);
  if (name === null) return undefined;
  const enums = schemas.flatMap(schema => schema.enums);
  return enums.find(each => isSameName(each, name)) ?? enums.find(each => each.name === name.name);
}
