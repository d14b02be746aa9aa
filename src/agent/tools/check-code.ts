/** The findings of `dbpatterns check`: on the workspace, on files of it, on texts that are not written yet, on a diff. */
import { z } from 'zod';
import { checkWorkspace, type WorkspaceCheck } from '../../features/check-workspace.ts';
import { environmentFiles } from '../../features/migration-findings.ts';
import { findingReport } from '../../features/reports/finding-report.ts';
import type { Finding } from '../../rules/finding.ts';
import type { WorkspaceSnapshot } from '../../workspace/snapshot.ts';
import { applyDiff } from '../apply-diff.ts';
import type { AgentContext } from '../context.ts';
import { defineTool, refused, type ToolAnswer } from '../tool.ts';
import { pathInside, workspacePlaces } from '../workspace-path.ts';

const input = z.strictObject({
  paths: z
    .array(z.string())
    .optional()
    .describe('Files or folders of the workspace, relative to it. Absent: all of it.'),
  files: z
    .array(z.strictObject({ path: z.string(), text: z.string() }))
    .optional()
    .describe('Whole texts that are not written yet, checked as if they stood at their paths.'),
  diff: z
    .string()
    .optional()
    .describe('A unified diff against the files as they are. Only what it brings is listed.'),
});

export const checkCode = defineTool({
  name: 'check_code',
  title: 'Check Database Code',
  description:
    'Finds mistakes in SQLAlchemy models, queries, sessions, raw SQL and Alembic migrations, judged by PostgreSQL against the schema that the code declares. Nothing is executed. Use it after writing or changing such code, and before writing it with `files` or `diff`. Each finding names a rule; explain_rule says what to write instead.',
  input,
  async run({ paths, files, diff }, context) {
    const given = [paths, files, diff].filter(each => each !== undefined);
    if (given.length > 1) return refused('Give one of paths, files and diff.');
    if (diff !== undefined) return checkDiff(diff, context);
    if (files !== undefined) return checkTexts(files, context);
    return checkPaths(paths ?? ['.'], context);
  },
});

async function checkPaths(paths: readonly string[], context: AgentContext): Promise<ToolAnswer> {
  const { workspace } = context;
  const asked = paths.map(path => pathInside(workspace.roots, path));
  const outside = paths.filter((_, index) => asked[index] === null);
  if (outside.length > 0) return refused('These paths are outside of the workspace.', { paths: outside });
  const all = [...workspace.pythonFiles, ...workspace.sqlFiles, ...environmentFiles(workspace)].sort();
  const chosen = all.filter(path => asked.some(each => path === each || path.startsWith(`${each}/`)));
  if (chosen.length === 0) return refused('No Python, SQL or Alembic file stands at these paths.', { paths });
  return answer(await check(workspace, chosen, context), workspace, chosen.length);
}

async function checkTexts(
  files: readonly { readonly path: string; readonly text: string }[],
  context: AgentContext,
): Promise<ToolAnswer> {
  const texts = new Map<string, string>();
  for (const { path, text } of files) {
    const full = pathInside(context.workspace.roots, path);
    if (full === null) return refused('This path is outside of the workspace.', { path });
    texts.set(full, text);
  }
  const workspace = context.workspaceWith(texts);
  return answer(await check(workspace, [...texts.keys()], context), workspace, texts.size);
}

async function checkDiff(diff: string, context: AgentContext): Promise<ToolAnswer> {
  const before = context.workspace;
  const applied = applyDiff(diff, {
    pathOf: path => pathInside(before.roots, path),
    textOf: before.textOf,
  });
  if (applied.kind === 'failed') return refused(applied.problem, { paths: applied.paths });
  const paths = [...applied.texts.keys()];
  const after = context.workspaceWith(applied.texts);
  const old = await check(before, paths, context);
  const now = await check(after, paths, context);
  return answer({ ...now, findings: added(old.findings, now.findings) }, after, paths.length);
}

interface Checked extends Pick<WorkspaceCheck, 'findings' | 'coverage' | 'unchecked'> {
  readonly judged: string;
}

async function check(
  workspace: WorkspaceSnapshot,
  paths: readonly string[],
  { judgeFor, signal }: AgentContext,
): Promise<Checked> {
  const { judge, problem } = await judgeFor(workspace);
  const { findings, coverage, unchecked } = await checkWorkspace(workspace, paths, judge, signal);
  return { findings, coverage, unchecked, judged: judge?.name ?? problem ?? 'not asked for' };
}

/** Findings that were not there before, however far they have moved: counted by what they say. */
function added(before: readonly Finding[], after: readonly Finding[]): readonly Finding[] {
  const keyOf = ({ path, rule, message }: Finding): string => JSON.stringify([path, rule, message]);
  const known = new Map<string, number>();
  for (const finding of before) known.set(keyOf(finding), (known.get(keyOf(finding)) ?? 0) + 1);
  return after.filter(finding => {
    const left = known.get(keyOf(finding)) ?? 0;
    known.set(keyOf(finding), left - 1);
    return left <= 0;
  });
}

const loudness = ['error', 'warning', 'information', 'hint'];

/** Of the statements that were not checked, this many are named. */
const namedUnchecked = 10;

function answer(
  { findings, coverage, unchecked, judged }: Checked,
  workspace: WorkspaceSnapshot,
  files: number,
): ToolAnswer {
  const places = workspacePlaces(workspace);
  const sorted = findings.toSorted((a, b) => loudness.indexOf(a.severity) - loudness.indexOf(b.severity));
  const errors = findings.filter(({ severity }) => severity === 'error').length;
  const open =
    unchecked.length === 0 ? '' : ` ${unchecked.length} statements were not checked, which is no pass.`;
  return {
    kind: 'answered',
    summary:
      findings.length === 0
        ? `Nothing found in ${files} files.${open}`
        : `${findings.length} findings in ${files} files, ${errors} of them errors; errors come first.${open}`,
    data: {
      judgedBy: judged,
      coverage,
      notChecked: unchecked.slice(0, namedUnchecked).map(({ path, start, reason }) => ({
        file: places.file(path),
        line: places.position(path, start).line,
        why: reason,
      })),
      findings: sorted.map(finding => findingReport(finding, places)),
    },
    narrow: 'Ask for fewer `paths`.',
  };
}
