/** What a scaffold would write: its questions first, then files and edits. Nothing is written. */
import { z } from 'zod';
import type { Answers } from '../../base/question.ts';
import { scaffoldKinds } from '../../base/scaffold-kind.ts';
import { learnProject } from '../../scaffold/learn/learn-project.ts';
import type { ScaffoldFile } from '../../scaffold/scaffold.ts';
import { scaffolds } from '../../scaffold/scaffolds.ts';
import type { AgentContext } from '../context.ts';
import { defineTool, refused, type ToolAnswer } from '../tool.ts';
import { pathInside, shownPath, workspacePlaces } from '../workspace-path.ts';

const input = z.strictObject({
  kind: z.enum(scaffoldKinds),
  answers: z
    .record(z.string(), z.unknown())
    .optional()
    .describe('By question id. Absent: the questions, with their choices and defaults.'),
  near: z.string().optional().describe('A file of the workspace that the new code belongs to.'),
});

export const scaffoldPattern = defineTool({
  name: 'scaffold_pattern',
  title: 'Scaffold a Pattern',
  description:
    'Gives tested code for a database pattern in the style of the project: models, columns, relationships, repositories, a unit of work, FastAPI resources, Alembic, health checks, test fixtures and more. Call it once for the questions and once with `answers`: the answer is a set of new files and edits for you to apply. It writes nothing.',
  input,
  run({ kind, answers, near }, context) {
    const { project, roots, pythonFiles, textOf } = context.workspace;
    const facts = learnProject({ project, roots, paths: pythonFiles, textOf });
    const scaffold = scaffolds[kind];
    const problem = scaffold.problem(facts);
    if (problem !== null) return refused('It cannot be used here.', { problem });
    const active = near === undefined ? null : pathInside(roots, near);
    if (answers === undefined) {
      const questions = scaffold.questions(facts, active);
      return { kind: 'answered', summary: `${questions.length} questions.`, data: { questions } };
    }
    // What is no answer to a question becomes one of the problems.
    const { files, problems } = scaffold.render(facts, answers as Answers, active);
    if (problems.length > 0) return refused('These answers lead nowhere.', { problems });
    return edits(files, context);
  },
});

function edits(files: readonly ScaffoldFile[], { workspace, exists }: AgentContext): ToolAnswer {
  const { roots } = workspace;
  const clashes = files.filter(({ kind, path }) => kind === 'create' && exists(path));
  if (clashes.length > 0)
    return refused('Files of these names are there already. Answer with other names.', {
      files: clashes.map(({ path }) => shownPath(roots, path)),
    });
  const places = workspacePlaces(workspace);
  const created = files.flatMap(file => (file.kind === 'create' ? [file] : []));
  const changed = files.flatMap(file => (file.kind === 'edit' ? [file] : []));
  return {
    kind: 'answered',
    summary: `${created.length} new files and edits in ${changed.length} others. Nothing is written: apply them all, edits of one file from its end.`,
    data: {
      ...Object.fromEntries(created.map(({ path, text }) => [`create ${shownPath(roots, path)}`, text])),
      edit: changed.flatMap(({ path, edits: own }) =>
        own.map(({ range, newText }) => ({
          file: shownPath(roots, path),
          range: places.range(path, range),
          newText,
        })),
      ),
    },
  };
}
