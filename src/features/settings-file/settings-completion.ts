/** Completion in `[tool.dbpatterns]`: keys of the table that the cursor is in, and what they can be set to. */
import type { TextRange } from '../../base/range.ts';
import { isSameList } from '../../base/same-list.ts';
import { type TomlPath, type TomlPlace, tomlPlaces } from '../../base/toml-places.ts';
import { type CompletionItem, type Completions, orderOf } from '../completion/completion-item.ts';
import { type SettingsKey, settingsKeyAt } from './settings-key.ts';

/** Null where nothing of ours can stand. Only the text before the cursor decides: what follows may be broken. */
export function settingsCompletions(text: string, offset: number): Completions | null {
  const before = text.slice(0, offset);
  const cursor = cursorAt(before, tomlPlaces(before));
  const known = cursor && settingsKeyAt(cursor.path);
  if (!cursor || !known) return null;
  const items =
    cursor.asks === 'key' ? keyItems(known) : valueItems(known, before.slice(cursor.start, cursor.start + 1));
  if (items.length === 0) return null;
  const quote = /^["']/.test(before.slice(cursor.start)) ? 1 : 0;
  const inserted = { start: cursor.start + (cursor.asks === 'value' ? quote : 0), end: offset };
  return { items, inserted, replaced: { ...inserted, end: endOfWord(text, offset) }, isIncomplete: false };
}

interface Cursor {
  readonly asks: 'key' | 'value';
  /** Of the table that the key is to be in, or of what the value is for. */
  readonly path: TomlPath;
  /** Where the word begins that is being typed. */
  readonly start: number;
}

function cursorAt(before: string, places: readonly TomlPlace[]): Cursor | null {
  const last = places.at(-1);
  if (last === undefined || /\n[ \t]*$/.test(before)) return onNewLine(before, places);
  const { path, key, value } = last;
  const end = before.length;
  const owner = path.slice(0, -1);
  if (key.end === end && typeof path.at(-1) === 'string')
    return { asks: 'key', path: owner, start: key.start };
  const isSet = value !== null && before.slice(key.end, value.start).includes('=');
  const behind = before.slice(isSet ? value.end : key.end);
  if (/^\s*\.\s*$/.test(behind)) return { asks: 'key', path, start: end };
  if (/^\s*,\s*$/.test(behind)) return inContainer(before, places, owner);
  return value !== null && value.end === end ? inValue(before, path, value) : null;
}

function inValue(before: string, path: TomlPath, { start, end }: TextRange): Cursor | null {
  const opening = before[start];
  if (opening === '{') return before.endsWith('}') ? null : { asks: 'key', path, start: end };
  if (opening === '[') return before.endsWith(']') ? null : { asks: 'value', path, start: end };
  const isClosed = end - start > 1 && /^(["']).*\1$/.test(before.slice(start, end));
  return isClosed ? null : { asks: 'value', path, start };
}

/** Behind a comma of an inline table or a list. */
function inContainer(before: string, places: readonly TomlPlace[], path: TomlPath): Cursor | null {
  const owner = places.findLast(each => isSameList(each.path, path));
  if (!owner?.value) return null;
  const asks = before[owner.value.start] === '{' ? 'key' : 'value';
  return { asks, path, start: before.length };
}

/** In the list that is still open, else a key of the table whose header came last. */
function onNewLine(before: string, places: readonly TomlPlace[]): Cursor | null {
  const start = before.length;
  const open = places.findLast(({ value }) => value?.end === start && before[value.start] === '[');
  if (open) return { asks: 'value', path: open.path, start };
  const header = places.findLast(({ value }) => value === null);
  return header ? { asks: 'key', path: header.path, start } : null;
}

function keyItems({ keys = new Map() }: SettingsKey): readonly CompletionItem[] {
  return [...keys].map(([name, { about, detail }]: readonly [string, SettingsKey], index) => ({
    label: name,
    kind: 'setting',
    detail,
    from: '',
    insert: name,
    order: orderOf(0, index),
    subject: { kind: 'text', text: about },
  }));
}

/** In quotes, unless one is there already. */
function valueItems({ values = [] }: SettingsKey, typed: string): readonly CompletionItem[] {
  const isQuoted = typed === '"' || typed === "'";
  return values.map((value, index) => ({
    label: value,
    kind: 'choice',
    detail: '',
    from: '',
    insert: isQuoted ? value : JSON.stringify(value),
    order: orderOf(0, index),
    subject: null,
  }));
}

function endOfWord(text: string, offset: number): number {
  return offset + (/^[\w-]*/.exec(text.slice(offset, offset + 100))?.[0].length ?? 0);
}
