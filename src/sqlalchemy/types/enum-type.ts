/** `Enum(Status)`, `Enum("a", "b", name="x")`, `postgresql.ENUM(…)`: native PostgreSQL enums, or text with a check. */

import { lastPart } from '../../base/dotted-name.ts';
import type { Call, Expression } from '../../python/syntax.ts';
import { quoteQualified } from '../../schema/identifier.ts';
import type { EnumType } from '../../schema/schema.ts';
import type { EnumClass } from '../model.ts';
import type { CallArguments } from '../reading/arguments.ts';
import { enumMembers, isTextEnum } from '../reading/class-members.ts';
import { classOf, constantOf, runFunction, soleReturn, stringOf, withLocal } from '../reading/constants.ts';
import { followReference } from '../reading/reference.ts';
import { enterSite, type Site } from '../reading/site.ts';
import type { SqlType } from './sql-type.ts';

export interface EnumSource {
  readonly values: readonly string[] | null;
  /** Class name in lower case for a class; null for a list of strings. */
  readonly defaultName: string | null;
  readonly enumClass?: EnumClass;
}

/** `schema` is the metadata's, which enums belong to where they name none of their own. */
export function enumType(
  given: CallArguments,
  call: Call | null,
  text: string,
  site: Site,
  schema: string | null,
): SqlType {
  const source = enumSource(given, call, site);
  const type = storedEnum(given, source, text, { site, schema });
  return source.enumClass ? { ...type, enumClass: source.enumClass } : type;
}

function storedEnum(
  given: CallArguments,
  source: EnumSource,
  text: string,
  { site, schema }: { readonly site: Site; readonly schema: string | null },
): SqlType {
  const keyword = (name: string) => given.keywords.get(name);
  const native = !isFalse(keyword('native_enum'), site);
  if (!native) return textEnum(given, source, text, site);
  const name = keyword('name') ? (stringOf(keyword('name'), site) ?? null) : source.defaultName;
  const ownSchema = keyword('schema') ? (stringOf(keyword('schema'), site) ?? null) : schema;
  if (name === null) return named('Enum', text, null);
  return nativeEnum({ name, schema: ownSchema }, source.values, text);
}

function nativeEnum(
  called: Omit<EnumType, 'values'>,
  values: readonly string[] | null,
  text: string,
): SqlType {
  const type = named('Enum', text, quoteQualified(called.schema, called.name));
  return values ? { ...type, enum: { ...called, values } } : { ...type, unlistedEnum: called };
}

/** As the annotation map makes it from an Enum class or from `Literal[…]` strings. */
export function derivedEnum(
  source: EnumSource,
  literal: boolean,
  schema: string | null,
  text: string,
): SqlType {
  if (literal) {
    const length = longest(source.values ?? []);
    return { ...named('Enum', text, `VARCHAR(${length})`), derivedLength: true };
  }
  const name = source.defaultName ?? 'enum';
  const type = nativeEnum({ name, schema }, source.values, text);
  return source.enumClass ? { ...type, enumClass: source.enumClass } : type;
}

function textEnum(given: CallArguments, source: EnumSource, text: string, site: Site): SqlType {
  const written = given.keywords.get('length');
  const length = written ? constantOf(written, site) : source.values && longest(source.values);
  const isOpen = typeof length !== 'number' && (!written || length !== null);
  const type = {
    ...named('Enum', text, isOpen ? null : length === null ? 'VARCHAR' : `VARCHAR(${length})`),
    ...(isOpen ? { unsized: 'VARCHAR' } : {}),
    ...(written ? {} : { derivedLength: true as const }),
    ...(source.enumClass ? { enumClass: source.enumClass } : {}),
  };
  const constraint = given.keywords.get('create_constraint');
  if (!constraint || isFalse(constraint, site) || !source.values) return type;
  return {
    ...type,
    check: { name: stringOf(given.keywords.get('name'), site) ?? source.defaultName, values: source.values },
  };
}

function enumSource(given: CallArguments, call: Call | null, site: Site): EnumSource {
  const first = given.positional[0];
  const enumClass = first && given.positional.length === 1 ? classOf(first, site) : null;
  if (enumClass) {
    const name = lastPart(enumClass);
    const values = classValues(enumClass, given.keywords.get('values_callable'), site);
    return { values, defaultName: name.toLowerCase(), enumClass: readEnumClass(enumClass, values, site) };
  }
  return { values: call && listedValues(call, site), defaultName: null };
}

/** `"a", "b"`, and `*STATES` of a list of constants; null where not all of them are known. */
function listedValues(call: Call, site: Site): readonly string[] | null {
  const elements = call.arguments.flatMap(each => (each.keyword || each.unpacked ? [] : [each.value]));
  const values = constantOf({ kind: 'list', elements, start: call.start, end: call.end }, site);
  if (!Array.isArray(values) || values.length === 0) return null;
  return values.every(value => typeof value === 'string') ? (values as string[]) : null;
}

export function readEnumClass(
  qualifiedName: string,
  stored: readonly string[] | null,
  site: Site,
): EnumClass {
  const members = enumMembers(qualifiedName, site) ?? [];
  return {
    name: lastPart(qualifiedName),
    members: members.map(({ name, value }) => ({ name, value: typeof value === 'string' ? value : null })),
    isText: isTextEnum(qualifiedName, site),
    stored,
  };
}

/** Member names, or what `values_callable` makes of the class; null where that cannot be followed. */
export function classValues(
  enumClass: string,
  callable: Expression | undefined,
  site: Site,
): readonly string[] | null {
  if (!callable) return enumMembers(enumClass, site)?.map(member => member.name) ?? null;
  const values = callWithClass(callable, enumClass, site);
  return Array.isArray(values) && values.every(value => typeof value === 'string')
    ? (values as string[])
    : null;
}

function callWithClass(callable: Expression, enumClass: string, site: Site) {
  const bound = { kind: 'class', qualifiedName: enumClass } as const;
  if (callable.kind === 'lambda') {
    const parameter = callable.parameters[0];
    return parameter && constantOf(callable.body, withLocal(site, parameter.name.id, bound));
  }
  const reference = followReference(callable, site);
  const parameter = reference.kind === 'function' ? reference.node.parameters[0] : undefined;
  if (reference.kind !== 'function' || !parameter) return undefined;
  const home = enterSite(site, reference.file, new Map([[parameter.name.id, bound]]));
  const result = soleReturn(reference.node.body);
  return result ? constantOf(result, home) : runFunction(reference.node, home);
}

function isFalse(expression: Expression | undefined, site: Site): boolean {
  return expression !== undefined && constantOf(expression, site) === false;
}

function longest(values: readonly string[]): number {
  return values.reduce((length, value) => Math.max(length, [...value].length), 0);
}

function named(name: string, text: string, sql: string | null): SqlType {
  return { name, affinity: 'Enum', text, sql, enum: null, check: null };
}
