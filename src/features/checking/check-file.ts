/** Everything that is said about one file: the rules' findings and PostgreSQL's, suppressions applied. */

import type { Judge } from '../../database/judge.ts';
import { compareFindings, type Finding } from '../../rules/finding.ts';
import type { RevisionSubject } from '../../rules/shared/revisions/revision-subject.ts';
import { applySuppressions } from '../../rules/suppressions.ts';
import type { FileFacts, SourceFile, SqlAlchemyProject } from '../../sqlalchemy/project.ts';
import type { StatementFact } from '../../sqlalchemy/statement.ts';
import { foreignDatabase } from '../../workspace/foreign-database.ts';
import type { WorkspaceSnapshot } from '../../workspace/snapshot.ts';
import { assumedDrivers, scopeOf } from '../judging/assumed-drivers.ts';
import { type CheckedSource, checkedSource } from '../judging/checked-source.ts';
import { describedRows } from '../judging/described-rows.ts';
import { type JudgedStatement, judgeStatements } from '../judging/judge-statements.ts';
import type { JudgedFile } from '../judging/judged-file.ts';
import { type ScriptSearch, scriptsOf } from '../judging/script-columns.ts';
import { statementTime } from '../judging/statement-times.ts';
import { sqlNamesOf } from '../keeping/sql-names.ts';
import { configurationFindings } from './configuration-findings.ts';
import { mergeFindings } from './merge-findings.ts';
import { revisionFindings } from './migration-findings.ts';
import { runnerFor } from './rule-runner.ts';
import { sqlSubjects } from './sql-subjects.ts';

export interface FileCheck {
  readonly path: string;
  readonly findings: readonly Finding[];
  readonly statements: readonly CheckedStatement[];
  /** What the judge had to say, before it was merged with what the rules say. */
  readonly verdicts: readonly Finding[];
  /** Of all SQL that the judge was asked about: see `sql-names.ts`. */
  readonly sqlNames: readonly number[];
  /** The text that was checked. */
  readonly text: string;
  /** Null for what is neither Python nor SQL. */
  readonly file: SourceFile | null;
}

/** What is told of a statement that was judged: checks are kept of all files, and a statement is larger than its code. */
export interface CheckedStatement {
  readonly statement: Pick<StatementFact, 'kind' | 'location'>;
  /** Why it was not judged, as a sentence; null where every form was. */
  readonly unknown: string | null;
  /** True where the judge could not be asked, which may be otherwise the next time. */
  readonly unavailable: boolean;
  /** What PostgreSQL says of its rows and parameters, as Markdown; may be empty. */
  readonly rows: string;
}

export async function checkFile(
  workspace: WorkspaceSnapshot,
  path: string,
  judge: Judge | null,
  signal: AbortSignal,
  asked: Omit<Asked, 'facts'> = {},
): Promise<FileCheck> {
  const source = checkedSource(workspace, path);
  if (!source)
    return {
      path,
      findings: configurationFindings(workspace, path),
      statements: [],
      verdicts: [],
      sqlNames: [],
      text: workspace.textOf(path) ?? '',
      file: null,
    };
  const judging = judgeSource(workspace, source, judge, signal, asked);
  // While the judge, which is another process, is at work.
  const own = ownFindings(workspace, source, asked.project);
  const { statements, verdicts } = await judging;
  const findings = finishedFindings(own, verdicts, source.file);
  return {
    path,
    findings,
    statements: statements.map(checkedStatement),
    verdicts,
    sqlNames: judge === null ? [] : sqlNamesOf(source.statements),
    text: source.file.text,
    file: source.file,
  };
}

function checkedStatement({
  statement: { kind, location },
  descriptions: [description],
  unknown,
  unavailable,
}: JudgedStatement): CheckedStatement {
  const rows = description ? describedRows(description) : '';
  return { statement: { kind, location }, unknown, unavailable, rows };
}

export interface JudgedSource {
  readonly statements: readonly JudgedStatement[];
  /** What is to be reported of it. */
  readonly verdicts: readonly Finding[];
}

/** What is asked of other files, in place of the workspace's own: by whoever records it. */
export interface Asked {
  readonly project?: SqlAlchemyProject;
  readonly isMadeByScript?: ScriptSearch;
  /** Those of the file, where not all of them are to be worked out. */
  readonly facts?: FileFacts;
}

export async function judgeSource(
  workspace: WorkspaceSnapshot,
  { file, statements, syntaxOnly }: CheckedSource,
  judge: Judge | null,
  signal: AbortSignal,
  { project = workspace.project, isMadeByScript = scriptsOf(workspace), facts }: Asked = {},
): Promise<JudgedSource> {
  const judged = await judgeStatements(
    {
      statements,
      syntaxOnly,
      timeOf: timesIn(workspace, file),
      foreignDatabase: () => foreignDatabase(workspace),
      isMadeByScript,
      models: project.models,
      schemaOfRevisions: workspace.schemaOfRevisions,
      fileOf: other => project.files.get(other),
      sql: workspace.sql,
      drivers: assumedDrivers(workspace, file.path),
    },
    judge,
    signal,
  );
  const runner = runnerFor(workspace.settings.rules);
  const scope = scopeOf(workspace, project);
  const verdicts = [
    ...runner.checkVerdicts(
      scope,
      file,
      judged.flatMap(each => each.objections),
      facts,
    ),
    ...runner.checkDescriptions(
      scope,
      file,
      judged.flatMap(each => each.described ?? []),
      facts,
    ),
  ];
  return { statements: judged, verdicts };
}

/** The revision is read only where something of it is asked about. */
function timesIn(workspace: WorkspaceSnapshot, file: SourceFile): JudgedFile['timeOf'] {
  let subjects: readonly RevisionSubject[] | null = null;
  return (statement, position) => {
    subjects ??= workspace.revisionSubjects(file.path);
    return statementTime(subjects, file, statement, position);
  };
}

/** What the rules say of a file without the judge. */
export interface OwnFindings {
  readonly ofFile: readonly Finding[];
  readonly ofMigrations: readonly Finding[];
}

export function ownFindings(
  workspace: WorkspaceSnapshot,
  { file, statements }: CheckedSource,
  project = workspace.project,
): OwnFindings {
  const { path } = file;
  const scope = scopeOf(workspace, project);
  const runner = runnerFor(workspace.settings.rules);
  const texts = sqlSubjects(statements, workspace.sql, assumedDrivers(workspace, path));
  return {
    ofFile: [...runner.checkFile(scope, path), ...runner.checkSql(scope, file, texts)],
    ofMigrations: [...revisionFindings(workspace, path, project), ...configurationFindings(workspace, path)],
  };
}

/** With what the judge said of it. Of two findings alike the first one is shown, hence the order. */
export function finishedFindings(
  { ofFile, ofMigrations }: OwnFindings,
  verdicts: readonly Finding[],
  file: SourceFile,
): readonly Finding[] {
  const merged = mergeFindings([...ofFile, ...verdicts, ...ofMigrations]);
  return [...applySuppressions(merged, file)].sort(compareFindings);
}
