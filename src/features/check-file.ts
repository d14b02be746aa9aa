/** Everything that is said about one file: the rules' findings and PostgreSQL's, suppressions applied. */

import type { Judge } from '../database/judge.ts';
import { compareFindings, type Finding } from '../rules/finding.ts';
import { applySuppressions } from '../rules/suppressions.ts';
import type { WorkspaceSnapshot } from '../workspace/snapshot.ts';
import { assumedDrivers } from './assumed-drivers.ts';
import { carryFindings } from './carry-findings.ts';
import { type CheckedSource, checkedSource } from './checked-source.ts';
import { type JudgedStatement, judgeStatements } from './judge-statements.ts';
import { mergeFindings } from './merge-findings.ts';
import { environmentFindings, revisionFindings } from './migration-findings.ts';
import { runnerFor } from './rule-runner.ts';
import { sqlSubjects } from './sql-subjects.ts';

export interface FileCheck {
  readonly path: string;
  readonly findings: readonly Finding[];
  readonly statements: readonly JudgedStatement[];
  /** What the judge had to say, before it was merged with what the rules say. */
  readonly verdicts: readonly Finding[];
  /** The text that was checked. */
  readonly text: string;
}

/**
 * A keystroke's answer, synchronous: what the rules say of the new text, and what the judge said of the last one
 * where the code is still the same.
 */
export function quickFindings(
  workspace: WorkspaceSnapshot,
  path: string,
  last: FileCheck | undefined,
): readonly Finding[] {
  const source = checkedSource(workspace, path);
  if (!source) return environmentFindings(workspace, path);
  return finished(workspace, source, last ? carryFindings(last.verdicts, last.text, source.file.text) : []);
}

export async function checkFile(
  workspace: WorkspaceSnapshot,
  path: string,
  judge: Judge | null,
  signal: AbortSignal,
): Promise<FileCheck> {
  const source = checkedSource(workspace, path);
  if (!source)
    return {
      path,
      findings: environmentFindings(workspace, path),
      statements: [],
      verdicts: [],
      text: workspace.textOf(path) ?? '',
    };
  const { file, statements, syntaxOnly } = source;
  const judged = await judgeStatements(
    {
      statements,
      syntaxOnly,
      fileOf: other => workspace.project.files.get(other),
      sql: workspace.sql,
      drivers: assumedDrivers(workspace, path),
    },
    judge,
    signal,
  );
  const subjects = judged.flatMap(each => each.objections);
  const verdicts = runnerFor(workspace.settings.rules).checkVerdicts(workspace.project, file, subjects);
  const findings = finished(workspace, source, verdicts);
  return { path, findings, statements: judged, verdicts, text: file.text };
}

function finished(
  workspace: WorkspaceSnapshot,
  { file, statements }: CheckedSource,
  verdicts: readonly Finding[],
): readonly Finding[] {
  const { path } = file;
  const runner = runnerFor(workspace.settings.rules);
  const texts = sqlSubjects(statements, workspace.sql, assumedDrivers(workspace, path));
  const merged = mergeFindings([
    ...runner.checkFile(workspace.project, path),
    ...runner.checkSql(workspace.project, file, texts),
    ...verdicts,
    ...revisionFindings(workspace, path),
    ...environmentFindings(workspace, path),
  ]);
  return [...applySuppressions(merged, file)].sort(compareFindings);
}
