/**
 * SQLAlchemy's types by name, each as its PostgreSQL type compiler prints it. Types that hold others or need a
 * class of the workspace (ARRAY, Enum, TypeDecorator) are in files of their own.
 */
import { quoteQualified } from '../../schema/identifier.ts';
import type { Constant } from '../reading/site.ts';

/** Arguments of a type by name: undefined where not given. */
export type TypeArguments = Readonly<Record<string, Constant | undefined>>;

export interface TypeRow {
  /** Parameters by position. */
  readonly parameters: readonly string[];
  render(given: TypeArguments): string | null;
}

const lengthTypes: Readonly<Record<string, string>> = {
  String: 'VARCHAR',
  VARCHAR: 'VARCHAR',
  Unicode: 'VARCHAR',
  AutoString: 'VARCHAR',
  NVARCHAR: 'NVARCHAR',
  CHAR: 'CHAR',
  NCHAR: 'NCHAR',
  Text: 'TEXT',
  TEXT: 'TEXT',
  UnicodeText: 'TEXT',
  CLOB: 'CLOB',
};

const numericTypes: Readonly<Record<string, string>> = {
  Numeric: 'NUMERIC',
  NUMERIC: 'NUMERIC',
  DECIMAL: 'DECIMAL',
};

const plainTypes: Readonly<Record<string, string>> = {
  Integer: 'INTEGER',
  INTEGER: 'INTEGER',
  INT: 'INTEGER',
  SmallInteger: 'SMALLINT',
  SMALLINT: 'SMALLINT',
  BigInteger: 'BIGINT',
  BIGINT: 'BIGINT',
  Boolean: 'BOOLEAN',
  BOOLEAN: 'BOOLEAN',
  Date: 'DATE',
  DATE: 'DATE',
  Double: 'DOUBLE PRECISION',
  DOUBLE: 'DOUBLE',
  DOUBLE_PRECISION: 'DOUBLE PRECISION',
  REAL: 'REAL',
  LargeBinary: 'BYTEA',
  BYTEA: 'BYTEA',
  PickleType: 'BYTEA',
  BLOB: 'BLOB',
  JSON: 'JSON',
  JSONB: 'JSONB',
  UUID: 'UUID',
  JSONPATH: 'JSONPATH',
  INET: 'INET',
  CIDR: 'CIDR',
  MACADDR: 'MACADDR',
  MACADDR8: 'MACADDR8',
  MONEY: 'MONEY',
  OID: 'OID',
  REGCLASS: 'REGCLASS',
  REGCONFIG: 'REGCONFIG',
  TSVECTOR: 'TSVECTOR',
  TSQUERY: 'TSQUERY',
  HSTORE: 'HSTORE',
  CITEXT: 'CITEXT',
  INT4RANGE: 'INT4RANGE',
  INT8RANGE: 'INT8RANGE',
  NUMRANGE: 'NUMRANGE',
  DATERANGE: 'DATERANGE',
  TSRANGE: 'TSRANGE',
  TSTZRANGE: 'TSTZRANGE',
  INT4MULTIRANGE: 'INT4MULTIRANGE',
  INT8MULTIRANGE: 'INT8MULTIRANGE',
  NUMMULTIRANGE: 'NUMMULTIRANGE',
  DATEMULTIRANGE: 'DATEMULTIRANGE',
  TSMULTIRANGE: 'TSMULTIRANGE',
  TSTZMULTIRANGE: 'TSTZMULTIRANGE',
  MatchType: 'BOOLEAN',
};

const rows: ReadonlyMap<string, TypeRow> = new Map([
  ...Object.entries(plainTypes).map(([name, sql]) => row(name, [], () => sql)),
  ...Object.entries(lengthTypes).map(([name, sql]) =>
    row(name, ['length', 'collation', 'collation_schema'], given => collated(sized(sql, given), given)),
  ),
  ...Object.entries(numericTypes).map(([name, sql]) =>
    row(name, ['precision', 'scale'], given => numeric(sql, given)),
  ),
  row('Float', ['precision'], ({ precision }) => (precision ? `FLOAT(${precision})` : 'FLOAT')),
  row('FLOAT', ['precision'], ({ precision }) => (precision ? `FLOAT(${precision})` : 'FLOAT')),
  ...['DateTime', 'DATETIME', 'TIMESTAMP'].map(name =>
    row(name, ['timezone', 'precision'], given => zoned('TIMESTAMP', given)),
  ),
  ...['Time', 'TIME'].map(name => row(name, ['timezone', 'precision'], given => zoned('TIME', given))),
  row('Interval', ['native', 'second_precision', 'day_precision'], ({ second_precision: precision }) =>
    interval(null, precision),
  ),
  row('INTERVAL', ['precision', 'fields'], ({ precision, fields }) => interval(fields, precision)),
  row('Uuid', ['as_uuid', 'native_uuid'], ({ native_uuid: native }) =>
    native === false ? 'CHAR(32)' : 'UUID',
  ),
  row('BIT', ['length', 'varying'], bit),
  row('BINARY', ['length'], given => sized('BINARY', given)),
  row('VARBINARY', ['length'], given => sized('VARBINARY', given)),
]);

