/** `A == 1 | B == 2`: without parentheses Python joins `1 | B` first. */
import type { Comparison } from '../../python/syntax.ts';
import { isSqlOperand } from '../../sqlalchemy/meaning.ts';
import type { FileContext, Rule } from '../rule.ts';
import { type PrecedenceSlip, precedenceSlip } from '../shared/code/operator-precedence.ts';

export const bitwisePrecedence: Rule = {
  id: 'bitwise-precedence',
  category: 'query',
  since: '0.1.0',
  severity: 'error',
  preset: 'recommended',
  fix: 'safe',
  documentation: {
    summary: '`|` or `&` between comparisons without parentheses joins the wrong operands',
    why: "In Python `|` and `&` bind tighter than `==` and `<`. `User.name == 'a' | User.age == 3` is therefore `User.name == ('a' | User.age) == 3`, which raises `TypeError: unsupported operand`. Where both sides of the operator are SQL, the statement is built and asks for something else.",
    instead: "Put each comparison into parentheses: `(User.name == 'a') | (User.age == 3)`.",
    references: ['https://docs.sqlalchemy.org/en/20/core/operators.html#conjunction-operators'],
  },
  examples: [
    {
      bad: "select(User).where(User.name == 'a' | User.age == 3)",
      good: "select(User).where((User.name == 'a') | (User.age == 3))",
    },
    {
      bad: 'select(User).where(User.deleted_at.is_(None) & User.age > 3)',
      good: 'select(User).where(User.deleted_at.is_(None) & (User.age > 3))',
    },
  ],
  check: { expressions: { comparison: checkComparison } },
};

function checkComparison(node: Comparison, context: FileContext): void {
  const slip = precedenceSlip(node, context.facts);
  if (!slip) return;
  context.report({
    range: node,
    message: messageFor(slip, context),
    fixes: [
      {
        title: 'Put each comparison into parentheses',
        edits: slip.meant.flatMap(({ start, end }) => [
          { range: { start, end: start }, newText: '(' },
          { range: { start: end, end }, newText: ')' },
        ]),
      },
    ],
  });
}

function messageFor({ operator, joined }: PrecedenceSlip, { facts }: FileContext): string {
  const bothSql = [joined.left, joined.right].every(each => isSqlOperand(facts.meaningOf(each)));
  const effect = bothSql ? 'the statement compares something else' : 'this raises TypeError';
  return `\`${operator}\` binds tighter than the comparison, so Python joins the operands beside it first and ${effect}`;
}
