/** `User.id == select(…)`: a statement where one value is meant. */
import type { Comparison } from '../../python/syntax.ts';
import { isSqlOperand } from '../../sqlalchemy/meaning.ts';
import type { FileContext, Rule } from '../rule.ts';
import { isPythonTest } from '../shared/code/python-condition.ts';

export const implicitScalarSubquery: Rule = {
  id: 'implicit-scalar-subquery',
  category: 'query',
  since: '0.1.0',
  severity: 'information',
  preset: 'recommended',
  fix: 'safe',
  documentation: {
    summary: 'A column is compared with a `select()` that was not made a scalar subquery',
    why: 'SQLAlchemy turns the statement into a scalar subquery by itself, with an `SAWarning: implicitly coercing SELECT object to scalar subquery` each time the line runs.',
    instead:
      'Say so: `select(…).scalar_subquery()`. Where the statement gives several rows, use `.in_(select(…))`.',
    references: [
      'https://docs.sqlalchemy.org/en/20/tutorial/data_select.html#scalar-and-correlated-subqueries',
    ],
  },
  examples: [
    {
      bad: 'select(User).where(User.age == select(func.max(User.age)))',
      good: 'select(User).where(User.age == select(func.max(User.age)).scalar_subquery())',
    },
  ],
  check: { expressions: { comparison: checkComparison } },
};

function checkComparison(node: Comparison, context: FileContext): void {
  const [rest, ...others] = node.rest;
  if (!rest || others.length > 0 || !/^[=!<>]/.test(rest.operator)) return;
  if (isPythonTest(node, context.ancestors)) return;
  const sides = [node.left, rest.right] as const;
  for (const [index, side] of sides.entries()) {
    const meaning = context.facts.meaningOf(side);
    const other = sides[1 - index];
    const isSelect =
      meaning.kind === 'statement' && (meaning.statement === 'select' || meaning.statement === 'compound');
    if (!isSelect || !other || !isSqlOperand(context.facts.meaningOf(other))) continue;
    const end = (side.parenthesized ?? side).end;
    context.report({
      range: { start: side.start, end: side.end },
      message:
        'SQLAlchemy makes this a scalar subquery by itself and gives an SAWarning each time the line runs',
      fixes: [
        {
          title: 'Add .scalar_subquery()',
          edits: [{ range: { start: end, end }, newText: '.scalar_subquery()' }],
        },
      ],
    });
  }
}
