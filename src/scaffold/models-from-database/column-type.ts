/** A column's type as Python: what stands in `Mapped[…]`, and the argument where that does not say it all. */
import type { DatabaseSchema, Domain } from '../../schema/schema.ts';
import { typeKey } from '../../schema/type-key.ts';
import { keyword, sqlLiteral, stringLiteral } from '../migration/python-literal.ts';
import { typeCode } from '../migration/type-code.ts';
import { pascalOf } from '../names.ts';
import { type Code, call } from '../python-code/layout.ts';
import type { PlannedEnum } from './database-plan.ts';
import type { ModulePlace, ModuleScope } from './module-scope.ts';
import { namedType } from './named-type.ts';

export interface ColumnTypes {
  readonly schema: DatabaseSchema;
  readonly enums: readonly PlannedEnum[];
  /** Where enums, their helper and types of the project's own are defined. */
  readonly shared: ModulePlace;
  /** The function that makes SQLAlchemy store an enum's values. */
  readonly enumValues: { readonly name: string; readonly place: ModulePlace };
  /** True where the base takes `datetime` for a time with its zone. */
  readonly mapsDatetime: boolean;
  /** Types that SQLAlchemy has no class for: by the class that is written for each. */
  readonly unknown: Map<string, string>;
}

export interface TypeParts {
  /** Imports what it names when it is asked for. */
  readonly annotation: () => string;
  /** Null where the annotation alone says the type. */
  readonly argument: Code | null;
}

export function columnType(type: string, types: ColumnTypes, scope: ModuleScope): TypeParts {
  const dimensions = /(?:\[\d*\])+$/.exec(type)?.[0].replace(/\d/g, '').length ?? 0;
  if (dimensions === 0) return scalarType(type, types, scope);
  const element = scalarType(type.replace(/(?:\[\d*\])+$/, ''), types, scope);
  const depth = dimensions / 2;
  const array = scope.use('sqlalchemy.dialects.postgresql', 'ARRAY');
  return {
    annotation: () => `${'list['.repeat(depth)}${element.annotation()}${']'.repeat(depth)}`,
    argument: call(
      array,
      element.argument ?? typeArgument(type, types, scope),
      ...(depth > 1 ? [`dimensions=${depth}`] : []),
    ),
  };
}

function scalarType(type: string, types: ColumnTypes, scope: ModuleScope): TypeParts {
  const found = namedType(type, types.schema.enums);
  const planned = types.enums.find(each => each.type === found);
  if (planned) return enumType(planned, types, scope);
  const domain = namedType(type, types.schema.domains ?? []);
  if (domain) return domainType(domain, types, scope);
  const name = nameOf(type);
  const annotation = (): string => annotations[name]?.(scope) ?? scope.use('typing', 'Any');
  const plain = name === moment(types) || saidByAnnotation.has(typeKey(type));
  return { annotation, argument: plain ? null : typeArgument(type, types, scope) };
}

/** The type with its zone, without sizes. */
function nameOf(type: string): string {
  return typeKey(type).replace(/\([\d,]*\)/, '');
}

function moment({ mapsDatetime }: ColumnTypes): string {
  return mapsDatetime ? 'timestamp with time zone' : 'timestamp without time zone';
}

const saidByAnnotation: ReadonlySet<string> = new Set([
  'integer',
  'boolean',
  'date',
  'double precision',
  'uuid',
]);

type Annotation = (scope: ModuleScope) => string;

const same =
  (name: string): Annotation =>
  () =>
    name;
const from =
  (module: string, name: string): Annotation =>
  scope =>
    scope.use(module, name);
const range =
  (of: Annotation): Annotation =>
  scope =>
    `${scope.use('sqlalchemy.dialects.postgresql', 'Range')}[${of(scope)}]`;
const ranges =
  (of: Annotation): Annotation =>
  scope =>
    `${scope.use('collections.abc', 'Sequence')}[${range(of)(scope)}]`;
const decimal = from('decimal', 'Decimal');
const date = from('datetime', 'date');
const datetime = from('datetime', 'datetime');

