/** Python literals in migrations: any text, lists of names, SQL handed to `sa.text`. */
import type { CodeStyle } from '../project-facts.ts';
import type { Bracketed, Code } from '../python-code/layout.ts';
import { call } from '../python-code/layout.ts';
import { quoted } from '../python-code/quoting.ts';

/** A string literal; line ends become escapes, so that the literal stays on its line. */
export function stringLiteral(text: string, style: CodeStyle): string {
  return quoted(text, style).replaceAll('\n', '\\n').replaceAll('\r', '\\r').replaceAll('\t', '\\t');
}

export function listOf(elements: readonly Code[]): Bracketed {
  return { open: '[', elements, close: ']' };
}

/** `["id", "name"]`. */
export function namesLiteral(names: readonly string[], style: CodeStyle): Bracketed {
  return listOf(names.map(name => stringLiteral(name, style)));
}

/** `key=value`. */
export function keyword(name: string, value: Code): Code {
  return typeof value === 'string' ? `${name}=${value}` : { ...value, open: `${name}=${value.open}` };
}

/** `sa.text("…")`, with colons that are no casts kept from being taken for parameters. */
export function textCode(sql: string, style: CodeStyle): Code {
  return call('sa.text', sqlLiteral(sql, style));
}

/** The literal of `textCode` alone. */
export function sqlLiteral(sql: string, style: CodeStyle): string {
  return stringLiteral(sql.replace(/(?<![:\w\\]):(?=\w+(?!:))/g, '\\:'), style);
}

/** The column that an index has as an element; null for an expression, and for a column with an order or operator class. */
export function columnOfElement(element: string): string | null {
  if (/^[a-z_][\w$]*$/.test(element)) return element;
  return /^"((?:[^"]|"")+)"$/.exec(element)?.[1]?.replaceAll('""', '"') ?? null;
}

/** The text of a default that is nothing but a string; null for everything else, which is SQL. */
export function plainDefault(sql: string): string | null {
  return /^'((?:[^'\\]|'')*)'$/.exec(sql)?.[1]?.replaceAll("''", "'") ?? null;
}

/** `op.f("ix_users_email")`: a name that is final, whatever the naming convention says. */
export function finalName(name: string, style: CodeStyle): Code {
  return call('op.f', stringLiteral(name, style));
}
