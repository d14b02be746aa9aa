/** The URL of an engine where it is constant: a string, settings' defaults, or `URL.create(…)`. Passwords included: never log it. */
import type { Call, Expression } from '../../python/syntax.ts';
import { argumentsOf } from '../reading/arguments.ts';
import { classMember } from '../reading/class-members.ts';
import { classOf, constantOf, soleReturn, stringOf } from '../reading/constants.ts';
import { libraryCallOf } from '../reading/library-call.ts';
import { namedValue } from '../reading/named-value.ts';
import { referenceOf } from '../reading/reference.ts';
import { enterSite, type Located, localsOfClass, maximumDepth, type Site } from '../reading/site.ts';

export function readEngineUrl(expression: Expression, site: Site): string | null {
  const value = constantOf(expression, site);
  if (typeof value === 'string') return value;
  const inner = withoutConversion(expression);
  const changed = changedUrl(inner);
  if (changed !== null) {
    const before = readEngineUrl(changed.function.value, site);
    return before === null ? null : withParts(before, changed, site);
  }
  const found = libraryCallOf(inner, site) ?? urlCreation(inner, site);
  if (found && (found.name === 'create' || found.name === 'URL')) return urlOf(found.call, found.site);
  if (found?.name === 'make_url' && found.call.arguments[0])
    return readEngineUrl(found.call.arguments[0].value, found.site);
  if (site.depth >= maximumDepth) return null;
  const behind = memberResult(inner, site) ?? namedValue(inner, site);
  return behind && readEngineUrl(behind.expression, behind.site);
}

/**
 * `postgresql+asyncpg` of a URL whose other parts only the environment knows: f-strings, `URL.create("…", host=host)`, names
 * and members for them. Null where it is not written.
 */
