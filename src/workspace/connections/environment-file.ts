/** `.env` files as python-dotenv reads them: names, values and where each stands. */
import type { TextRange } from '../../base/range.ts';

export interface EnvironmentEntry {
  readonly name: string;
  /** Unquoted, escapes and `${NAME}` resolved against earlier entries. May hold a password: never log it. */
  readonly value: string;
  readonly range: TextRange;
}

const line =
  /^[ \t]*(?:export[ \t]+)?([A-Za-z_][A-Za-z0-9_.]*)[ \t]*=[ \t]*(?:'((?:[^'\\]|\\.)*)'|"((?:[^"\\]|\\.)*)"|([^\r\n]*))/gm;

/** Lines that are no assignment are skipped: half-typed files are normal. */
export function readEnvironmentFile(text: string): readonly EnvironmentEntry[] {
  const values = new Map<string, string>();
  return [...text.matchAll(line)].map(match => {
    const [whole, name = '', single, double, bare] = match;
    const raw = single !== undefined ? single.replace(/\\(['\\])/g, '$1') : unquoted(double, bare);
    const value = single !== undefined ? raw : expand(raw, values);
    values.set(name, value);
    return { name, value, range: { start: match.index, end: match.index + whole.trimEnd().length } };
  });
}

function unquoted(double: string | undefined, bare: string | undefined): string {
  if (double !== undefined)
    return double.replace(/\\(["\\nrt$])/g, (_, letter: string) => escapes[letter] ?? letter);
  return (bare ?? '').replace(/\s+#.*$/, '').trim();
}

const escapes: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t' };

function expand(value: string, known: ReadonlyMap<string, string>): string {
  return value.replace(
    /\$\{([A-Za-z_][A-Za-z0-9_]*)(?::-([^}]*))?\}/g,
    (_, name: string, fallback?: string) => {
      return known.get(name) ?? fallback ?? '';
    },
  );
}
