/**
 * Keeps what `check` found, so that a check of the same files by the same program is read instead of repeated. In the
 * user's cache folder; `--no-cache` leaves it alone.
 */
import { join } from 'node:path';
import type { WorkspaceCheck } from '../features/checking/check-workspace.ts';
import type { UncheckedReason } from '../features/checking/unchecked-reasons.ts';
import type { CheckMemory } from '../features/keeping/kept-checks.ts';
import { contentDigest } from '../storage/content-digest.ts';
import { keptChecksIn, openProgramMemory, type ProgramMemory } from '../storage/program-memory.ts';
import type { HashedFiles } from '../workspace/files/hashed-files.ts';
import { cacheFolder } from './cache-folder.ts';

export interface CheckOutcome extends Omit<WorkspaceCheck, 'isWhole' | 'rest' | 'unchecked'> {
  /** How many files were asked for. */
  readonly files: number;
  /** Why statements were not checked, the reason of most first. */
  readonly reasons: readonly UncheckedReason[];
  /** What was assumed, for people to know. */
  readonly remark: string | null;
  /** Why statements that could be judged were not, as a clause; null where all were. */
  readonly unjudged: string | null;
}

/** Null where the program is no built one. */
export function openCheckCache(
  environment: Readonly<Record<string, string | undefined>>,
): ProgramMemory | null {
  const programs = [import.meta.filename, join(import.meta.dirname, 'shadow.js')];
  return openProgramMemory(join(cacheFolder(environment), 'checks'), programs);
}

/** Where the checks of single files are, for when some of the files have changed. */
export function checkMemory(
  memory: ProgramMemory,
  roots: readonly string[],
  digestOf: HashedFiles['digestOf'],
): CheckMemory {
  return { ...keptChecksIn(memory, roots), digest: contentDigest, digestOf };
}

export function keptOutcome({ store }: ProgramMemory, key: string): CheckOutcome | null {
  try {
    const text = store.read(key);
    return text === null ? null : (JSON.parse(text) as CheckOutcome);
  } catch {
    return null;
  }
}
