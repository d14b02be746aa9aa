/**
 * Where keys and values stand in a text of TOML, which its parser does not tell. Reads on past what is broken, so that it
 * also knows where a half-typed key is; whether the text is TOML at all is not its business.
 */
import type { TextRange } from './range.ts';

/** Keys of tables, and numbers of elements of arrays. */
export type TomlPath = readonly (string | number)[];

export interface TomlPlace {
  readonly path: TomlPath;
  /** Of the last key, with its quotes; of an element of an array, of all of it. */
  readonly key: TextRange;
  /** Null for the header of a table. */
  readonly value: TextRange | null;
}

/** In the order of the text. */
export function tomlPlaces(text: string): readonly TomlPlace[] {
  const reader = new PlaceReader(text);
  reader.readDocument();
  return reader.places;
}

/** The place of the path; of what is not there, of the nearest around it. */
export function tomlPlaceOf(places: readonly TomlPlace[], path: TomlPath): TomlPlace | undefined {
  for (let length = path.length; length > 0; length--) {
    const found = places.find(each => each.path.length === length && startsWith(path, each.path));
    if (found !== undefined) return found;
  }
  return undefined;
}

function startsWith(path: TomlPath, start: TomlPath): boolean {
  return start.every((key, index) => path[index] === key);
}

/** Deeper values are read as one: nobody asks where something in them stands. */
const deepest = 50;

const bareKey = /[A-Za-z0-9_-]+/y;
const strings = /"""[\s\S]*?(?:"{3,5}|$)|'''[\s\S]*?(?:'{3,5}|$)|"(?:[^"\\\n]|\\.)*"?|'[^'\n]*'?/y;
const plainValue = /[^\s,\]}#=]+/y;
const blanks = /[ \t]*/y;
const gaps = /(?:\s|#[^\n]*)*/y;

interface Key {
  readonly name: string;
  readonly range: TextRange;
}

class PlaceReader {
  readonly places: TomlPlace[] = [];
  readonly #text: string;
  #at = 0;
  #table: TomlPath = [];
  /** How many tables of an array there were, by its path. */
  readonly #elements = new Map<string, number>();

  constructor(text: string) {
    this.#text = text;
  }

  readDocument(): void {
    for (;;) {
      this.#skip(gaps);
      if (this.#at >= this.#text.length) return;
      if (this.#text[this.#at] === '[') this.#readHeader();
      else this.#readEntry(this.#table, 0);
      // What is left of a broken line is nobody's.
      this.#skip(/[^\n]*/y);
    }
  }

  #readHeader(): void {
    const isArray = this.#text.startsWith('[[', this.#at);
    this.#at += isArray ? 2 : 1;
    const keys = this.#readKeys();
    const path = keys.map(({ name }) => name);
    const last = keys.at(-1);
    if (last !== undefined) this.places.push({ path, key: last.range, value: null });
    this.#table = isArray ? [...path, this.#countElement(path)] : path;
  }

  #countElement(path: TomlPath): number {
    const name = JSON.stringify(path);
    const count = this.#elements.get(name) ?? 0;
    this.#elements.set(name, count + 1);
    return count;
  }

  #readEntry(table: TomlPath, depth: number): void {
    const keys = this.#readKeys();
    const last = keys.at(-1);
    if (last === undefined) return;
    const path = [...table, ...keys.map(({ name }) => name)];
    const index = this.places.length;
    this.#skip(blanks);
    let value: TextRange = { start: this.#at, end: this.#at };
    if (this.#text[this.#at] === '=') {
      this.#at++;
      this.#skip(blanks);
      value = this.#readValue(path, depth);
    }
    this.places.splice(index, 0, { path, key: last.range, value });
  }

  /** `a."b.c".d`; ends where no key stands. */
  #readKeys(): readonly Key[] {
    const keys: Key[] = [];
    for (;;) {
      this.#skip(blanks);
      const start = this.#at;
      const written = this.#take(bareKey) ?? this.#take(strings);
      if (written === null) return keys;
      keys.push({ name: nameOf(written), range: { start, end: this.#at } });
      this.#skip(blanks);
      if (this.#text[this.#at] !== '.') return keys;
      this.#at++;
    }
  }

  #readValue(path: TomlPath, depth: number): TextRange {
    const start = this.#at;
    const opening = this.#text[start];
    if ((opening === '{' || opening === '[') && depth < deepest) {
      this.#at++;
      if (opening === '[') this.#readElements(path, depth + 1);
      else this.#readInlineTable(path, depth + 1);
    } else if (this.#take(strings) === null && this.#take(plainValue) === null && opening !== '\n') {
      this.#at = Math.min(this.#at + 1, this.#text.length);
    }
    return { start, end: this.#at };
  }

  #readElements(path: TomlPath, depth: number): void {
    for (let number = 0; this.#isInside(']'); number++) {
      const index = this.places.length;
      const element = [...path, number];
      const key = this.#readValue(element, depth);
      this.places.splice(index, 0, { path: element, key, value: key });
    }
  }

  #readInlineTable(path: TomlPath, depth: number): void {
    while (this.#isInside('}')) {
      const before = this.#at;
      this.#readEntry(path, depth);
      if (this.#at === before) this.#at++;
    }
  }

  /** Leads over what stands between two elements; false behind the end of all. */
  #isInside(closing: string): boolean {
    this.#skip(gaps);
    while (this.#text[this.#at] === ',') {
      this.#at++;
      this.#skip(gaps);
    }
    if (this.#at >= this.#text.length) return false;
    if (this.#text[this.#at] !== closing) return true;
    this.#at++;
    return false;
  }

  #take(pattern: RegExp): string | null {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.#text)?.[0] ?? null;
    if (found !== null) this.#at += found.length;
    return found;
  }

  #skip(pattern: RegExp): void {
    this.#take(pattern);
  }
}

function nameOf(written: string): string {
  if (written.startsWith("'")) return written.replaceAll("'", '');
  return written.startsWith('"') ? written.replace(/^"|"$/g, '').replaceAll(/\\(.)/g, '$1') : written;
}
