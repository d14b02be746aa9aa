/** Columns, constraints and indexes of PostgreSQL's parse tree as the schema's data. */
import { quoteIdentifier, quoteQualified } from '../../schema/identifier.ts';
import type { Check, Column, ForeignKey, Index, Key, Table } from '../../schema/schema.ts';
import type { ByteOffsetMap } from '../../sql/byte-offsets.ts';
import type { SqlNode, SqlStatement } from '../../sql/parser.ts';
import {
  bracketedParts,
  clauseAfter,
  expressionFrom,
  offsetAfterWord,
  type SqlSource,
} from '../../sql/source-text.ts';
import type { TableName } from '../directives/operation.ts';

type NodeOf<Kind extends string> =
  Extract<SqlNode, { readonly [K in Kind]: unknown }> extends { readonly [K in Kind]: infer Value }
    ? Value
    : never;
export type ColumnDef = NodeOf<'ColumnDef'>;
export type Constraint = NodeOf<'Constraint'>;
type IndexStmt = NodeOf<'IndexStmt'>;
type RangeVar = NodeOf<'RangeVar'>;
type TypeName = NodeOf<'TypeName'>;

export interface SqlContext {
  readonly source: SqlSource;
  readonly offsetOf: ByteOffsetMap;
}

export function tableName(relation: RangeVar | undefined): TableName {
  return { schema: relation?.schemaname ?? null, name: relation?.relname ?? '' };
}

/** The strings of a list of names. */
export function strings(nodes: readonly SqlNode[] | undefined): string[] {
  return (nodes ?? []).flatMap(node => ('String' in node ? [node.String.sval ?? ''] : []));
}

/** `schema.name` or `name` from a qualified list. */
export function qualified(nodes: readonly SqlNode[] | undefined): TableName {
  const parts = strings(nodes);
  return { schema: parts.length > 1 ? (parts.at(-2) ?? null) : null, name: parts.at(-1) ?? '' };
}

/** PostgreSQL's internal names of types, as its DDL writes them. */
const typeNames: Readonly<Record<string, string>> = {
  int2: 'SMALLINT',
  int4: 'INTEGER',
  int8: 'BIGINT',
  float4: 'REAL',
  float8: 'DOUBLE PRECISION',
  bool: 'BOOLEAN',
  varchar: 'VARCHAR',
  bpchar: 'CHAR',
  numeric: 'NUMERIC',
  timestamptz: 'TIMESTAMP WITH TIME ZONE',
  timestamp: 'TIMESTAMP WITHOUT TIME ZONE',
  timetz: 'TIME WITH TIME ZONE',
  time: 'TIME WITHOUT TIME ZONE',
  varbit: 'BIT VARYING',
};

/** Types that are written like any other name, and in capitals by SQLAlchemy. */
const plainTypes: ReadonlySet<string> = new Set(
  `text uuid json jsonb bytea date inet cidr macaddr citext serial bigserial smallserial serial4 serial8 tsvector tsquery xml
  money oid hstore point line box path polygon circle int4range int8range numrange tsrange tstzrange daterange name`.split(
    /\s+/,
  ),
);

export function typeText(type: TypeName | undefined): string {
  const parts = strings(type?.names);
  const internal = parts[0] === 'pg_catalog';
  const name = parts.at(-1) ?? '';
  const builtIn = internal || (parts.length === 1 && (name in typeNames || plainTypes.has(name)));
  const schema = parts.length > 1 ? (parts[0] ?? null) : null;
  const base = builtIn ? (typeNames[name] ?? name.toUpperCase()) : quoteQualified(schema, name);
  const modifiers = internal && name === 'interval' ? [] : (type?.typmods ?? []).flatMap(integerOf);
  const brackets = '[]'.repeat(type?.arrayBounds?.length ?? 0);
  const plainChar = internal && name === 'bpchar' && modifiers[0] === 1;
  const [head = base, ...tail] = base.split(' ');
  if (modifiers.length === 0 || plainChar) return `${base}${brackets}`;
  const withModifiers = /^(?:TIMESTAMP|TIME)$/.test(head)
    ? [`${head}(${modifiers})`, ...tail].join(' ')
    : `${base}(${modifiers.join(', ')})`;
  return `${withModifiers}${brackets}`;
}

function integerOf(node: SqlNode): number[] {
  return 'A_Const' in node && node.A_Const.ival ? [node.A_Const.ival.ival ?? 0] : [];
}

export function emptyTable(name: TableName): Table {
  return {
    ...name,
    columns: [],
    primaryKey: null,
    uniques: [],
    foreignKeys: [],
    checks: [],
    indexes: [],
    comment: null,
  };
}

