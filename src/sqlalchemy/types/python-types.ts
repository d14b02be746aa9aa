/** Which column type an annotation stands for: the registry's `type_annotation_map` first, then SQLAlchemy's own. */
import { lastPart } from '../../base/dotted-name.ts';
import type { Expression } from '../../python/syntax.ts';
import { argumentsOf } from '../reading/arguments.ts';
import { enumMembers } from '../reading/class-members.ts';
import { calleeName, followReference } from '../reading/reference.ts';
import type { Located, Site } from '../reading/site.ts';
import { classValues, derivedEnum, enumType, readEnumClass } from './enum-type.ts';
import { type Annotation, identityOf } from './read-annotation.ts';
import { readType } from './read-type.ts';
import { type SqlType, sqlType } from './sql-type.ts';

/** A registry's `type_annotation_map`, by the identity of the Python type. */
export interface TypeMap {
  readonly types: ReadonlyMap<string, Located>;
  /** True where part of it could not be read. */
  readonly open: boolean;
}

export const emptyTypeMap: TypeMap = { types: new Map(), open: false };

export function readTypeMap(expression: Expression, site: Site): TypeMap {
  if (expression.kind !== 'dict') return { types: new Map(), open: true };
  const types = new Map<string, Located>();
  let open = false;
  for (const { key, value } of expression.entries) {
    if (key) types.set(identityOf(key, site), { expression: value, site });
    else open = true;
  }
  return { types, open };
}

const defaults: Readonly<Record<string, [name: string, sql: string]>> = {
  'builtins.int': ['Integer', 'INTEGER'],
  'builtins.float': ['Double', 'DOUBLE PRECISION'],
  'builtins.bool': ['Boolean', 'BOOLEAN'],
  'builtins.bytes': ['LargeBinary', 'BYTEA'],
  'builtins.str': ['String', 'VARCHAR'],
  'uuid.UUID': ['Uuid', 'UUID'],
  'decimal.Decimal': ['Numeric', 'NUMERIC'],
  'datetime.date': ['Date', 'DATE'],
  'datetime.datetime': ['DateTime', 'TIMESTAMP WITHOUT TIME ZONE'],
  'datetime.time': ['Time', 'TIME WITHOUT TIME ZONE'],
  'datetime.timedelta': ['Interval', 'INTERVAL'],
};

/**
 * Null where neither map knows the type. `schema` is the metadata's, which types in the map may take; enums derived from
 * annotations stay outside of it.
 */
export function typeOfAnnotation(
  annotation: Annotation,
  map: TypeMap,
  schema: string | null,
): SqlType | null {
  for (const identity of annotation.identities) {
    const mapped = map.types.get(identity);
    if (mapped) return readType(mapped.expression, mapped.site, schema);
  }
  const { core } = annotation;
  if (!core || map.open) return null;
  if (core.expression.kind === 'subscript') return literalType(core.expression, core.site, map);
  const reference = followReference(core.expression, core.site);
  if (reference.kind === 'library') return defaultType(reference.name);
  return reference.kind === 'class' ? enumOf(reference.qualifiedName, core.site, map, schema) : null;
}

function defaultType(name: string): SqlType | null {
  const row = defaults[name];
  return row ? sqlType(row[0], row[1]) : null;
}

/** `Literal["a", "b"]` is text of the longest value's length, unless the map holds an Enum for literals. */
function literalType(
  expression: Expression & { kind: 'subscript' },
  site: Site,
  map: TypeMap,
): SqlType | null {
  const head = followReference(expression.value, site);
  if (head.kind !== 'library' || head.name !== 'typing.Literal') return null;
  if (map.types.has('typing.Literal')) return null;
  const values = expression.indices.map(index => (index.kind === 'string' ? index.value : null));
  if (values.some(value => value === null)) return null;
  return derivedEnum({ values: values as string[], defaultName: null }, true, null, 'Enum');
}

/** An Enum class becomes a native enum of its member names; `enum.Enum: Enum(…)` in the map changes how. */
function enumOf(qualifiedName: string, site: Site, map: TypeMap, schema: string | null): SqlType | null {
  const members = enumMembers(qualifiedName, site);
  if (!members) return null;
  const simple = lastPart(qualifiedName);
  const text = `Enum(${simple})`;
  const template = map.types.get('enum.Enum');
  const names = members.map(member => member.name);
  const source = {
    values: names,
    defaultName: simple.toLowerCase(),
    enumClass: readEnumClass(qualifiedName, names, site),
  };
  if (!template) return derivedEnum(source, false, null, text);
  if (template.expression.kind !== 'call' || calleeName(template.expression, template.site) !== 'Enum') {
    return readType(template.expression, template.site, schema);
  }
  const given = argumentsOf(template.expression);
  const values = classValues(qualifiedName, given.keywords.get('values_callable'), template.site);
  const shaped = enumType({ ...given, positional: [] }, null, text, template.site, schema);
  const enumClass = readEnumClass(qualifiedName, values, site);
  if (shaped.sql !== null && shaped.affinity === 'Enum' && given.keywords.has('native_enum'))
    return { ...shapedText(shaped, values), enumClass };
  return derivedEnum({ values, defaultName: source.defaultName, enumClass }, false, null, text);
}

function shapedText(shaped: SqlType, values: readonly string[] | null): SqlType {
  if (!values || shaped.sql !== 'VARCHAR(0)') return shaped;
  return { ...shaped, sql: `VARCHAR(${Math.max(...values.map(value => [...value].length))})` };
}
