/** An index that is built while the table is written to. */
import { textAnswer, yesAnswer } from '../answers.ts';
import { namesLiteral, stringLiteral } from '../migration/python-literal.ts';
import { call } from '../python-code/layout.ts';
import {
  autocommit,
  columnNames,
  failed,
  indexName,
  line,
  type Recipe,
  type RecipeRequest,
  schemaOption,
  tableOf,
} from './recipe.ts';

export function indexRecipe(request: RecipeRequest): Recipe {
  const { answers, message, style } = request;
  const table = tableOf(request);
  if (typeof table === 'string') return failed(table);
  const columns = columnNames(textAnswer(answers, 'columns'));
  const unknown = columns.find(name => !table.columns.some(column => column.name === name));
  if (unknown !== undefined) return failed(`${table.name} has no column ${unknown}`);
  if (columns.length === 0) return failed('columns is missing: names with commas between them');
  const index = textAnswer(answers, 'name') || indexName(table, columns);
  const options = schemaOption(table, request);
  const name = `op.f(${stringLiteral(index, style)})`;
  const create = call(
    'op.create_index',
    name,
    stringLiteral(table.name, style),
    namesLiteral(columns, style),
    `unique=${yesAnswer(answers, 'unique') ? 'True' : 'False'}`,
    ...options,
    'postgresql_concurrently=True',
  );
  const drop = call(
    'op.drop_index',
    name,
    `table_name=${stringLiteral(table.name, style)}`,
    ...options,
    'postgresql_concurrently=True',
    'if_exists=True',
  );
  return {
    kind: 'revisions',
    revisions: [
      {
        message,
        upgrade: [
          autocommit,
          '        # One that was left half built is of no use to anybody.',
          ...line(drop, style, 8),
          ...line(create, style, 8),
        ],
        downgrade: [autocommit, ...line(drop, style, 8)],
      },
    ],
    notes: [],
  };
}