/** The table with a column and the constraints written inside of it. */
export function withColumn(table: Table, definition: ColumnDef, context: SqlContext): Table {
  const name = definition.colname ?? '';
  const constraints = (definition.constraints ?? []).flatMap(node =>
    'Constraint' in node ? [node.Constraint] : [],
  );
  const find = (type: Constraint['contype']) => constraints.find(each => each.contype === type);
  const byDefault = find('CONSTR_DEFAULT');
  const identity = find('CONSTR_IDENTITY');
  const generated = find('CONSTR_GENERATED');
  const generatedText = generated && constraintExpression(generated, context);
  const column: Column = {
    name,
    type: typeText(definition.typeName),
    nullable:
      !find('CONSTR_NOTNULL') &&
      !find('CONSTR_PRIMARY') &&
      !identity &&
      !/SERIAL$/.test(typeText(definition.typeName)),
    default: byDefault ? defaultText(byDefault, context) : null,
    identity: identity ? (identity.generated_when === 'a' ? 'always' : 'by-default') : null,
    computed: generatedText ? { expression: generatedText, stored: true } : null,
    comment: null,
  };
  const added: Table = { ...table, columns: [...table.columns.filter(each => each.name !== name), column] };
  return constraints.reduce(
    (before, constraint) => withConstraint(before, constraint, context, [name]),
    added,
  );
}

function defaultText(constraint: Constraint, { source, offsetOf }: SqlContext): string | null {
  const after = offsetAfterWord(source, 'default', offsetOf(constraint.location ?? 0));
  return after === null ? null : expressionFrom(source, after);
}

function constraintExpression(constraint: Constraint, { source, offsetOf }: SqlContext): string | null {
  return bracketedParts(source, offsetOf(constraint.location ?? 0))?.join(', ') ?? null;
}

/** `own` is the column that a constraint is written in. Other kinds (NOT NULL, DEFAULT) leave the table as it is. */
export function withConstraint(
  table: Table,
  constraint: Constraint,
  context: SqlContext,
  own: readonly string[] = [],
): Table {
  const name = constraint.conname ?? null;
  const given = strings(constraint.keys);
  const index =
    constraint.indexname === undefined
      ? null
      : table.indexes.find(each => each.name === constraint.indexname);
  const columns = given.length > 0 ? given : index ? index.elements : own;
  const rest = index ? { ...table, indexes: table.indexes.filter(each => each !== index) } : table;
  const key: Key = { name, columns };
  switch (constraint.contype) {
    case 'CONSTR_PRIMARY':
      return {
        ...rest,
        primaryKey: key,
        columns: rest.columns.map(column =>
          columns.includes(column.name) ? { ...column, nullable: false } : column,
        ),
      };
    case 'CONSTR_UNIQUE':
      return { ...rest, uniques: [...rest.uniques, key] };
    case 'CONSTR_FOREIGN':
      return { ...rest, foreignKeys: [...rest.foreignKeys, foreignKey(constraint, own)] };
    case 'CONSTR_CHECK': {
      const expression = constraintExpression(constraint, context);
      const check: Check | null = expression === null ? null : { name, expression };
      return check ? { ...rest, checks: [...rest.checks, check] } : rest;
    }
    default:
      return table;
  }
}

const actions: Readonly<Record<string, string>> = {
  c: 'CASCADE',
  n: 'SET NULL',
  d: 'SET DEFAULT',
  r: 'RESTRICT',
};

function foreignKey(constraint: Constraint, own: readonly string[]): ForeignKey {
  const columns = strings(constraint.fk_attrs);
  const target = tableName(constraint.pktable);
  return {
    name: constraint.conname ?? null,
    columns: columns.length > 0 ? columns : own,
    targetSchema: target.schema,
    targetTable: target.name,
    targetColumns: strings(constraint.pk_attrs),
    onDelete: actions[constraint.fk_del_action ?? ''] ?? null,
    onUpdate: actions[constraint.fk_upd_action ?? ''] ?? null,
  };
}

/** Elements as written, so that expressions, operator classes and sort orders stay. */
export function indexOf(statement: IndexStmt, range: SqlStatement, { source, offsetOf }: SqlContext): Index {
  const table = offsetOf(statement.relation?.location ?? 0);
  const written = bracketedParts(source, table) ?? [];
  const elements = (statement.indexParams ?? []).map((node, position) => {
    const element = 'IndexElem' in node ? node.IndexElem : {};
    const plain = element.name !== undefined && !element.opclass && element.ordering === 'SORTBY_DEFAULT';
    return plain && element.name !== undefined ? quoteIdentifier(element.name) : (written[position] ?? '');
  });
  const including = (statement.indexIncludingParams ?? []).flatMap(node =>
    'IndexElem' in node ? (node.IndexElem.name ?? []) : [],
  );
  const method = statement.accessMethod ?? 'btree';
  return {
    name: statement.idxname ?? null,
    elements,
    unique: statement.unique ?? false,
    method: method === 'btree' ? null : method,
    where: statement.whereClause ? clauseAfter(source, 'where', range) : null,
    include: including,
  };
}
