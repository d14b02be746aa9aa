/** Values of unknown shape, as JSON, TOML, YAML or a database gave them, read one key at a time. */

/** What such texts call an object, a table or a mapping; no list. */
export type PlainRecord = Readonly<Record<string, unknown>>;

export function isRecord(value: unknown): value is PlainRecord {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Empty for everything else, so that what is missing is undefined at any depth. */
export function recordOf(value: unknown): PlainRecord {
  return isRecord(value) ? value : {};
}

/** Null for what is no text. */
export function textOf(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}
