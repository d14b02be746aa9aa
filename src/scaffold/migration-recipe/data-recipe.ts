/** Data: a column of a table that is there gets values where it has none. */
import { textAnswer } from '../answers.ts';
import { backfillLines } from './backfill-lines.ts';
import { batchedTableOf, failed, type Recipe, type RecipeRequest } from './recipe.ts';

export function dataRecipe(request: RecipeRequest): Recipe {
  const { answers, message } = request;
  const batched = batchedTableOf(request);
  if (typeof batched === 'string') return failed(batched);
  const { table, key } = batched;
  const column = table.columns.find(each => each.name === textAnswer(answers, 'column'));
  if (!column) return failed(`${table.name} has no column ${textAnswer(answers, 'column')}`);
  const value = textAnswer(answers, 'value');
  if (value === '') return failed('value is missing: an SQL expression over the columns of the table');
  const upgrade = backfillLines({ table, key, column, value }, request);
  const downgrade = ['    # What the rows had before is not known any more: the values stay.'];
  return { kind: 'revisions', revisions: [{ message, upgrade, downgrade }], notes: [] };
}
