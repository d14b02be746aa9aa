/** `User.deleted_at is None`: Python's identity where SQL was meant. */
import type { Comparison, ComparisonRest, Expression } from '../../python/syntax.ts';
import { isSqlOperand } from '../../sqlalchemy/meaning.ts';
import type { FileContext, ReportedFix, Rule } from '../rule.ts';
import { primaryText, writtenText } from '../shared/code/operand-text.ts';
import { isPythonTest } from '../shared/code/python-condition.ts';

export const identityTestOnColumn: Rule = {
  id: 'identity-test-on-column',
  category: 'query',
  since: '0.1.0',
  severity: 'error',
  preset: 'recommended',
  fix: 'safe',
  documentation: {
    summary: '`is` and `is not` on a column compare Python objects, so the condition is a constant',
    why: 'Python does not let a class redefine `is`. `User.deleted_at is None` is therefore `False` before SQLAlchemy sees it, and the statement becomes `WHERE false`: no row ever matches. `is not None` becomes `WHERE true`: every row does.',
    instead:
      'Write `.is_(None)` and `.is_not(None)`, `.is_(True)` and `.is_(False)`, or `==` for other values.',
    references: ['https://docs.sqlalchemy.org/en/20/core/operators.html#comparison-operators'],
  },
  examples: [
    {
      bad: 'select(User).where(User.deleted_at is None)',
      good: 'select(User).where(User.deleted_at.is_(None))',
    },
    {
      bad: 'select(User).where(User.is_active is not True)',
      good: 'select(User).where(User.is_active.is_not(True))',
    },
  ],
  check: { expressions: { comparison: checkComparison } },
};

function checkComparison(node: Comparison, context: FileContext): void {
  let left = node.left;
  for (const rest of node.rest) {
    if (rest.operator === 'is' || rest.operator === 'is not') checkPair(node, left, rest, context);
    left = rest.right;
  }
}

function checkPair(node: Comparison, left: Expression, rest: ComparisonRest, context: FileContext): void {
  if (!isSqlOperand(context.facts.meaningOf(left))) return;
  if (isPythonTest(node, context.ancestors)) return;
  const [value, effect] =
    rest.operator === 'is' ? ['False', 'no row matches'] : ['True', 'every row matches'];
  context.report({
    range: node,
    message: `\`${rest.operator}\` compares Python objects and gives ${value} here: the condition becomes WHERE ${value.toLowerCase()} and ${effect}`,
    fixes: node.rest.length === 1 ? [fixFor(node, left, rest, context.file.text)] : [],
  });
}

function fixFor(node: Comparison, left: Expression, rest: ComparisonRest, text: string): ReportedFix {
  const singleton = rest.right.kind === 'constant' && rest.right.value !== 'Ellipsis';
  const right = writtenText(text, rest.right);
  const method = rest.operator === 'is' ? 'is_' : 'is_not';
  const operator = rest.operator === 'is' ? '==' : '!=';
  const newText = singleton
    ? `${primaryText(text, left)}.${method}(${right})`
    : `${writtenText(text, left)} ${operator} ${right}`;
  return {
    title: singleton ? `Replace with .${method}(${right})` : `Replace with ${operator}`,
    kind: singleton ? 'safe' : 'review',
    edits: [{ range: { start: node.start, end: node.end }, newText }],
  };
}
