/**
 * Python's `re` on constants, run by JavaScript's engine where both languages agree on the pattern. A quantified group
 * could take exponential time on a hostile pattern, so patterns that quantify a group, and long texts, are not run.
 */
import type { Constant } from './site.ts';

export type PatternFunction = 'sub' | 'split' | 'findall';

/** Undefined where the arguments do not fit or the pattern is not run. */
export function callPattern(name: PatternFunction, values: readonly Constant[]): Constant | undefined {
  const pattern = expressionOf(values[0]);
  if (pattern === null) return undefined;
  if (name === 'sub') return values.length === 3 ? substitute(pattern, values[1], values[2]) : undefined;
  const [, text] = values;
  if (values.length !== 2 || !isShort(text)) return undefined;
  return name === 'split' ? split(pattern, text) : findAll(pattern, text);
}

function isShort(text: Constant | undefined): text is string {
  return typeof text === 'string' && text.length <= 200;
}

function expressionOf(pattern: Constant | undefined): RegExp | null {
  if (typeof pattern !== 'string' || pattern.length > 100 || /\)[*+{]|\(\?P|\\[AZ]/.test(pattern))
    return null;
  try {
    return new RegExp(pattern, 'g');
  } catch {
    return null;
  }
}

function substitute(
  pattern: RegExp,
  replacement: Constant | undefined,
  text: Constant | undefined,
): string | undefined {
  if (typeof replacement !== 'string' || !isShort(text)) return undefined;
  const template = replacement
    .replaceAll('$', '$$$$')
    .replace(/\\(\d)/g, '$$$1')
    .replace(/\\g<(\d)>/g, '$$$1');
  return text.replace(pattern, template);
}

/** Python splits at empty matches too, also at the very start; what groups matched stands between the pieces. */
function split(pattern: RegExp, text: string): Constant {
  const pieces: Constant[] = [];
  let start = 0;
  for (const match of text.matchAll(pattern)) {
    pieces.push(text.slice(start, match.index), ...match.slice(1).map(group => group ?? null));
    start = match.index + match[0].length;
  }
  return [...pieces, text.slice(start)];
}

/** The matches, or what the one group of the pattern matched. */
function findAll(pattern: RegExp, text: string): Constant | undefined {
  const matches = [...text.matchAll(pattern)];
  if (matches.some(match => match.length > 2)) return undefined;
  return matches.map(match => match[1] ?? match[0]);
}
