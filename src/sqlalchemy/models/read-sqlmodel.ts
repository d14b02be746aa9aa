/** Fields of a SQLModel class: annotations decide, `Field(…)` adds; every field is a column. */
import type { Expression } from '../../python/syntax.ts';
import { argumentsOf } from '../reading/arguments.ts';
import { argumentsAt } from '../reading/arguments-at.ts';
import { isEnumClass } from '../reading/class-members.ts';
import { constantOf, stringOf, truthy } from '../reading/constants.ts';
import { type LibraryCall, libraryCallOf } from '../reading/library-call.ts';
import { followReference } from '../reading/reference.ts';
import type { Site } from '../reading/site.ts';
import { emptyTypeMap, typeOfAnnotation } from '../types/python-types.ts';
import { type Annotation, readAnnotation } from '../types/read-annotation.ts';
import { readType } from '../types/read-type.ts';
import { type SqlType, sqlType } from '../types/sql-type.ts';
import type { BodyMember } from './class-body.ts';
import { zonedFieldType } from './fit-packages.ts';
import { columnPlace, contradicts, type MemberContext } from './member-columns.ts';
import { type ColumnSettings, finishColumn, readColumnSettings } from './read-column.ts';
import { givesPlainValue, mappedAnnotation, type ReadMember, readMember } from './read-member.ts';

export function readSqlModelMember(member: BodyMember, context: MemberContext): ReadMember {
  const { annotation, value } = member;
  if (!annotation || member.name === 'model_config') return readMember(member, context);
  const found = value && libraryCallOf(value, context.site);
  if (found && found.name !== 'sqlmodel.Field' && found.name !== 'pydantic.Field')
    return readMember(member, context);
  if (
    mappedAnnotation(annotation, context.site).wrapper !== 'none' ||
    isClassVariable(annotation, context.site)
  )
    return readMember(member, context);
  const read = readAnnotation(annotation, context.site);
  const field = found ?? fieldInside(read);
  const settings = fieldSettings(field, read, value, context);
  const column = {
    ...finishColumn(columnPlace(member, annotation, context), settings, undefined),
    contradictsAnnotation: contradicts(read, settings),
  };
  return { attribute: column, columns: [], declared: false, known: isWhole(value, found, context.site) };
}

/** False where a helper function may make a field that could not be read, or not all of it. */
function isWhole(value: Expression | null, field: LibraryCall | null, site: Site): boolean {
  if (value?.kind !== 'call' || field?.call === value) return true;
  if (field === null) {
    const reference = followReference(value.function, site);
    return reference.kind !== 'function' || givesPlainValue(reference);
  }
  const column = argumentsOf(field.call).keywords.get('sa_column');
  const calls = [field.call, ...(column?.kind === 'call' ? [column] : [])];
  return calls.every(each => !argumentsAt(each, field.site).open);
}

function isClassVariable(annotation: Expression, site: Site): boolean {
  if (annotation.kind !== 'subscript') return false;
  const reference = followReference(annotation.value, site);
  return reference.kind === 'library' && reference.name === 'typing.ClassVar';
}

/** `Annotated[int, Field(primary_key=True)]`. */
function fieldInside(annotation: Annotation): LibraryCall | null {
  for (const { expression, site } of annotation.metadata) {
    const found = libraryCallOf(expression, site);
    if (found?.name === 'sqlmodel.Field') return found;
  }
  return null;
}

function fieldSettings(
  field: LibraryCall | null,
  annotation: Annotation,
  value: Expression | null,
  context: MemberContext,
): ColumnSettings {
  const keywords = field ? argumentsOf(field.call).keywords : new Map<string, Expression>();
  const site = field?.site ?? context.site;
  const saColumn = keywords.get('sa_column');
  const column = saColumn && libraryCallOf(saColumn, site);
  if (column?.name === 'Column') return readColumnSettings(column.call, column.site, context.schema);
  const flag = (name: string) => {
    const expression = keywords.get(name);
    const constant = expression && constantOf(expression, site);
    return constant === undefined ? undefined : truthy(constant);
  };
  const primaryKey = flag('primary_key') ?? false;
  const extra = extraSettings(keywords, site, context);
  const target = stringOf(keywords.get('foreign_key'), site);
  const onDelete = stringOf(keywords.get('ondelete'), site) ?? null;
  const fallback =
    keywords.get('default') ??
    keywords.get('default_factory') ??
    (field ? argumentsOf(field.call).positional[0] : value);
  // `None` is no default of a column, and `...` says that a value is required.
  const isNone = fallback?.kind === 'constant' && fallback.value !== 'True' && fallback.value !== 'False';
  return {
    ...extra,
    ...(extra.type ? {} : { type: fieldType(keywords, annotation, site, context) }),
    nullable: flag('nullable') ?? extra.nullable ?? (!primaryKey && annotation.nullable),
    primaryKey,
    unique: flag('unique') ?? extra.unique ?? false,
    index: flag('index') ?? extra.index ?? false,
    foreignKeys:
      target === undefined
        ? extra.foreignKeys
        : [{ name: null, target: { kind: 'text', text: target }, onDelete, onUpdate: null }],
    ...(fallback && !isNone ? { default: site.file.text.slice(fallback.start, fallback.end) } : {}),
  };
}

