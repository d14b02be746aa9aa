/** The door to smol-toml: TOML text to plain data. */
import { parse, TomlError } from 'smol-toml';
import { indexLines, offsetAt } from './line-index.ts';
import { isRecord } from './record.ts';

export type TomlTable = { readonly [key: string]: unknown };

export type TomlReading =
  | { readonly kind: 'table'; readonly table: TomlTable }
  /** `position` is an offset in UTF-16 units. */
  | { readonly kind: 'error'; readonly message: string; readonly position: number };

export function parseToml(text: string): TomlReading {
  try {
    return { kind: 'table', table: parse(text) };
  } catch (error) {
    if (!(error instanceof TomlError)) return { kind: 'error', message: String(error), position: 0 };
    const position = offsetAt(indexLines(text), { line: error.line - 1, column: error.column - 1 });
    return { kind: 'error', message: error.message.split('\n')[0] ?? '', position };
  }
}

/** The table at a path of keys, or an empty one. */
export function tomlTable(table: TomlTable, ...keys: readonly string[]): TomlTable {
  let here: unknown = table;
  for (const key of keys) here = isTable(here) ? here[key] : undefined;
  return isTable(here) ? here : {};
}

function isTable(value: unknown): value is TomlTable {
  return isRecord(value) && !(value instanceof Date);
}
