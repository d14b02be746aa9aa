/** What a scaffold would write: its questions first, then files and edits. Nothing is written. */
import { z } from 'zod';
import { clashChoices } from '../../base/clash-choice.ts';
import type { Answers } from '../../base/question.ts';
import { scaffoldKinds, schemaScaffoldKinds } from '../../base/scaffold-kind.ts';
import { readSchema, readSchemaNames } from '../../database/live/read-schema.ts';
import { migrationGround } from '../../features/migration-ground.ts';
import { misspeltAnswers } from '../../scaffold/answer-names.ts';
import { learnProject } from '../../scaffold/learn/learn-project.ts';
import { draftMigration, openGuesses } from '../../scaffold/migration/draft-migration.ts';
import { migrationQuestions } from '../../scaffold/migration/migration-questions.ts';
import { modelsFromDatabase } from '../../scaffold/models-from-database/models-from-database.ts';
import type { Scaffold } from '../../scaffold/scaffold.ts';
import { scaffolds } from '../../scaffold/scaffolds.ts';
import { type ScriptSchema, schemaOfScript } from '../../workspace/migrations/schema-of-script.ts';
import type { AgentContext } from '../context.ts';
import { editSet } from '../edit-set.ts';
import { findEnvironment } from '../find-environment.ts';
import { questionReports } from '../question-report.ts';
import { recordMoment } from '../recorded-moment.ts';
import { defineTool, refused, type ToolAnswer } from '../tool.ts';
import { pathInside } from '../workspace-path.ts';

const input = z.strictObject({
  kind: z.enum([...scaffoldKinds, ...schemaScaffoldKinds, 'migration']),
  answers: z
    .record(z.string(), z.unknown())
    .optional()
    .describe(
      'By question id. Absent: the questions, with their choices and defaults; one with `when` is asked only where the question that it names has one of the answers.',
    ),
  clash: z
    .enum(clashChoices)
    .optional()
    .describe(
      'Where a file that would be made is there already, as the user decides: `keep` it, write `beside` it under another name, or `replace` it.',
    ),
  page: z
    .int()
    .min(1)
    .optional()
    .describe('Of an answer that comes in pages: which one, with all else as it was. Absent: the first.'),
  moment: z
    .string()
    .optional()
    .describe('For a further page of a migration: the `moment` that its first page names.'),
  near: z.string().optional().describe('A file of the workspace that the new code belongs to.'),
  script: z
    .string()
    .optional()
    .describe(
      'For models-from-database: an .sql file of the workspace with the DDL of the tables. Absent: the database that the user has named is asked.',
    ),
  environment: z
    .string()
    .optional()
    .describe('For a migration, where there are several: `alembic.ini` or `alembic.ini#section`.'),
});

type Input = z.output<typeof input>;

export const scaffoldPattern = defineTool({
  name: 'scaffold_pattern',
  title: 'Scaffold a Pattern',
  description:
    'Gives tested code for a database pattern in the style of the project: models, columns, relationships, repositories, a unit of work, FastAPI resources, Alembic, health checks, test fixtures, models of tables that are there, and migrations: from the models’ changes, or safe while code is running (data in batches, a new column, a renamed column, an index). Call it once for the questions and once with `answers`: the answer is a set of new files and edits for you to apply. It writes nothing.',
  input,
  connects: ({ kind, script }) => kind === 'models-from-database' && script === undefined,
  async run(asked, context) {
    if (asked.kind === 'migration') return migration(asked, context);
    if (asked.kind !== 'models-from-database') return pattern(scaffolds[asked.kind], asked, context);
    const read = await givenSchema(asked, context);
    return 'kind' in read ? read : pattern(modelsFromDatabase(read.schema), asked, context, read.doubts);
  },
});

function pattern(
  scaffold: Scaffold,
  { answers, near, clash, page }: Input,
  context: AgentContext,
  doubts: readonly string[] = [],
): ToolAnswer {
  const { project, roots, pythonFiles, textOf } = context.workspace;
  const facts = learnProject({ project, roots, paths: pythonFiles, textOf });
  const problem = scaffold.problem(facts);
  if (problem !== null) return refused('It cannot be used here.', { problem });
  const active = near === undefined ? null : pathInside(roots, near);
  if (answers === undefined) return questionsAnswer(questionReports(scaffold.questions(facts, active)));
  // What is no answer to a question becomes one of the problems.
  const misspelt = misspeltAnswers(scaffold.questions(facts, active), answers as Answers);
  if (misspelt.length > 0) return refused('These answers lead nowhere.', { problems: misspelt });
  const { files, problems, notes = [] } = scaffold.render(facts, answers as Answers, active);
  if (problems.length > 0) return refused('These answers lead nowhere.', { problems });
  return editSet(files, [...notes, ...doubts], context, { clash, page });
}

function questionsAnswer(questions: readonly object[]): ToolAnswer {
  const rest = questions.some(question => 'more' in question)
    ? ' A list with `more` is longer: describe_models and schema_at_revision name the rest.'
    : '';
  return {
    kind: 'answered',
    summary: `${questions.length} questions.${rest}`,
    data: { questions },
  };
}

async function givenSchema(
  { script }: Input,
  { workspace, openDatabase, signal }: AgentContext,
): Promise<ScriptSchema | ToolAnswer> {
  if (script === undefined) {
    await using database = await openDatabase();
    const schemas = await readSchemaNames(database.connection, signal);
    return { schema: await readSchema(database.connection, { schemas }, signal), doubts: [] };
  }
  const path = pathInside(workspace.roots, script);
  const text = path === null ? undefined : workspace.textOf(path);
  return text === undefined
    ? refused('There is no such script in the workspace.', { script })
    : schemaOfScript(text, workspace.sql);
}

function migration(
  { answers, environment: name, page, moment: earlier }: Input,
  context: AgentContext,
): ToolAnswer {
  const found = findEnvironment(context.workspace, name);
  if (found.kind === 'none') return found.answer;
  const ground = migrationGround(context.workspace, found.environment);
  if (answers === undefined)
    return questionsAnswer(questionReports(migrationQuestions({ ...ground, schema: ground.built.schema })));
  const moment = recordMoment(context.moment(), earlier);
  // What is no answer to a question becomes a problem.
  const draft = draftMigration(ground, answers as Answers, moment);
  const problem = draft.kind === 'failed' ? draft.problem : openGuesses(draft, answers as Answers);
  if (draft.kind === 'failed' || problem !== null)
    return refused('No migration can be written.', { problem });
  const files = draft.files.map(file => ({ kind: 'create' as const, ...file }));
  return editSet(files, draft.notes, context, { page, moment: moment.recorded() });
}
