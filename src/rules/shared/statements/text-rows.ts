/** What PostgreSQL says that the rows of SQL text have, for the places that ask them. */
import { isSameRange } from '../../../base/range.ts';
import type { RowColumn, RowUnpacking } from '../../../sqlalchemy/flow-fact.ts';
import type { DescribedSubject, FileContext } from '../../rule.ts';

export type RowFact = RowColumn | RowUnpacking;

/** Facts about the rows of one text; those of several texts are left alone. */
export function factsOfText<Kind extends RowFact['kind']>(
  { statement }: DescribedSubject,
  kind: Kind,
  { project, file }: FileContext,
): readonly Extract<RowFact, { kind: Kind }>[] {
  return project
    .flowOf(file.path)
    .facts.filter(
      (fact): fact is Extract<RowFact, { kind: Kind }> =>
        fact.kind === kind &&
        'texts' in fact &&
        fact.texts.length > 0 &&
        fact.texts.every(each => isSameRange(each, statement.location.range)),
    );
}

/** The columns of each form; null where one of them may be another than is seen. */
export function rowsOfText({ statement, forms }: DescribedSubject): readonly (readonly string[])[] | null {
  const { raw } = statement;
  const isWhole = raw.length > 0 && raw.every(each => each.holes.length === 0) && forms.length === raw.length;
  return isWhole && forms.every(each => each.columns.length > 0) ? forms.map(each => each.columns) : null;
}