/** `sa_column_kwargs={…}` and `sa_column_args=[…]` read as the call that SQLModel makes of them. */
function extraSettings(
  keywords: ReadonlyMap<string, Expression>,
  site: Site,
  context: MemberContext,
): ColumnSettings {
  const options = keywords.get('sa_column_kwargs');
  const items = keywords.get('sa_column_args');
  const range = options ?? items ?? { start: 0, end: 0 };
  const listed = items?.kind === 'list' || items?.kind === 'tuple' ? items.elements : [];
  const entries = options?.kind === 'dict' ? options.entries : [];
  const place = { start: range.start, end: range.end };
  return readColumnSettings(
    {
      kind: 'call',
      function: { kind: 'name', id: 'Column', ...place },
      argumentsRange: place,
      arguments: [
        ...listed.map(value => ({
          keyword: null,
          unpacked: false,
          value,
          start: value.start,
          end: value.end,
        })),
        ...entries.flatMap(({ key, value, start, end }) =>
          key?.kind === 'string' && key.value !== null
            ? [{ keyword: { id: key.value, start, end }, unpacked: false, value, start, end }]
            : [],
        ),
      ],
      ...place,
    },
    site,
    context.schema,
  );
}

function fieldType(
  keywords: ReadonlyMap<string, Expression>,
  annotation: Annotation,
  site: Site,
  context: MemberContext,
): SqlType {
  const given = keywords.get('sa_type');
  if (given) return readType(given, site, context.schema) ?? sqlType('unknown', null);
  const { core } = annotation;
  const reference = core && followReference(core.expression, core.site);
  if (reference?.kind === 'library') return libraryFieldType(reference.name, keywords, site);
  if (reference?.kind === 'class' && core && !isEnumClass(reference.qualifiedName, core.site))
    return sqlType('unknown', null);
  return typeOfAnnotation(annotation, emptyTypeMap, context.schema) ?? sqlType('unknown', null);
}

function libraryFieldType(name: string, keywords: ReadonlyMap<string, Expression>, site: Site): SqlType {
  const number = (keyword: string) => {
    const expression = keywords.get(keyword);
    const value = expression && constantOf(expression, site);
    return typeof value === 'number' ? value : null;
  };
  switch (name) {
    case 'builtins.str':
    case 'pydantic.EmailStr': {
      const length = number('max_length');
      return sqlType(
        'AutoString',
        length === null ? 'VARCHAR' : `VARCHAR(${length})`,
        length === null ? 'AutoString' : `AutoString(${length})`,
        'String',
      );
    }
    case 'builtins.float':
      return sqlType('Float', 'FLOAT');
    case 'decimal.Decimal': {
      const precision = number('max_digits');
      const scale = number('decimal_places');
      if (precision === null) return sqlType('Numeric', 'NUMERIC');
      return sqlType('Numeric', scale === null ? `NUMERIC(${precision})` : `NUMERIC(${precision}, ${scale})`);
    }
    case 'datetime.datetime':
    case 'pydantic.AwareDatetime':
      return zonedFieldType;
    case 'pydantic.NaiveDatetime':
      return sqlType('DateTime', 'TIMESTAMP WITHOUT TIME ZONE');
    default:
      return defaultFieldType(name);
  }
}

const simple: Readonly<Record<string, [name: string, sql: string]>> = {
  'builtins.int': ['Integer', 'INTEGER'],
  'builtins.bool': ['Boolean', 'BOOLEAN'],
  'builtins.bytes': ['LargeBinary', 'BYTEA'],
  'uuid.UUID': ['Uuid', 'UUID'],
  'datetime.date': ['Date', 'DATE'],
  'datetime.time': ['Time', 'TIME WITHOUT TIME ZONE'],
  'datetime.timedelta': ['Interval', 'INTERVAL'],
  'pathlib.Path': ['AutoString', 'VARCHAR'],
  'ipaddress.IPv4Address': ['AutoString', 'VARCHAR'],
  'ipaddress.IPv6Address': ['AutoString', 'VARCHAR'],
};

function defaultFieldType(name: string): SqlType {
  const row = simple[name];
  return row ? sqlType(row[0], row[1]) : sqlType('unknown', null);
}