const annotations: Readonly<Record<string, Annotation>> = {
  ...Object.fromEntries('smallint integer bigint oid'.split(' ').map(name => [name, same('int')])),
  ...Object.fromEntries(
    'text citext inet cidr macaddr macaddr8 money tsvector tsquery regclass regconfig jsonpath'
      .split(' ')
      .map(name => [name, same('str')]),
  ),
  character: same('str'),
  'character varying': same('str'),
  real: same('float'),
  'double precision': same('float'),
  boolean: same('bool'),
  bytea: same('bytes'),
  hstore: same('dict[str, str | None]'),
  numeric: decimal,
  date,
  'timestamp with time zone': datetime,
  'timestamp without time zone': datetime,
  'time with time zone': from('datetime', 'time'),
  'time without time zone': from('datetime', 'time'),
  interval: from('datetime', 'timedelta'),
  uuid: from('uuid', 'UUID'),
  int4range: range(same('int')),
  int8range: range(same('int')),
  numrange: range(decimal),
  daterange: range(date),
  tsrange: range(datetime),
  tstzrange: range(datetime),
  int4multirange: ranges(same('int')),
  int8multirange: ranges(same('int')),
  nummultirange: ranges(decimal),
  datemultirange: ranges(date),
  tsmultirange: ranges(datetime),
  tstzmultirange: ranges(datetime),
};

/** A scalar type as an argument, whatever the annotation says. */
export function typeArgument(type: string, types: ColumnTypes, scope: ModuleScope): Code {
  const element = type.replace(/(?:\[\d*\])+$/, '');
  let known = true;
  const code = typeCode(element, { style: scope.style, schemas: [], unknown: () => (known = false) });
  if (!known) return ownType(element, types, scope);
  if (typeof code !== 'string' && code.open.startsWith('pgvector.')) scope.useModule('pgvector.sqlalchemy');
  return scope.imported(code);
}

/** A class that is written for it. */
function ownType(type: string, types: ColumnTypes, scope: ModuleScope): Code {
  const name = types.unknown.get(type) ?? `${pascalOf(type)}Type`;
  types.unknown.set(type, name);
  return scope.own(name, types.shared);
}

function enumType(
  { type, name }: PlannedEnum,
  { shared, enumValues }: ColumnTypes,
  scope: ModuleScope,
): TypeParts {
  const { style } = scope;
  const local = scope.own(name, shared);
  const argument = call(
    scope.sqlalchemy('Enum'),
    local,
    keyword('name', stringLiteral(type.name, style)),
    ...(type.schema === null ? [] : [keyword('schema', stringLiteral(type.schema, style))]),
    keyword('values_callable', scope.own(enumValues.name, enumValues.place)),
  );
  return { annotation: () => local, argument };
}

function domainType(domain: Domain, types: ColumnTypes, scope: ModuleScope): TypeParts {
  const { style } = scope;
  const inner = columnType(domain.type, types, scope);
  const [first, ...more] = domain.checks;
  const option = (name: string, value: Code | null): readonly Code[] =>
    value === null ? [] : [keyword(name, value)];
  const check =
    more.length === 0
      ? (first?.expression ?? null)
      : domain.checks.map(each => `(${each.expression})`).join(' AND ');
  const argument = call(
    scope.use('sqlalchemy.dialects.postgresql', 'DOMAIN'),
    stringLiteral(domain.name, style),
    inner.argument ?? typeArgument(domain.type, types, scope),
    ...option('schema', domain.schema === null ? null : stringLiteral(domain.schema, style)),
    ...option('constraint_name', first?.name && more.length === 0 ? stringLiteral(first.name, style) : null),
    ...option('not_null', domain.nullable ? null : 'True'),
    ...option('check', check === null ? null : sqlLiteral(check, style)),
    ...option(
      'default',
      domain.default === null ? null : call(scope.sqlalchemy('text'), sqlLiteral(domain.default, style)),
    ),
  );
  return { annotation: inner.annotation, argument };
}