export function schemeOf(expression: Expression, site: Site): string | null {
  if (site.depth > maximumDepth) return null;
  const inner = withoutConversion(expression);
  if (inner.kind === 'string') {
    const [first] = inner.pieces[0]?.segments ?? [];
    return first?.kind === 'text' ? (/^([\w+]+):\/\//.exec(first.value)?.[1] ?? null) : null;
  }
  if (inner.kind === 'binary' && (inner.operator === '+' || inner.operator === '%'))
    return schemeOf(inner.left, site);
  const changed = changedUrl(inner);
  if (changed !== null) {
    const written = argumentsOf(changed).keywords.get('drivername');
    return written ? (stringOf(written, site) ?? null) : schemeOf(changed.function.value, site);
  }
  const created = urlCreation(inner, site);
  if (created?.name === 'create') {
    const { positional, keywords } = argumentsOf(created.call);
    const name = positional[0] ?? keywords.get('drivername');
    return (name && stringOf(name, site)) ?? null;
  }
  const made = libraryCallOf(inner, site);
  const [text] = made?.name === 'make_url' ? made.call.arguments : [];
  if (made && text) return schemeOf(text.value, made.site);
  const behind = memberResult(inner, site) ?? namedValue(inner, site);
  return behind && schemeOf(behind.expression, behind.site);
}

type MethodCall = Call & { readonly function: Expression & { readonly kind: 'attribute' } };

const changing: ReadonlySet<string> = new Set(['set', 'update_query_dict', 'update_query_string', 'format']);

/** `make_url(url).set(drivername="…")`, and what fills in a text. */
function changedUrl(expression: Expression): MethodCall | null {
  if (expression.kind !== 'call' || expression.function.kind !== 'attribute') return null;
  return changing.has(expression.function.attribute.id) ? (expression as MethodCall) : null;
}

const urlPattern =
  /^(?<drivername>[\w+]+):\/\/(?:(?<username>[^:@/]*)(?::(?<password>[^@/]*))?@)?(?<host>[^:/?]*)(?::(?<port>\d+))?(?:\/(?<database>[^?]*))?(?<query>\?.*)?$/;

/** The URL with the parts that `set()` names; null where one of them is not constant, or the URL is not one of these. */
function withParts(url: string, call: MethodCall, site: Site): string | null {
  const { positional, keywords, open } = argumentsOf(call);
  if (call.function.attribute.id !== 'set') return call.function.attribute.id === 'format' ? null : url;
  const found: (UrlParts & { readonly query?: string }) | undefined = urlPattern.exec(url)?.groups;
  if (found === undefined || open || positional.length > 0 || keywords.has('query')) return null;
  return urlText(changedParts(found, keywords, site), found.query ?? '');
}

/** What a method or property of a class of the workspace returns, where that is all that it does. */
function memberResult(expression: Expression, site: Site): Located | null {
  const member = expression.kind === 'call' ? expression.function : expression;
  if (member.kind !== 'attribute') return null;
  const owner = classOf(member.value, site);
  const found = owner === null ? null : classMember(owner, member.attribute.id, site);
  const result = found?.node.kind === 'function' ? soleReturn(found.node.body) : null;
  if (found === null || result === null || owner === null) return null;
  return { expression: result, site: enterSite(site, found.file, localsOfClass(owner)) };
}

/** `str(url)`, `url.render_as_string(hide_password=False)`. */
function withoutConversion(expression: Expression): Expression {
  if (expression.kind !== 'call') return expression;
  const called = expression.function;
  if (called.kind === 'name' && called.id === 'str' && expression.arguments[0])
    return expression.arguments[0].value;
  if (called.kind === 'attribute' && called.attribute.id === 'render_as_string') return called.value;
  return expression;
}

/** `URL.create(…)` is a method of a library's class. */
function urlCreation(expression: Expression, site: Site): { name: string; call: Call; site: Site } | null {
  if (expression.kind !== 'call' || expression.function.kind !== 'attribute') return null;
  const owner = referenceOf(expression.function.value, site);
  return owner.kind === 'library' && owner.name === 'URL'
    ? { name: expression.function.attribute.id, call: expression, site }
    : null;
}

const partNames = ['drivername', 'username', 'password', 'host', 'port', 'database'] as const;

/** As they are written in a URL. */
type UrlParts = Partial<Record<(typeof partNames)[number], string>>;

function urlOf(call: Call, site: Site): string | null {
  const { positional, keywords } = argumentsOf(call);
  const given = new Map(keywords);
  for (const [index, part] of partNames.entries()) {
    const written = positional[index];
    if (written) given.set(part, written);
  }
  const query = keywords.get('query');
  if (query && query.kind !== 'dict') return null;
  return urlText(changedParts({}, given, site), queryOf(query, site));
}

/** With what is given for some of them; null where that is not constant. */
function changedParts(before: UrlParts, given: ReadonlyMap<string, Expression>, site: Site): UrlParts | null {
  const parts = { ...before };
  for (const part of partNames) {
    const written = given.get(part);
    const value = written && constantOf(written, site);
    // A password that only the environment knows does not hide where the engine leads.
    if (written && value === undefined && part !== 'password') return null;
    if (value === null) delete parts[part];
    else if (value !== undefined)
      parts[part] =
        part === 'username' || part === 'password' ? encodeURIComponent(String(value)) : String(value);
  }
  return parts;
}

function urlText(parts: UrlParts | null, query: string): string | null {
  if (parts?.drivername === undefined) return null;
  const { drivername, username, password, host = '', port, database } = parts;
  const secret = password === undefined ? '' : `:${password}`;
  const user = username === undefined ? '' : `${username}${secret}@`;
  const address = port === undefined ? host : `${host}:${port}`;
  return `${drivername}://${user}${address}${database === undefined ? '' : `/${database}`}${query}`;
}

function queryOf(query: Expression | undefined, site: Site): string {
  if (query?.kind !== 'dict') return '';
  const pairs = query.entries.map(({ key, value }) => [
    key && constantOf(key, site),
    constantOf(value, site),
  ]);
  const known = pairs.filter(([key, value]) => typeof key === 'string' && typeof value === 'string');
  return known.length === 0
    ? ''
    : `?${known.map(([key, value]) => `${key}=${encodeURIComponent(String(value))}`).join('&')}`;
}
