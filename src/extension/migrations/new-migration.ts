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
        {
          value: 'data',
          label: 'Data, in batches',
          detail: 'Fills a column where it is NULL. Committed batch by batch; begun again, it goes on.',
        },
        {
          value: 'add-column',
          label: 'Add a column safely',
          detail:
            'Empty first, then filled in batches, then NOT NULL without a scan under an exclusive lock.',
        },
        {
          value: 'rename-column',
          label: 'Rename a column without downtime',
          detail: 'Old and new column side by side, kept alike by a trigger, until no code uses the old one.',
        },
        {
          value: 'index',
          label: 'Index, concurrently',
          detail: 'Built while the table is written to, outside of the migration’s transaction.',
        },
        { value: 'empty', label: 'Empty', detail: 'upgrade() and downgrade() are left for you to write.' },
      ],
    },
    ...recipeQuestions,
    ...(heads && heads.length > 1 ? [headQuestion(heads)] : []),
  ];
}

/** Contents that are written without Python, and without a difference of the models. */
export const recipeContents: readonly string[] = ['data', 'add-column', 'rename-column', 'index'];

function asked(...contents: readonly string[]): Pick<Question, 'when'> {
  return { when: { question: 'content', is: contents } };
}

const recipeQuestions: readonly Question[] = [
  {
    kind: 'text',
    id: 'table',
    title: 'Table',
    prompt: 'The table, with its schema where that is not the first of the search path.',
    placeholder: 'orders',
    ...asked(...recipeContents),
  },
  {
    kind: 'text',
    id: 'column',
    title: 'Column',
    prompt: 'The column: the one that is filled, added or renamed.',
    placeholder: 'note',
    ...asked('data', 'add-column', 'rename-column'),
  },
  {
    kind: 'text',
    id: 'type',
    title: 'Type',
    prompt: 'As PostgreSQL writes it.',
    placeholder: 'VARCHAR(40)',
    ...asked('add-column'),
  },
  {
    kind: 'text',
    id: 'value',
    title: 'Value',
    prompt: 'What the rows there get: an SQL expression over the columns of the table.',
    placeholder: 'lower(email)',
    ...asked('data', 'add-column'),
  },
  {
    kind: 'text',
    id: 'default',
    title: 'Default',
    prompt: 'What new rows get by themselves: an SQL expression. Leave it empty for nothing.',
    placeholder: '0',
    optional: true,
    ...asked('add-column'),
  },
  {
    kind: 'pick',
    id: 'revisions',
    title: 'Revisions',
    prompt: 'In how many steps',
    options: [
      { value: 'several', label: 'Several', description: 'each can be deployed by itself' },
      { value: 'one', label: 'One' },
    ],
    initial: 'several',
    ...asked('add-column'),
  },
  {
    kind: 'text',
    id: 'newName',
    title: 'New name',
    prompt: 'What the column will be called.',
    placeholder: 'remark',
    ...asked('rename-column'),
  },
  {
    kind: 'text',
    id: 'columns',
    title: 'Columns',
    prompt: 'Those of the index, with commas between them.',
    placeholder: 'customer_id, created_at',
    ...asked('index'),
  },
  {
    kind: 'confirm',
    id: 'unique',
    title: 'Unique',
    prompt: 'Whether no two rows may have the same values.',
    ...asked('index'),
  },
];

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
