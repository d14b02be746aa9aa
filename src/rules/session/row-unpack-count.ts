/** `a, b = row`: the row has three columns. */
import { counted } from '../../base/counted.ts';
import type { FlowFact, RowUnpacking } from '../../sqlalchemy/flow-fact.ts';
import type { DescribedSubject, FileContext, Rule } from '../rule.ts';
import { factsOfText, rowsOfText } from '../shared/statements/text-rows.ts';

export const rowUnpackCount: Rule = {
  id: 'row-unpack-count',
  category: 'session',
  since: '0.1.0',
  severity: 'error',
  preset: 'recommended',
  fix: null,
  documentation: {
    summary: 'A row is taken apart into more or fewer names than it has columns',
    why: 'A row is a tuple with one value for each expression that the statement selects, an object counting as one. Taking it apart into another number of names raises `ValueError` when the first row comes: a column was added to the statement and not to the names, or the other way round.',
    instead: 'Take as many names as the statement selects, or ask the row by name: `row.name`.',
    references: ['https://docs.sqlalchemy.org/en/20/core/connections.html#sqlalchemy.engine.Row'],
  },
  examples: [
    {
      bad: 'def read(session: Session) -> None:\n    for key, name in session.execute(select(User.id, User.name, User.age)):\n        print(key, name)',
      good: 'def read(session: Session) -> None:\n    for key, name, age in session.execute(select(User.id, User.name, User.age)):\n        print(key, name, age)',
    },
  ],
  check: { flow: checkFact, description: checkDescription },
};

function checkFact(fact: FlowFact, context: FileContext): void {
  if (fact.kind === 'row-unpacking' && fact.columns !== null) report(fact, fact.columns, context);
}

function checkDescription(subject: DescribedSubject, context: FileContext): void {
  const counts = rowsOfText(subject)?.map(each => each.length) ?? [];
  const [columns] = counts;
  if (columns === undefined) return;
  for (const fact of factsOfText(subject, 'row-unpacking', context))
    if (!counts.includes(fact.count)) report(fact, columns, context);
}

function report({ node, count }: RowUnpacking, columns: number, context: FileContext): void {
  const raised =
    count < columns
      ? `too many values to unpack (expected ${count})`
      : `not enough values to unpack (expected ${count}, got ${columns})`;
  context.report({
    range: { start: node.start, end: node.end },
    message: `The row has ${counted(columns, 'column')} and is taken apart into ${count}: this raises ValueError, “${raised}”`,
  });
}
