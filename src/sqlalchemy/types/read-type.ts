/**
 * A type expression (`String(100)`, `sa.JSON().with_variant(JSONB, "postgresql")`, a TypeDecorator of the
 * workspace) as a type. Never a guess: what is not known has a null `sql`.
 */

import { lastPart } from '../../base/dotted-name.ts';
import type { Call, Expression } from '../../python/syntax.ts';
import { quoteQualified } from '../../schema/identifier.ts';
import { argumentsOf, bindParameters } from '../reading/arguments.ts';
import { classMember, referenceOfBase } from '../reading/class-members.ts';
import { constantOf, runFunction, soleReturn, stringOf } from '../reading/constants.ts';
import { followReference, type Reference } from '../reading/reference.ts';
import { type Constant, enterSite, maximumDepth, type Site } from '../reading/site.ts';
import { arrayOf } from './array-of.ts';
import { handedOn } from './decorator-arguments.ts';
import { isTypingCast, returnForPostgres } from './dialect-impl.ts';
import { enumType } from './enum-type.ts';
import { type SqlType, sqlType } from './sql-type.ts';
import { typeRow, utilsType } from './type-ddl.ts';

/** Null where the expression is no type. `schema` is the metadata's, for enums. */
export function readType(expression: Expression, site: Site, schema: string | null): SqlType | null {
  if (site.depth > maximumDepth) return null;
  if (expression.kind === 'call') return readTypeCall(expression, site, schema);
  if (expression.kind === 'conditional') return null;
  if (expression.kind !== 'name' && expression.kind !== 'attribute') return null;
  const bound = expression.kind === 'name' ? site.locals.get(expression.id) : undefined;
  if (bound?.kind === 'expression') return readType(bound.expression, bound.site, schema);
  return typeOfReference(followReference(expression, site), null, site, schema);
}

function readTypeCall(call: Call, site: Site, schema: string | null): SqlType | null {
  if (call.function.kind === 'attribute') {
    const method = call.function.attribute.id;
    const first = argumentsOf(call).positional[0];
    if (method === 'with_variant') return readVariant(call, site, schema);
    if (method === 'as_mutable') return first ? readMutable(call.function.value, first, site, schema) : null;
    if (method === 'evaluates_none' || method === 'copy') return readType(call.function.value, site, schema);
  }
  return typeOfReference(followReference(call.function, site), call, site, schema);
}

/** SQLAlchemy's own classes see changes of the value alone; what another one sees is up to it. */
function readMutable(
  owner: Expression,
  inner: Expression,
  site: Site,
  schema: string | null,
): SqlType | null {
  const type = readType(inner, site, schema);
  const mutable = followReference(owner, site);
  const isPlain = mutable.kind === 'library' && /\bMutable(?:Dict|List)$/.test(mutable.name);
  return type && { ...type, tracked: isPlain ? 'outermost' : 'all' };
}

function readVariant(call: Call, site: Site, schema: string | null): SqlType | null {
  const { positional } = argumentsOf(call);
  const dialects = positional.slice(1).map(dialect => stringOf(dialect, site));
  const own = call.function.kind === 'attribute' ? call.function.value : call;
  const chosen = dialects.includes('postgresql') && positional[0] ? positional[0] : own;
  const type = readType(chosen, site, schema);
  return type && dialects.includes(undefined) ? { ...type, sql: null } : type;
}

function typeOfReference(
  reference: Reference,
  call: Call | null,
  site: Site,
  schema: string | null,
): SqlType | null {
  switch (reference.kind) {
    case 'library':
      return libraryType(reference.name, call, site, schema);
    case 'class':
      return workspaceType(reference, call, site, schema);
    case 'variable':
      return reference.node.value && !call
        ? readType(reference.node.value, enterSite(site, reference.file), schema)
        : null;
    case 'function': {
      const home = enterSite(site, reference.file);
      const locals = call && bindParameters(reference.node, call, site, home);
      const result = soleReturn(reference.node.body);
      return locals && result ? readType(result, { ...home, locals }, schema) : null;
    }
    default:
      return null;
  }
}

