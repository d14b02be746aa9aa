/** The door to yaml: YAML text to plain data, with the place of each key of the outermost tables. */
import { isMap, isScalar, parseDocument } from 'yaml';
import type { TextRange } from './range.ts';

export interface YamlEntry {
  readonly key: string;
  /** Of the key. */
  readonly range: TextRange;
  /** Plain data: objects, arrays, texts, numbers, booleans, null. */
  readonly value: unknown;
}

/** The entries of the table under a path of keys; none where there is no such table, or the text is broken before it. */
export function yamlEntries(text: string, ...path: readonly string[]): readonly YamlEntry[] {
  const document = parseDocument(text, { merge: true, logLevel: 'silent' });
  const table = path.length === 0 ? document.contents : document.getIn(path, true);
  if (!isMap(table)) return [];
  return table.items.flatMap(({ key, value }) => {
    if (!isScalar(key) || !key.range) return [];
    const data = isNode(value) ? value.toJS(document) : value;
    return [{ key: String(key.value), range: { start: key.range[0], end: key.range[1] }, value: data }];
  });
}

function isNode(value: unknown): value is { toJS(document: unknown): unknown } {
  return typeof value === 'object' && value !== null && 'toJS' in value;
}
