/** `1 < User.age < 10`: Python joins the two comparisons with `and`, which no column understands. */
import type { Comparison, ComparisonRest, Expression } from '../../python/syntax.ts';
import { isSqlOperand } from '../../sqlalchemy/meaning.ts';
import type { FileContext, ReportedFix, Rule } from '../rule.ts';
import { importName } from '../shared/code/import-name.ts';
import { primaryText, writtenText } from '../shared/code/operand-text.ts';
import { precedenceSlip } from '../shared/code/operator-precedence.ts';
import { isPythonTest } from '../shared/code/python-condition.ts';

export const chainedComparisonOnColumn: Rule = {
  id: 'chained-comparison-on-column',
  category: 'query',
  since: '0.1.0',
  severity: 'error',
  preset: 'recommended',
  fix: 'safe',
  documentation: {
    summary: 'A chained comparison such as `1 < User.age < 10` is no SQL condition',
    why: 'Python reads `1 < User.age < 10` as `1 < User.age and User.age < 10`, and `and` asks the first comparison for its truth: SQLAlchemy raises `TypeError: Boolean value of this clause is not defined`. A chain that begins with `==` loses one of its comparisons without an error.',
    instead:
      'Write `User.age.between(1, 10)`, which includes both ends, or `and_(User.age > 1, User.age < 10)`.',
    references: ['https://docs.sqlalchemy.org/en/20/core/operators.html#between-comparisons'],
  },
  examples: [
    {
      bad: 'select(User).where(18 <= User.age <= 65)',
      good: 'select(User).where(User.age.between(18, 65))',
    },
    {
      bad: 'select(User).where(18 < User.age < 65)',
      good: 'select(User).where(and_(18 < User.age, User.age < 65))',
    },
  ],
  check: { expressions: { comparison: checkComparison } },
};

const ordering: ReadonlySet<string> = new Set(['<', '<=', '>', '>=', '==', '!=']);

function checkComparison(node: Comparison, context: FileContext): void {
  if (node.rest.length < 2 || node.rest.some(rest => !ordering.has(rest.operator))) return;
  if (precedenceSlip(node, context.facts) || isPythonTest(node, context.ancestors)) return;
  const asked = pairs(node).slice(0, -1);
  const isSql = (each: Expression) => isSqlOperand(context.facts.meaningOf(each));
  const first = asked.find(({ left, rest }) => isSql(left) || isSql(rest.right));
  if (!first) return;
  context.report({ range: node, message: messageFor(first.rest), fixes: [fixFor(node, context)] });
}

interface Pair {
  readonly left: Expression;
  readonly rest: ComparisonRest;
}

function pairs(node: Comparison): readonly Pair[] {
  return node.rest.map((rest, index) => ({ left: node.rest[index - 1]?.right ?? node.left, rest }));
}

function messageFor({ operator }: ComparisonRest): string {
  if (operator === '==')
    return 'Python asks the first comparison for its truth and drops the rest of the chain';
  if (operator === '!=') return 'Python asks the first comparison for its truth and drops it';
  return 'Python asks the first comparison of this chain for its truth, and SQLAlchemy raises TypeError: Boolean value of this clause is not defined';
}

function fixFor(node: Comparison, context: FileContext): ReportedFix {
  const text = context.file.text;
  const range = { start: node.start, end: node.end };
  const [first, second] = node.rest;
  if (first?.operator === '<=' && second?.operator === '<=' && node.rest.length === 2) {
    const bounds = `${writtenText(text, node.left)}, ${writtenText(text, second.right)}`;
    const newText = `${primaryText(text, first.right)}.between(${bounds})`;
    return { title: 'Replace with .between(…)', edits: [{ range, newText }] };
  }
  const and = importName(context.file.module, 'sqlalchemy', 'and_');
  const parts = pairs(node).map(
    ({ left, rest }) => `${writtenText(text, left)} ${rest.operator} ${writtenText(text, rest.right)}`,
  );
  const newText = `${and.expression}(${parts.join(', ')})`;
  return { title: 'Replace with and_(…)', edits: [...and.edits, { range, newText }] };
}
