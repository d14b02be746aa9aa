/** The shadow database and a live connection as judges of statements. */
import type { Judge, SqlQuestion } from './judge.ts';
import type { LiveConnection } from './live/live-connection.ts';
import type { ShadowDatabase } from './shadow/shadow-database.ts';
import type { Verdict } from './verdict.ts';

/** Judges against the schema that was last set; `name` says what that was read from. */
export function shadowJudge(name: string, shadow: ShadowDatabase): Judge {
  return {
    name,
    knowsOtherTimes: true,
    judge: (questions, signal) => unlessAborted(questions, () => shadow.describeAll(questions, signal)),
  };
}

export function liveJudge(name: string, connection: LiveConnection): Judge {
  return {
    name,
    // No table of a database is made or dropped.
    knowsOtherTimes: false,
    judge: (questions, signal) =>
      unlessAborted(questions, () =>
        Promise.all(
          questions.map(({ sql, parameterTypes }) => connection.describe(sql, { parameterTypes, signal })),
        ),
      ),
  };
}

async function unlessAborted(
  questions: readonly SqlQuestion[],
  work: () => Promise<readonly Verdict[]>,
): Promise<readonly Verdict[]> {
  try {
    return await work();
  } catch {
    return questions.map(() => ({ kind: 'unavailable', reason: 'The check was overtaken by a newer one.' }));
  }
}
