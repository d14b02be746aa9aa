/** What is asked of a change that running code survives. */
import { quoteQualified } from '../../schema/identifier.ts';
import type { DatabaseSchema, Table } from '../../schema/schema.ts';
import type { PickOption, Question } from '../scaffold.ts';
import { keyOf } from './recipe.ts';

/** The answers of the question `content` that are recipes. */
export const recipeOptions: readonly PickOption[] = [
  {
    value: 'data',
    label: 'Data, in batches',
    detail: 'Fills a column where it is NULL. Committed batch by batch; begun again, it goes on.',
  },
  {
    value: 'add-column',
    label: 'Add a column safely',
    detail: 'Empty first, then filled in batches, then NOT NULL without a scan under an exclusive lock.',
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
];

/** `schema` is what the revisions so far build: its tables are the choices. */
export function recipeQuestions({ tables }: DatabaseSchema): readonly Question[] {
  const batched = tables.filter(table => typeof keyOf(table) !== 'string');
  return [
    tableQuestion(batched, 'Those with a primary key of one column, by which rows are taken in batches.', [
      'data',
      'add-column',
      'rename-column',
    ]),
    tableQuestion(tables, 'The table that gets the index.', ['index']),
    ...detailQuestions,
  ];
}

function tableQuestion(tables: readonly Table[], prompt: string, contents: readonly string[]): Question {
  const options = tables
    .map(table => {
      const name = quoteQualified(table.schema, table.name);
      return { value: name, label: name, description: columnList(table) };
    })
    .sort((a, b) => (a.value < b.value ? -1 : 1));
  return { kind: 'pick', id: 'table', title: 'Table', prompt, options, ...asked(...contents) };
}

/** So that a table can be found by its columns, too. */
function columnList({ columns }: Table): string {
  return columns.map(({ name }) => name).join(', ');
}

function asked(...contents: readonly string[]): Pick<Question, 'when'> {
  return { when: { question: 'content', is: contents } };
}

const detailQuestions: readonly Question[] = [
  {
    kind: 'text',
    id: 'column',
    title: 'Column',
    prompt: 'The column that is filled where it is NULL.',
    placeholder: 'note',
    ...asked('data'),
  },
  {
    kind: 'text',
    id: 'column',
    title: 'New column',
    prompt: 'What the column is called.',
    placeholder: 'note',
    ...asked('add-column'),
  },
  {
    kind: 'text',
    id: 'column',
    title: 'Column',
    prompt: 'The column that gets another name.',
    placeholder: 'note',
    ...asked('rename-column'),
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
    initial: false,
    ...asked('index'),
  },
];