/** Types of SQLAlchemy-Utils that have no arguments which change their DDL. */
const utilsTypes: Readonly<Record<string, string>> = {
  ArrowType: 'TIMESTAMP WITHOUT TIME ZONE',
  CountryType: 'VARCHAR(2)',
  CurrencyType: 'VARCHAR(3)',
  DateRangeType: 'DATERANGE',
  DateTimeRangeType: 'TSRANGE',
  EncryptedType: 'BYTEA',
  EnrichedDateTimeType: 'TIMESTAMP WITHOUT TIME ZONE',
  EnrichedDateType: 'DATE',
  Int8RangeType: 'INT8RANGE',
  IntRangeType: 'INT4RANGE',
  JSONType: 'JSON',
  LocaleType: 'VARCHAR(10)',
  LtreeType: 'LTREE',
  NumericRangeType: 'NUMRANGE',
  PasswordType: 'BYTEA',
  ScalarListType: 'TEXT',
  TimezoneType: 'VARCHAR(50)',
  TSVectorType: 'TSVECTOR',
  URLType: 'TEXT',
};

const utilsRows: ReadonlyMap<string, TypeRow> = new Map([
  ...Object.entries(utilsTypes).map(([name, sql]) => row(name, [], () => sql)),
  row('ColorType', ['max_length'], ({ max_length: length }) => `VARCHAR(${length ?? 20})`),
  row('EmailType', ['length'], ({ length }) => `VARCHAR(${length ?? 255})`),
  row('IPAddressType', ['max_length'], ({ max_length: length }) => `VARCHAR(${length ?? 50})`),
  row('PhoneNumberType', ['region', 'max_length'], ({ max_length: length }) => `VARCHAR(${length ?? 20})`),
  row('UUIDType', ['binary', 'native'], ({ native }) => (native === false ? null : 'UUID')),
]);

/** The type of SQLAlchemy-Utils as a type; undefined for a name that is none of its types. */
export function utilsType(name: string): TypeRow | undefined {
  return utilsRows.get(name);
}

/** One of SQLAlchemy's own types; undefined for a name that is none of them. */
export function typeRow(name: string): TypeRow | undefined {
  return rows.get(name);
}

/** Null where the type is not in the table. */
export function renderTypeDdl(name: string, given: TypeArguments): string | null {
  return rows.get(name)?.render(given) ?? null;
}

function row(name: string, parameters: readonly string[], render: TypeRow['render']): [string, TypeRow] {
  return [name, { parameters, render }];
}

function sized(sql: string, { length }: TypeArguments): string {
  return length === undefined || length === null ? sql : `${sql}(${length})`;
}

function collated(sql: string, { collation, collation_schema: schema }: TypeArguments): string {
  if (typeof collation !== 'string') return sql;
  return `${sql} COLLATE ${quoteQualified(typeof schema === 'string' ? schema : null, collation)}`;
}

function numeric(sql: string, { precision, scale }: TypeArguments): string {
  if (precision === undefined || precision === null) return sql;
  return scale === undefined || scale === null ? `${sql}(${precision})` : `${sql}(${precision}, ${scale})`;
}

function zoned(sql: string, { timezone, precision }: TypeArguments): string {
  const digits = precision === undefined || precision === null ? '' : `(${precision})`;
  return `${sql}${digits} ${timezone ? 'WITH' : 'WITHOUT'} TIME ZONE`;
}

function interval(fields: Constant | undefined, precision: Constant | undefined): string {
  const range = typeof fields === 'string' ? ` ${fields}` : '';
  return precision === undefined || precision === null
    ? `INTERVAL${range}`
    : `INTERVAL${range} (${precision})`;
}

function bit({ length, varying }: TypeArguments): string {
  if (varying) return length === undefined ? 'BIT VARYING' : `BIT VARYING(${length})`;
  return `BIT(${length ?? 1})`;
}
