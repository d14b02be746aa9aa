/**
 * A keystroke's answer: what the rules say of the new text, and what the judge said of the last one where the code is
 * still the same. Where the edit is in one function only that is read again; what it changes elsewhere comes with the
 * next check of the whole.
 */
import { contains } from '../../base/range.ts';
import type { Judge } from '../../database/judge.ts';
import { compareFindings, type Finding } from '../../rules/finding.ts';
import { applySuppressions } from '../../rules/suppressions.ts';
import type { FileFacts, SourceFile } from '../../sqlalchemy/project.ts';
import { belongsToMigrations } from '../../workspace/migrations/migration-files.ts';
import type { WorkspaceSnapshot } from '../../workspace/snapshot.ts';
import { assumedDrivers, scopeOf } from '../judging/assumed-drivers.ts';
import { checkedSource } from '../judging/checked-source.ts';
import { carryFindings, carryOver } from './carry-findings.ts';
import { type FileCheck, finishedFindings, judgeSource, ownFindings } from './check-file.ts';
import { configurationFindings } from './configuration-findings.ts';
import { type EditedFunction, editedFunction } from './edited-function.ts';
import { mergeFindings } from './merge-findings.ts';
import { runnerFor } from './rule-runner.ts';
import { sqlSubjects } from './sql-subjects.ts';

export interface QuickCheck {
  readonly findings: readonly Finding[];
  /** The findings once the judge has spoken of the edited function; null where the whole file has to be asked about. */
  readonly judged: ((judge: Judge, signal: AbortSignal) => Promise<readonly Finding[]>) | null;
}

/** Synchronous but for the judge. `last` is the newest check of the whole file. */
export function quickCheck(
  workspace: WorkspaceSnapshot,
  path: string,
  last: FileCheck | undefined,
): QuickCheck {
  const file = workspace.project.files.get(path);
  const focus = file && last ? focusOf(workspace, file, last) : null;
  if (file && last && focus) return checkFocus({ workspace, file, last, ...focus });
  const source = checkedSource(workspace, path);
  if (!source) return { findings: configurationFindings(workspace, path), judged: null };
  const carried = last ? carryFindings(last.verdicts, last.text, source.file.text) : [];
  return { findings: finishedFindings(ownFindings(workspace, source), carried, source.file), judged: null };
}

/** Null where all of the file is to be read: a revision says something as a whole. */
function focusOf(workspace: WorkspaceSnapshot, file: SourceFile, last: FileCheck): EditedFunction | null {
  return last.file === null || belongsToMigrations(workspace, file.path)
    ? null
    : editedFunction(last.file, file);
}

interface Focus extends EditedFunction {
  readonly workspace: WorkspaceSnapshot;
  readonly file: SourceFile;
  readonly last: FileCheck;
}

function checkFocus(focus: Focus): QuickCheck {
  const { workspace, file, last, node, before, change } = focus;
  const all = workspace.project.factsWithin(file.path, node);
  const statements = all.statements.filter(({ location }) => contains(node, location.range));
  const facts = { ...all, statements };
  const fresh = rulesFindings(focus, facts);
  const isInside = ({ range }: Finding) => contains(before, range);
  return {
    findings: shown(focus, [...fresh, ...carryOver(last.verdicts.filter(isInside), change)]),
    async judged(judge, signal) {
      const source = { file, statements, syntaxOnly: null };
      const { verdicts } = await judgeSource(workspace, source, judge, signal, { facts });
      return shown(focus, [...fresh, ...verdicts]);
    },
  };
}

function rulesFindings({ workspace, file, node }: Focus, facts: FileFacts): readonly Finding[] {
  const { settings, sql } = workspace;
  const scope = scopeOf(workspace);
  const runner = runnerFor(settings.rules);
  const subjects = sqlSubjects(facts.statements, sql, assumedDrivers(workspace, file.path));
  return [
    ...runner.checkFunction({ scope, file, node, facts }),
    ...runner.checkSql(scope, file, subjects, facts),
  ];
}

/** With what is said of the rest of the file, and by rules that look at more than one function. */
function shown(
  { workspace, file, last, node, before, change }: Focus,
  found: readonly Finding[],
): readonly Finding[] {
  const { rulesOfMore } = runnerFor(workspace.settings.rules);
  const isInside = ({ range }: Finding) => contains(before, range);
  const kept = last.findings.filter(each => isInside(each) && rulesOfMore.has(each.rule));
  const merged = mergeFindings([...found, ...carryOver(kept, change)]);
  const inside = applySuppressions(merged, file).filter(({ range }) => contains(node, range));
  const others = last.findings.filter(each => !isInside(each));
  return [...inside, ...carryOver(others, change)].sort(compareFindings);
}
