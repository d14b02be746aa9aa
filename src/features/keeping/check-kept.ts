/** The check of one file where checks are kept. */
import type { Judge } from '../../database/judge.ts';
import type { WorkspaceSnapshot } from '../../workspace/snapshot.ts';
import { checkFile, type FileCheck } from '../checking/check-file.ts';
import type { KeptChecks } from './kept-checks.ts';
import { recordInquiry } from './recorded-inquiry.ts';

/** What is known of the file from before, or is worked out and kept. */
export async function checkKept(
  workspace: WorkspaceSnapshot,
  path: string,
  judge: Judge | null,
  signal: AbortSignal,
  kept: KeptChecks | null,
): Promise<FileCheck> {
  if (kept === null) return checkFile(workspace, path, judge, signal);
  const known = kept.checkOf(path);
  if (known !== null) return known;
  const { asked, sources } = recordInquiry(workspace, path);
  const check = await checkFile(workspace, path, judge, signal, asked);
  // What could not be asked may be answered next time.
  if (wasAskedWhole(check, judge)) kept.learn(check, sources());
  return check;
}

/** False where the judge could not be asked about something. */
export function wasAskedWhole({ statements }: FileCheck, judge: Judge | null): boolean {
  return judge === null || statements.every(({ unavailable }) => !unavailable);
}