function libraryType(
  qualified: string,
  call: Call | null,
  site: Site,
  schema: string | null,
): SqlType | null {
  const name = lastPart(qualified);
  const text = call ? name + textOfArguments(call, site) : name;
  const given = call
    ? argumentsOf(call)
    : { positional: [], keywords: new Map<string, Expression>(), open: false };
  switch (name) {
    case 'Enum':
    case 'ENUM':
      return qualified === 'enum.Enum' ? null : enumType(given, call, text, site, schema);
    case 'ARRAY':
      return arrayType(
        given.positional[0] ?? given.keywords.get('item_type'),
        given.keywords.get('dimensions'),
        text,
        site,
        schema,
      );
    case 'DOMAIN': {
      const own = stringOf(given.keywords.get('schema'), site) ?? schema;
      return domainType(given.positional[0] ?? given.keywords.get('name'), text, site, own);
    }
    case 'Vector':
    case 'VECTOR':
    case 'HALFVEC':
    case 'BIT':
      if (qualified.startsWith('pgvector'))
        return vectorType(name, given.positional[0] ?? given.keywords.get('dim'), text, site);
      break;
    // Its other arguments say how it encrypts.
    case 'StringEncryptedType':
      return sqlType(name, given.open || given.keywords.has('length') ? null : 'VARCHAR', text);
    case 'NullType':
      return sqlType(name, null, text);
  }
  const row = qualified.startsWith('sqlalchemy_utils.') ? utilsType(name) : typeRow(name);
  if (name === 'ChoiceType') return choiceType(given.keywords.get('impl') ?? given.positional[1], text, site);
  if (row === undefined) return looksLikeType(qualified) ? sqlType(name, null, text) : null;
  const values: Record<string, Constant | undefined> = {};
  for (const [index, parameter] of row.parameters.entries()) {
    const expression = given.positional[index] ?? given.keywords.get(parameter);
    if (!expression) continue;
    values[parameter] = constantOf(expression, site);
    if (values[parameter] === undefined) return sqlType(name, null, text);
  }
  // What else is given can only say how texts are compared: the type itself is known without it.
  const isWhole = row.parameters.every(each => each.startsWith('collation') || each in values);
  return sqlType(name, given.open && !(call && isWhole) ? null : row.render(values), text);
}

/** A type of SQLAlchemy-Utils that is stored as the type it is given, text where it is given none. */
function choiceType(impl: Expression | undefined, text: string, site: Site): SqlType {
  return sqlType('ChoiceType', impl ? (readType(impl, site, null)?.sql ?? null) : 'VARCHAR(255)', text);
}

/** Names of third-party packages of types; SQLAlchemy's own are all in the table. */
function looksLikeType(qualified: string): boolean {
  return /^(geoalchemy2|sqlalchemy_utils|pgvector|advanced_alchemy)\./.test(qualified);
}

function arrayType(
  item: Expression | undefined,
  dimensions: Expression | undefined,
  text: string,
  site: Site,
  schema: string | null,
): SqlType {
  const depth = dimensions ? constantOf(dimensions, site) : 1;
  const inner = item ? readType(item, site, schema) : null;
  return arrayOf(inner, typeof depth === 'number' ? depth : 1, text);
}

function domainType(name: Expression | undefined, text: string, site: Site, schema: string | null): SqlType {
  const value = stringOf(name, site);
  return sqlType('DOMAIN', value === undefined ? null : quoteQualified(schema, value), text);
}

function vectorType(name: string, dimensions: Expression | undefined, text: string, site: Site): SqlType {
  const size = dimensions && constantOf(dimensions, site);
  return sqlType(
    name,
    typeof size === 'number' ? `${name.toUpperCase()}(${size})` : name.toUpperCase(),
    text,
  );
}

/** A TypeDecorator, a UserDefinedType or a subclass of a library type, as the class it is at bottom. */
function workspaceType(
  reference: Reference & { kind: 'class' },
  call: Call | null,
  site: Site,
  schema: string | null,
): SqlType | null {
  if (site.depth > maximumDepth) return null;
  const name = lastPart(reference.qualifiedName);
  const text = call ? name + textOfArguments(call, site) : name;
  const home = enterSite(site, reference.file);
  for (const argument of reference.node.arguments) {
    if (argument.keyword) continue;
    const base = referenceOfBase(argument.value, home);
    const type = typeOfBase(base, reference.qualifiedName, call, site, home, schema);
    if (type) return { ...type, name, text, ...wrapping(reference.qualifiedName, home) };
  }
  return null;
}

function wrapping(owner: string, site: Site): Pick<SqlType, 'wraps'> {
  const has = (method: string) => classMember(owner, method, site)?.node.kind === 'function';
  const wraps = { binds: has('bind_expression'), columns: has('column_expression') };
  return wraps.binds || wraps.columns ? { wraps } : {};
}

