/** `not User.is_active`: Python's negation where SQL's NOT was meant. */
import type { Expression, UnaryOperation } from '../../python/syntax.ts';
import { isSqlOperand, type Meaning } from '../../sqlalchemy/meaning.ts';
import type { FileContext, ReportedFix, Rule } from '../rule.ts';
import { primaryText, writtenText } from '../shared/code/operand-text.ts';
import { isPythonTest } from '../shared/code/python-condition.ts';

export const notOperatorOnColumn: Rule = {
  id: 'not-operator-on-column',
  category: 'query',
  since: '0.1.0',
  severity: 'error',
  preset: 'recommended',
  fix: 'safe',
  documentation: {
    summary: '`not` on a column gives plain False instead of a condition',
    why: 'Python does not let a class redefine `not`: it asks the column for its truth, and every mapped attribute is true. `not User.is_active` is therefore `False` before SQLAlchemy sees it, and the statement becomes `WHERE false`: no row ever matches. On a comparison with `==` it becomes `WHERE true`, and on other expressions it raises `TypeError: Boolean value of this clause is not defined`.',
    instead: 'Write `~User.is_active` or `not_(User.is_active)`, and `.is_(None)` to find what is missing.',
    references: ['https://docs.sqlalchemy.org/en/20/core/operators.html#conjunction-operators'],
  },
  examples: [
    {
      bad: 'select(User).where(not User.is_active)',
      good: 'select(User).where(~User.is_active)',
    },
    {
      bad: 'select(User).where(not User.deleted_at)',
      good: 'select(User).where(User.deleted_at.is_(None))',
    },
  ],
  check: { expressions: { unary: checkUnary } },
};

function checkUnary(node: UnaryOperation, context: FileContext): void {
  if (node.operator !== 'not') return;
  const meaning = context.facts.meaningOf(node.operand);
  if (!isSqlOperand(meaning) || isPythonTest(node, context.ancestors)) return;
  const fix = fixFor(node, meaning, context.file.text);
  context.report({ range: node, message: messageFor(node.operand, meaning), fixes: fix ? [fix] : [] });
}

function messageFor(operand: Expression, meaning: Meaning): string {
  if (meaning.kind === 'attribute') {
    return '`not` asks the attribute for its truth and gives False: the condition becomes WHERE false and no row matches';
  }
  const operator =
    operand.kind === 'comparison' && operand.rest.length === 1 ? operand.rest[0]?.operator : undefined;
  if (operator === '==' || operator === '!=') {
    const [value, effect] = operator === '==' ? ['True', 'every row matches'] : ['False', 'no row matches'];
    return `\`not\` asks the comparison for its truth and gives ${value}: the condition becomes WHERE ${value.toLowerCase()} and ${effect}`;
  }
  return '`not` asks this SQL expression for its truth, and SQLAlchemy raises TypeError: Boolean value of this clause is not defined';
}

function fixFor(node: UnaryOperation, meaning: Meaning, text: string): ReportedFix | null {
  const operand = primaryText(text, node.operand);
  const replace = (newText: string, kind: ReportedFix['kind']): ReportedFix => ({
    title: `Replace with ${newText}`,
    ...(kind && { kind }),
    edits: [{ range: { start: node.start, end: node.end }, newText }],
  });
  if (meaning.kind !== 'attribute') return { ...replace(`~${operand}`, 'safe'), title: 'Replace with ~' };
  const { attribute } = meaning;
  switch (attribute.kind) {
    case 'column':
      if (isBoolean(attribute.sqlType)) return { ...replace(`~${operand}`, 'safe'), title: 'Replace with ~' };
      return attribute.nullable ? replace(`${operand}.is_(None)`, 'review') : null;
    case 'relationship':
      if (attribute.collection) return replace(`~${operand}.any()`, 'review');
      return replace(`${writtenText(text, node.operand)} == None`, 'review');
    case 'hybrid':
      return replace(`~${operand}`, 'review');
    default:
      return null;
  }
}

function isBoolean(sqlType: string | null): boolean {
  return sqlType?.toUpperCase() === 'BOOLEAN';
}
