/** TextMate grammars as data: the part of the format that ours use. Patterns are Oniguruma's. */

export type Captures = Readonly<Record<string, { readonly name: string }>>;

export interface GrammarRule {
  readonly name?: string;
  readonly contentName?: string;
  readonly match?: string;
  readonly begin?: string;
  readonly end?: string;
  readonly include?: string;
  readonly captures?: Captures;
  readonly beginCaptures?: Captures;
  readonly endCaptures?: Captures;
  readonly patterns?: readonly GrammarRule[];
}

export interface Grammar {
  readonly name: string;
  readonly scopeName: string;
  /** Of a grammar that goes into another one: where. */
  readonly injectionSelector?: string;
  readonly patterns: readonly GrammarRule[];
  readonly repository: Readonly<Record<string, GrammarRule>>;
}

/** A whole match with one scope. */
export function scoped(name: string, match: string): GrammarRule {
  return { name, match };
}

export function include(...names: readonly string[]): readonly GrammarRule[] {
  return names.map(name => ({ include: name }));
}

/** `1` → its scope, and so on, for the groups of a pattern. */
export function groups(...names: readonly string[]): Captures {
  return Object.fromEntries(names.map((name, index) => [String(index + 1), { name }]));
}

/** Any of some words, longest first, in upper or lower case. Behind `\\n` in a string a word begins, too. */
export function anyWord(words: string): string {
  const sorted = words
    .trim()
    .split(/\s+/)
    .sort((a, b) => b.length - a.length || (a < b ? -1 : 1));
  return `(?i:(?:\\b|(?<=\\\\[nrt]))(?:${sorted.join('|')})\\b)`;
}
