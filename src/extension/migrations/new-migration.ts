/** The questions of New Migration…, and what Alembic is called with for the answers. */
import type { MigrationEnvironmentInfo } from '../../protocol/migrations.ts';
import type { Answers, Question } from '../../protocol/scaffold.ts';

export function migrationQuestions(environments: readonly MigrationEnvironmentInfo[]): readonly Question[] {
  const [only, ...others] = environments;
  const [heads] = others.length === 0 ? [only?.heads ?? []] : [[]];
  return [
    ...(others.length === 0 ? [] : [environmentQuestion(environments)]),
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
      options: [
        {
          value: 'models',
          label: 'From the models',
          detail:
            'What the models have and the migrations have not, written without Python or a database, and shown first.',
        },
        {
          value: 'autogenerate',
          label: 'From the models, by Alembic',
          detail:
            'Alembic compares the models with the database and writes the difference. The database must be up to date.',
        },
        { value: 'empty', label: 'Empty', detail: 'upgrade() and downgrade() are left for you to write.' },
      ],
    },
    ...(heads && heads.length > 1 ? [headQuestion(heads)] : []),
  ];
}

export function environmentQuestion(environments: readonly MigrationEnvironmentInfo[]): Question {
  return {
    kind: 'pick',
    id: 'environment',
    title: 'Environment',
    prompt: 'Which Alembic environment',
    options: environments.map(({ id, label }) => ({ value: id, label })),
  };
}

function headQuestion(heads: readonly string[]): Question {
  return {
    kind: 'pick',
    id: 'head',
    title: 'After',
    prompt: 'There are several heads. Which one the migration follows',
    options: heads.map(head => ({ value: head, label: head })),
  };
}

export function revisionArguments(answers: Answers): readonly string[] {
  return [
    'revision',
    ...(answers.content === 'autogenerate' ? ['--autogenerate'] : []),
    ...(typeof answers.head === 'string' ? ['--head', answers.head] : []),
    '-m',
    String(answers.message ?? ''),
  ];
}
