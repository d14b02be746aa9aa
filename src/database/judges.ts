/** The shadow database and a live connection as judges of statements. */
import type { Judge } from './judge.ts';
import type { LiveConnection } from './live/live-connection.ts';
import type { ShadowDatabase } from './shadow/shadow-database.ts';
import type { Verdict } from './verdict.ts';

/** Judges against the schema that was last set; `name` says what that was read from. */
export function shadowJudge(name: string, shadow: ShadowDatabase): Judge {
  return {
    name,
    judge: (statements, signal) => unlessAborted(statements, () => shadow.describeAll(statements, signal)),
  };
}

export function liveJudge(name: string, connection: LiveConnection): Judge {
  return {
    name,
    judge: (statements, signal) =>
      unlessAborted(statements, () => Promise.all(statements.map(sql => connection.describe(sql, signal)))),
  };
}

async function unlessAborted(
  statements: readonly string[],
  work: () => Promise<readonly Verdict[]>,
): Promise<readonly Verdict[]> {
  try {
    return await work();
  } catch {
    return statements.map(() => ({ kind: 'unavailable', reason: 'The check was overtaken by a newer one.' }));
  }
}
