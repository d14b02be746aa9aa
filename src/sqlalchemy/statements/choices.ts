/**
 * Alternatives inside one simple statement (`a if x else b`, a helper with two returns): the statement is evaluated
 * again for each combination, bounded in number, with the recorded decisions replayed.
 */
import { type CallMemo, createCallMemo } from './call-memo.ts';

export interface Choices {
  /** 0 … count - 1: the alternative to take now. */
  choose(count: number): number;
  /** Shared by all combinations; null where there is only one. */
  calls(): CallMemo | null;
}

/** Combinations of alternatives that are followed at most. */
export const FORM_LIMIT = 8;

/** Runs once for each combination; returns false where there were more than the limit. */
export function forEachChoice(run: (choices: Choices) => void): boolean {
  const pending: number[][] = [[]];
  let calls: CallMemo | null = null;
  for (let count = 0; pending.length > 0; count += 1) {
    if (count >= FORM_LIMIT) return false;
    const decisions = pending.pop() ?? [];
    let position = 0;
    run({
      calls: () => (calls ??= createCallMemo()),
      choose: alternatives => {
        const index = position;
        position += 1;
        const decided = decisions[index];
        if (decided !== undefined) return decided;
        for (let other = alternatives - 1; other > 0; other -= 1)
          pending.push([...decisions.slice(0, index), other]);
        decisions[index] = 0;
        return 0;
      },
    });
  }
  return true;
}

/** Takes the first alternative always. */
export const firstChoice: Choices = { choose: () => 0, calls: () => null };