function typeOfBase(
  base: Reference,
  owner: string,
  call: Call | null,
  site: Site,
  home: Site,
  schema: string | null,
): SqlType | null {
  if (base.kind === 'library' && base.name === 'TypeDecorator')
    return decoratedType(owner, call, site, schema);
  if (base.kind === 'library' && base.name === 'UserDefinedType') return userDefinedType(owner, site);
  const passed = classMember(owner, '__init__', site) ? null : call;
  if (base.kind === 'class') {
    const member = classMember(owner, 'impl', site);
    if (member && workspaceType(base, null, home, schema)) return decoratedType(owner, call, site, schema);
    return workspaceType(base, passed, passed ? site : home, schema);
  }
  const type = base.kind === 'library' ? libraryType(base.name, passed, passed ? site : home, schema) : null;
  const initialised =
    type && call && !passed && argumentsOf(call).positional.length + argumentsOf(call).keywords.size > 0;
  return type && initialised ? { ...type, sql: null } : type;
}

function decoratedType(owner: string, call: Call | null, site: Site, schema: string | null): SqlType {
  const unknown = sqlType('TypeDecorator', null);
  const member = classMember(owner, 'impl', site);
  if (member?.node.kind !== 'assignment' || !member.node.value) return unknown;
  const home = enterSite(site, member.file);
  const impl = implementation(member.node.value, call, owner, site, home, schema) ?? unknown;
  const loader = classMember(owner, 'load_dialect_impl', site);
  if (loader?.node.kind !== 'function') return impl;
  const chosen = returnForPostgres(loader.node.body, loader.node);
  return (chosen && loadedType(chosen, enterSite(site, loader.file), impl, schema)) ?? unknown;
}

/** Arguments of the decorator go to the class named by `impl`, unless an `__init__` of its own takes them. */
function implementation(
  value: Expression,
  call: Call | null,
  owner: string,
  site: Site,
  home: Site,
  schema: string | null,
): SqlType | null {
  if (value.kind === 'call' || !call) return readType(value, home, schema);
  const reference = followReference(value, home);
  const init = classMember(owner, '__init__', site);
  if (init?.node.kind !== 'function') return typeOfReference(reference, call, site, schema);
  const given = handedOn(init.node, call, site, enterSite(site, init.file));
  if (given?.kind === 'impl') return readType(given.expression, given.site, schema);
  if (given?.expression.kind === 'call')
    return typeOfReference(reference, given.expression, given.site, schema);
  const type = typeOfReference(reference, null, site, schema);
  return type && !withoutArguments.test(type.sql ?? '') ? { ...type, sql: null } : type;
}

/** Types that no argument makes another. */
const withoutArguments = /^(?:JSONB?|UUID|TEXT|BOOLEAN|(?:SMALL|BIG)INT|INTEGER|DATE|BYTEA|INET|CIDR)$/;

/** `dialect.type_descriptor(UUID())`, `self.impl`, `super().load_dialect_impl(dialect)` or a plain type. */
function loadedType(
  expression: Expression,
  home: Site,
  impl: SqlType,
  schema: string | null,
): SqlType | null {
  if (expression.kind === 'attribute' && expression.attribute.id.startsWith('impl')) return impl;
  if (expression.kind === 'call' && isTypingCast(expression)) {
    const [, cast] = argumentsOf(expression).positional;
    return cast ? loadedType(cast, home, impl, schema) : null;
  }
  if (expression.kind === 'call' && expression.function.kind === 'attribute') {
    const method = expression.function.attribute.id;
    const first = argumentsOf(expression).positional[0];
    if (method === 'load_dialect_impl') return impl;
    if (method === 'type_descriptor') return first ? loadedType(first, home, impl, schema) : null;
  }
  return readType(expression, home, schema);
}

function userDefinedType(owner: string, site: Site): SqlType {
  const member = classMember(owner, 'get_col_spec', site);
  const spec =
    member?.node.kind === 'function' ? runFunction(member.node, enterSite(site, member.file)) : undefined;
  return sqlType('UserDefinedType', typeof spec === 'string' ? spec : null);
}

function textOfArguments(call: Call, site: Site): string {
  return site.file.text.slice(call.argumentsRange.start, call.argumentsRange.end).replace(/\s+/g, ' ');
}
