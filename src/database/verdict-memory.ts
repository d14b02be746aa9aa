/**
 * Verdicts that are kept between runs, by the schema that they were given against. Where all are known, the judge itself
 * is never opened.
 */
import { contentDigest } from '../storage/content-digest.ts';
import type { DiskStore } from '../storage/disk-store.ts';
import type { Judge, SqlQuestion } from './judge.ts';
import { SharedColumns } from './shared-columns.ts';
import type { Verdict } from './verdict.ts';

export interface RememberingJudge extends Judge {
  /** Keeps what was learned since the last time. */
  remember(): void;
}

export interface VerdictMemory {
  readonly store: DiskStore;
  /** Names the schema and the program that judges. */
  readonly key: string;
  /** Whether the judge that was opened still holds that schema; missing where it holds no other. */
  readonly isCurrent?: () => boolean;
}

/** Statements of one schema that are kept; those of its first use go first. */
const mostVerdicts = 20_000;

export function rememberingJudge(
  name: string,
  { store, key, isCurrent = () => true }: VerdictMemory,
  open: () => Promise<Judge>,
): RememberingJudge {
  let opened: Promise<Judge> | null = null;
  const known = readVerdicts(store.read(key));
  let learned = false;
  return {
    name,
    knowsOtherTimes: true,
    async judge(questions, signal) {
      const asked = questions.filter(question => !known.has(keyOf(question)));
      if (asked.length > 0) opened ??= open();
      const verdicts = opened === null || asked.length === 0 ? [] : await (await opened).judge(asked, signal);
      const answers = new Map(asked.map((question, index) => [question, verdicts[index] ?? notAsked]));
      for (const [question, verdict] of answers) {
        // What could not be asked may be answered next time.
        if (verdict.kind === 'unavailable' || !isCurrent()) continue;
        known.set(keyOf(question), verdict);
        learned = true;
      }
      return questions.map(question => answers.get(question) ?? known.get(keyOf(question)) ?? notAsked);
    },
    remember() {
      if (learned) store.write(key, JSON.stringify([...known].slice(-mostVerdicts)));
      learned = false;
    },
  };
}

const notAsked: Verdict = { kind: 'unavailable', reason: 'It was not asked about' };

function keyOf({ sql, parameterTypes, at }: SqlQuestion): string {
  const written = JSON.stringify([sql, ...parameterTypes]);
  return at === undefined ? written : `${written} ${contentDigest(JSON.stringify(at))}`;
}

function readVerdicts(text: string | null): Map<string, Verdict> {
  const columns = new SharedColumns();
  try {
    const kept = text === null ? [] : (JSON.parse(text) as readonly (readonly [string, Verdict])[]);
    return new Map(kept.map(([question, verdict]) => [question, columns.in(verdict)]));
  } catch {
    return new Map();
  }
}
