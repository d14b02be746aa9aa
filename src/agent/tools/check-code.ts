/** The findings of `dbpatterns check`: on the workspace, on files of it, on texts that are not written yet, on a diff. */
import { z } from 'zod';
import { checkWorkspace, type WorkspaceCheck } from '../../features/checking/check-workspace.ts';
import { checkedConfigurations } from '../../features/checking/configuration-findings.ts';
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
  after: z
    .string()
    .optional()
    .describe(
      'With `paths`, or without: the file that an answer which ended early names, to go on behind it.',
    ),
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
  async run({ paths, files, diff, after }, context) {
    const given = [paths, files, diff].filter(each => each !== undefined);
    if (given.length > 1) return refused('Give one of paths, files and diff.');
    if (after !== undefined && (files ?? diff) !== undefined)
      return refused('`after` goes with paths alone.');
    if (diff !== undefined) return checkDiff(diff, context);
    if (files !== undefined) return checkTexts(files, context);
    return checkPaths(paths ?? ['.'], after, context);
  },
});

async function checkPaths(
  paths: readonly string[],
  after: string | undefined,
  context: AgentContext,
): Promise<ToolAnswer> {
  const { workspace } = context;
  const asked = paths.map(path => pathInside(workspace.roots, path));
  const outside = paths.filter((_, index) => asked[index] === null);
  if (outside.length > 0) return refused('These paths are outside of the workspace.', { paths: outside });
  const all = [...workspace.pythonFiles, ...workspace.sqlFiles, ...checkedConfigurations(workspace)].sort();
  const chosen = all.filter(path => asked.some(each => path === each || path.startsWith(`${each}/`)));
  if (chosen.length === 0) return refused('No Python, SQL or Alembic file stands at these paths.', { paths });
  const last = after === undefined ? null : pathInside(workspace.roots, after);
  if (after !== undefined && last === null)
    return refused('This path is outside of the workspace.', { after });
  const pending = last === null ? chosen : chosen.filter(path => path > last);
  const { rest, ...checked } = await check(workspace, pending, context, context.isLate);
  return answer(checked, workspace, {
    files: pending.length - rest.length,
    left: rest.length,
    last: pending.at(-rest.length - 1) ?? null,
  });
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
  const checked = await check(workspace, [...texts.keys()], context);
  return answer(checked, workspace, { files: texts.size });
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
  return answer({ ...now, findings: added(old.findings, now.findings) }, after, { files: paths.length });
}

interface Checked extends Pick<WorkspaceCheck, 'findings' | 'coverage' | 'unchecked'> {
  readonly judged: string;
}

async function check(
  workspace: WorkspaceSnapshot,
  paths: readonly string[],
  { judgeFor, signal }: AgentContext,
  enough = () => false,
): Promise<Checked & Pick<WorkspaceCheck, 'rest'>> {
  const { judge, problem } = await judgeFor(workspace);
  const result = await checkWorkspace(workspace, paths, judge, signal, { enough });
  const { findings, coverage, unchecked, rest } = result;
  return { findings, coverage, unchecked, rest, judged: judge?.name ?? problem ?? 'not asked for' };
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

interface Reach {
  /** How many were checked. */
  readonly files: number;
  /** How many of those that were asked for were not reached. */
  readonly left?: number;
  /** The last file that was checked, where some are left. */
  readonly last?: string | null;
}

function answer(
  { findings, coverage, unchecked, judged }: Checked,
  workspace: WorkspaceSnapshot,
  { files, left = 0, last = null }: Reach,
): ToolAnswer {
  const places = workspacePlaces(workspace);
  const sorted = findings.toSorted((a, b) => loudness.indexOf(a.severity) - loudness.indexOf(b.severity));
  const errors = findings.filter(({ severity }) => severity === 'error').length;
  const open =
    unchecked.length === 0 ? '' : ` ${unchecked.length} statements were not checked, which is no pass.`;
  const soFar =
    left === 0
      ? ''
      : ` So far: ${left} files are left. Call again with the same \`paths\`, and as \`after\` what \`goOnAfter\` says.`;
  return {
    kind: 'answered',
    summary:
      findings.length === 0
        ? `Nothing found in ${files} files.${open}${soFar}`
        : `${findings.length} findings in ${files} files, ${errors} of them errors; errors come first.${open}${soFar}`,
    data: {
      ...(left === 0 || last === null ? {} : { goOnAfter: places.file(last) }),
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
