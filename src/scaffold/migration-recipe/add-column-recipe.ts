/** Add a column safely: empty, filled in batches, then NOT NULL by way of a CHECK that is proven while the table is in use. */
import type { Column } from '../../schema/schema.ts';
import { textAnswer } from '../answers.ts';
import { columnCode } from '../migration/column-code.ts';
import { stringLiteral } from '../migration/python-literal.ts';
import { call } from '../python-code/layout.ts';
import { backfillLines } from './backfill-lines.ts';
import { notNullLines } from './not-null-lines.ts';
import {
  batchedTableOf,
  failed,
  line,
  type Recipe,
  type RecipeRequest,
  schemaOption,
  typeContext,
} from './recipe.ts';

export function addColumnRecipe(request: RecipeRequest): Recipe {
  const { answers, message, style } = request;
  const batched = batchedTableOf(request);
  if (typeof batched === 'string') return failed(batched);
  const { table, key } = batched;
  const name = textAnswer(answers, 'column');
  if (name === '') return failed('column is missing: the name of the new column');
  if (table.columns.some(each => each.name === name))
    return failed(`${table.name} has a column ${name} already`);
  const [type, value] = [textAnswer(answers, 'type'), textAnswer(answers, 'value')];
  if (type === '') return failed('type is missing: as PostgreSQL writes it, such as VARCHAR(40)');
  if (value === '') return failed('value is missing: an SQL expression that the rows there are get');
  const fresh = textAnswer(answers, 'default');
  const column: Column = {
    name,
    type,
    nullable: true,
    default: fresh === '' ? null : fresh,
    identity: null,
    computed: null,
    comment: null,
  };
  const owner = stringLiteral(table.name, style);
  const options = schemaOption(table, request);
  const add = line(
    call('op.add_column', owner, columnCode(column, [], typeContext(request)), ...options),
    style,
  );
  const drop = line(call('op.drop_column', owner, stringLiteral(name, style), ...options), style);
  const fill = backfillLines({ table, key, column, value }, request);
  const { prove, unprove, set, unset } = notNullLines(table, column, request);
  if (textAnswer(answers, 'revisions') === 'one') {
    const notes = ['Where it stops half way, what was committed stays: downgrade before it is run again.'];
    const revision = { message, upgrade: [...add, ...fill, ...prove, ...set], downgrade: drop };
    return { kind: 'revisions', revisions: [revision], notes };
  }
  const kept = ['    # The column goes with the revision before.'];
  return {
    kind: 'revisions',
    revisions: [
      { message, upgrade: add, downgrade: drop },
      { message: `${message}: fill it`, upgrade: fill, downgrade: kept },
      { message: `${message}: prove it`, upgrade: prove, downgrade: unprove },
      { message: `${message}: not null`, upgrade: set, downgrade: unset },
    ],
    notes: ['Deploy code that fills the column before the third revision: a row without a value fails it.'],
  };
}
