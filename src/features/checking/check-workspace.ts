/** Checks many files at once: what `dbpatterns check` and “Check Workspace” run. */
import type { Judge } from '../../database/judge.ts';
import { compareFindings, type Finding } from '../../rules/finding.ts';
import { settingsProblem } from '../../workspace/read-settings.ts';
import type { WorkspaceSnapshot } from '../../workspace/snapshot.ts';
import { checkKept, wasAskedWhole } from '../keeping/check-kept.ts';
import type { KeptChecks } from '../keeping/kept-checks.ts';
import type { CheckedStatement } from './check-file.ts';
import { type Coverage, type CoveredFile, coverageOf } from './coverage.ts';
import { migrationCoverage } from './migration-coverage.ts';

export interface WorkspaceCheck {
  readonly findings: readonly Finding[];
  readonly coverage: Coverage;
  /** The statements that were not checked, by file and place. */
  readonly unchecked: readonly UncheckedStatement[];
  /** What stood in the way, as sentences: unreadable files, settings that are not understood. */
  readonly problems: readonly string[];
  /** Paths that were not reached, in their order: `enough` ended the check. */
  readonly rest: readonly string[];
  /** False where the judge could not be asked about something, which may be otherwise the next time. */
  readonly isWhole: boolean;
}

export interface CheckOptions {
  /** Checks of before, which follow the workspace: for the files that nothing has changed. */
  readonly kept?: KeptChecks | null;
  /** Told after each file how many are done. */
  readonly progressed?: (done: number) => void;
  /** Waited for before each file: lets the judge's answers in, and whoever wants to end the check. */
  readonly pause?: () => Promise<void>;
  /** Asked before each file but the first: true ends the check before it. */
  readonly enough?: () => boolean;
}

export interface UncheckedStatement {
  readonly path: string;
  /** Offset in the file's text. */
  readonly start: number;
  /** As a sentence. */
  readonly reason: string;
}

/**
 * While PostgreSQL judges some files, the next ones are read. So many that what takes it long, such as its start, keeps
 * nobody waiting; few enough that what is known of each need not be read again.
 */
const atOnce = 64;

/** Paths of files of the snapshot; those that were not parsed have nothing to say but their revision graph's findings. */
export async function checkWorkspace(
  workspace: WorkspaceSnapshot,
  paths: readonly string[],
  judge: Judge | null,
  signal: AbortSignal,
  { kept = null, progressed, pause, enough = () => false }: CheckOptions = {},
): Promise<WorkspaceCheck> {
  const findings: Finding[] = [];
  const checks: CoveredFile[] = [];
  const unchecked: UncheckedStatement[] = [];
  let isWhole = true;
  const pending = untilEnough(paths, enough);
  let turn = Promise.resolve();
  const checker = async () => {
    for (const path of pending) {
      // One after the other: pauses that all end at once would let nothing in between two files.
      turn = turn.then(pause);
      await turn;
      signal.throwIfAborted();
      const check = await checkKept(workspace, path, judge, signal, kept);
      findings.push(...check.findings);
      checks.push({ statements: check.statements });
      progressed?.(checks.length);
      unchecked.push(...check.statements.flatMap(uncheckedStatement));
      isWhole &&= wasAskedWhole(check, judge);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, checker));
  kept?.keep();
  return {
    findings: findings.sort(compareFindings),
    coverage: coverageOf(checks, migrationCoverage(workspace, paths)),
    unchecked: unchecked.sort((a, b) => (a.path === b.path ? a.start - b.start : a.path < b.path ? -1 : 1)),
    problems: workspace.problems
      .filter(({ code, path }) => code !== settingsProblem || !paths.includes(path))
      .map(problem => `${problem.path}: ${problem.message}`),
    rest: paths.slice(checks.length),
    isWhole,
  };
}

function* untilEnough(paths: readonly string[], enough: () => boolean): Generator<string> {
  for (const [index, path] of paths.entries()) {
    if (index > 0 && enough()) return;
    yield path;
  }
}

function uncheckedStatement({ statement, unknown }: CheckedStatement): readonly UncheckedStatement[] {
  const { path, range } = statement.location;
  return unknown === null ? [] : [{ path, start: range.start, reason: unknown }];
}
