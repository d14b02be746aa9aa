/** `User.age in [1, 2]`: Python's membership test where SQL's IN was meant. */
import type { Comparison, ComparisonRest, Expression } from '../../python/syntax.ts';
import { isSqlOperand } from '../../sqlalchemy/meaning.ts';
import type { FileContext, ReportedFix, Rule } from '../rule.ts';
import { primaryText, writtenText } from '../shared/code/operand-text.ts';
import { isPythonTest } from '../shared/code/python-condition.ts';
import { isSqlCondition } from '../shared/statements/sql-condition.ts';

export const inOperatorOnColumn: Rule = {
  id: 'in-operator-on-column',
  category: 'query',
  since: '0.1.0',
  severity: 'error',
  preset: 'recommended',
  fix: 'safe',
  documentation: {
    summary: '`in` and `not in` on a column look for it in a Python list, so the condition is a constant',
    why: 'Python asks the list whether it holds the column object, and it does not: `User.age in [1, 2]` is `False` before SQLAlchemy sees it, and the statement becomes `WHERE false`. `not in` becomes `WHERE true`. With a `select()` on the right, and with the column on the right, the line raises an error.',
    instead:
      'Write `User.age.in_([1, 2])` and `User.age.not_in([1, 2])`, and `User.name.contains("a")` to look into a text.',
    references: ['https://docs.sqlalchemy.org/en/20/core/operators.html#in-comparisons'],
  },
  examples: [
    {
      bad: 'select(User).where(User.age in [1, 2])',
      good: 'select(User).where(User.age.in_([1, 2]))',
    },
    {
      bad: 'select(User).where(User.age not in (1, 2))',
      good: 'select(User).where(User.age.not_in((1, 2)))',
    },
  ],
  check: { expressions: { comparison: checkComparison } },
};

function checkComparison(node: Comparison, context: FileContext): void {
  const [rest, ...others] = node.rest;
  if (!rest || others.length > 0 || (rest.operator !== 'in' && rest.operator !== 'not in')) return;
  if (isPythonTest(node, context.ancestors)) return;
  if (isSqlOperand(context.facts.meaningOf(node.left))) checkMember(node, rest, context);
  else checkContainer(node, rest, context);
}

/** `column in something`. */
function checkMember(node: Comparison, rest: ComparisonRest, context: FileContext): void {
  const right = context.facts.meaningOf(rest.right);
  if (right.kind === 'sql' || right.kind === 'attribute') return;
  const surelyValues = right.kind === 'python' || right.kind === 'statement';
  if (listsColumns(rest.right, context)) return;
  if (!surelyValues && !isSqlCondition(node, context.ancestors)) return;
  const method = rest.operator === 'in' ? 'in_' : 'not_in';
  const text = context.file.text;
  const newText = `${primaryText(text, node.left)}.${method}(${writtenText(text, rest.right)})`;
  context.report({
    range: node,
    message: messageFor(rest.operator, right.kind === 'statement'),
    fixes: [replacement(`Replace with .${method}(…)`, newText, node, surelyValues ? 'safe' : 'review')],
  });
}

function messageFor(operator: string, isStatement: boolean): string {
  if (isStatement)
    return `\`${operator}\` looks through the statement as if it were a list and raises TypeError`;
  const [value, effect] = operator === 'in' ? ['False', 'no row matches'] : ['True', 'every row matches'];
  return `\`${operator}\` looks for the column object in a Python list and gives ${value}: the condition becomes WHERE ${value.toLowerCase()} and ${effect}`;
}

/** A list of columns is looked through by Python code, such as `if column in (User.id, User.name)`. */
function listsColumns(right: Expression, context: FileContext): boolean {
  if (right.kind !== 'list' && right.kind !== 'tuple' && right.kind !== 'set') return false;
  return right.elements.some(element => isSqlOperand(context.facts.meaningOf(element)));
}

/** `"a" in column`. */
function checkContainer(node: Comparison, rest: ComparisonRest, context: FileContext): void {
  const right = context.facts.meaningOf(rest.right);
  if (right.kind !== 'attribute' || right.attribute.kind !== 'column') return;
  const text = context.file.text;
  const negation = rest.operator === 'in' ? '' : '~';
  const newText = `${negation}${primaryText(text, rest.right)}.contains(${writtenText(text, node.left)})`;
  context.report({
    range: node,
    message: `\`${rest.operator}\` cannot look into a column: this raises NotImplementedError: Operator 'contains' is not supported`,
    fixes: [replacement('Replace with .contains(…)', newText, node, 'review')],
  });
}

function replacement(title: string, newText: string, node: Comparison, kind: 'safe' | 'review'): ReportedFix {
  return { title, kind, edits: [{ range: { start: node.start, end: node.end }, newText }] };
}
