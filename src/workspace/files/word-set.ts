/**
 * The words of a text that can be names of classes, in four bytes each, so that the text itself need not be kept.
 * Two words may share a number: then a file is parsed that need not be, and nothing else comes of it.
 */
import { textNumber } from '../../base/text-number.ts';

export type WordSet = Uint32Array;

export const noWords: WordSet = new Uint32Array();

/** Class names start with a capital in nearly all code, which keeps the set small. */
export function capitalWords(text: string): WordSet {
  const numbers = new Set<number>();
  for (const [word] of text.matchAll(/\b[A-Z_]\w*/g)) numbers.add(textNumber(word));
  return Uint32Array.from(numbers);
}

/** Looks for some of the names in one set after another. */
export function searchFor(names: Iterable<string>): (words: WordSet) => boolean {
  const numbers = new Set([...names].map(textNumber));
  return words => words.some(each => numbers.has(each));
}
