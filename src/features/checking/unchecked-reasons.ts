/** Why statements were not checked, summed up: sentences that differ in one word alone are one reason. */
import type { UncheckedStatement } from './check-workspace.ts';

export interface UncheckedReason {
  /** The sentence that is said of most statements. */
  readonly reason: string;
  readonly statements: number;
  /** How many sentences say the same of something else. */
  readonly others: number;
}

/** The reason of most statements first. */
export function uncheckedReasons(
  unchecked: readonly Pick<UncheckedStatement, 'reason'>[],
): readonly UncheckedReason[] {
  const counts = new Map<string, number>();
  for (const { reason } of unchecked) counts.set(reason, (counts.get(reason) ?? 0) + 1);
  const alike = sentencesByPattern(counts);
  const countOf = (sentences: readonly string[]) =>
    sentences.reduce((sum, sentence) => sum + (counts.get(sentence) ?? 0), 0);
  const pending = new Set(counts.keys());
  const groups = [...alike.values()]
    .filter(sentences => sentences.length > 1)
    .sort((a, b) => countOf(b) - countOf(a))
    .concat([...pending].map(sentence => [sentence]));
  const reasons = groups.flatMap(sentences => {
    const own = sentences.filter(sentence => pending.delete(sentence));
    const [reason] = own.toSorted((a, b) => (counts.get(b) ?? 0) - (counts.get(a) ?? 0));
    if (reason === undefined) return [];
    return [{ reason, statements: countOf(own), others: own.length - 1 }];
  });
  return reasons.sort((a, b) => b.statements - a.statements);
}

/** A pattern is a sentence with one of its words left open. */
function sentencesByPattern(counts: ReadonlyMap<string, number>): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>();
  for (const sentence of counts.keys()) {
    const words = sentence.split(' ');
    for (const index of words.keys()) {
      const pattern = words.with(index, '…').join(' ');
      found.set(pattern, [...(found.get(pattern) ?? []), sentence]);
    }
  }
  return found;
}
