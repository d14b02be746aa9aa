/** The questions of a new migration, and why an answer to one of them cannot be taken. */
import type { MigrationEnvironment } from '../../alembic/environment/environment.ts';
import type { DatabaseSchema } from '../../schema/schema.ts';
import { checkRecipeAnswer, type ReadSql } from '../migration-recipe/check-recipe-answer.ts';
import { recipeOptions, recipeQuestions } from '../migration-recipe/recipe-questions.ts';
import type { AnswerCheck, PickOption, Question } from '../scaffold.ts';

export interface MigrationSubject {
  readonly environment: MigrationEnvironment;
  /** What the revisions so far build. */
  readonly schema: DatabaseSchema;
}

/** Contents that are written without Python and without a database. */
export const fromModels: PickOption = {
  value: 'models',
  label: 'From the models',
  detail:
    'What the models have and the migrations have not, written without Python or a database, and shown first.',
};

/** Contents that the project's own Alembic writes. */
export const byAlembic: readonly PickOption[] = [
  {
    value: 'autogenerate',
    label: 'From the models, by Alembic',
    detail:
      'Alembic compares the models with the database and writes the difference. The database must be up to date.',
  },
  { value: 'empty', label: 'Empty', detail: 'upgrade() and downgrade() are left for you to write.' },
];

/** `more` are contents that whoever asks can have written besides. Recipes are offered where there is a table to change. */
export function migrationQuestions(
  { environment, schema }: MigrationSubject,
  more: readonly PickOption[] = [],
): readonly Question[] {
  const hasTables = schema.tables.length > 0;
  const { heads } = environment.graph;
  return [
    {
      kind: 'text',
      id: 'message',
      title: 'Message',
      prompt: 'What the migration does, in a few words. It becomes part of the file’s name.',
      placeholder: 'add orders.note',
    },
    {
      kind: 'pick',
      id: 'content',
      title: 'Content',
      prompt: 'What the migration starts with',
      options: [fromModels, ...(hasTables ? recipeOptions : []), ...more],
      initial: fromModels.value,
    },
    ...(hasTables ? recipeQuestions(schema) : []),
    ...(heads.length > 1 ? [headQuestion(environment)] : []),
  ];
}

function headQuestion({ graph }: MigrationEnvironment): Question {
  const options = graph.heads.map(head => {
    const message = graph.byId.get(head)?.revision.message ?? '';
    return { value: head, label: head, ...(message === '' ? {} : { description: message }) };
  });
  const prompt = 'There are several heads. Which one the migration follows';
  return { kind: 'pick', id: 'head', title: 'After', prompt, options };
}

/** Null where the answer is good. */
export function checkMigrationAnswer(
  { path, value, answers }: AnswerCheck,
  { schema }: Pick<MigrationSubject, 'schema'>,
  readSql: ReadSql,
): string | null {
  const [question = ''] = path;
  return checkRecipeAnswer({ question, value, answers, schema, readSql });
}
