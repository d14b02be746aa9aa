/** `User.email != "a"`: rows without an email are not among those that differ. */
import { literalPattern } from '../../base/literal-pattern.ts';
import { rangeOf } from '../../base/range.ts';
import { lastName } from '../../python/last-name.ts';
import type { Call, Comparison, Expression } from '../../python/syntax.ts';
import type { Meaning } from '../../sqlalchemy/meaning.ts';
import { isNone } from '../../sqlalchemy/types/read-annotation.ts';
import type { FileContext, Rule } from '../rule.ts';
import { primaryText, writtenText } from '../shared/code/operand-text.ts';
import { isPythonTest } from '../shared/code/python-condition.ts';
import { isSequence } from '../shared/code/sequences.ts';

export const notEqualOnNullable: Rule = {
  id: 'not-equal-on-nullable',
  category: 'query',
  since: '0.1.0',
  severity: 'information',
  preset: 'strict',
  fix: 'review',
  documentation: {
    summary: '`!=` on a nullable column leaves out the rows where it is NULL',
    why: "A comparison with NULL is neither true nor false. `email != 'a'` is therefore not true for the rows that have no email at all, and they are missing from the result though they are surely not equal.",
    instead:
      'Write `User.email.is_distinct_from("a")`, which counts NULL as a value, or add `| User.email.is_(None)`. Where the rows without a value are to be left out, say so with `.is_not(None)`.',
    references: [
      'https://docs.sqlalchemy.org/en/20/core/operators.html#comparison-operators',
      'https://www.postgresql.org/docs/current/functions-comparison.html',
    ],
  },
  examples: [
    {
      bad: "select(User).where(User.email != 'a')",
      good: "select(User).where(User.email.is_distinct_from('a'))",
    },
    {
      bad: "select(User).where(User.email != 'a', User.age > 3)",
      good: "select(User).where((User.email != 'a') | User.email.is_(None), User.age > 3)",
    },
  ],
  check: { expressions: { comparison: checkComparison, call: checkCall } },
};

function checkComparison(node: Comparison, context: FileContext): void {
  const [rest, ...others] = node.rest;
  if (!rest || others.length > 0 || isPythonTest(node, context.ancestors)) return;
  const negation = rest.operator === '==' ? negationOf(context) : null;
  if (rest.operator !== '!=' && negation === null) return;
  const { facts, file } = context;
  const left = facts.meaningOf(node.left);
  const right = facts.meaningOf(rest.right);
  const column = isNullable(left) ? node.left : isNullable(right) ? rest.right : null;
  const other = column === node.left ? right : left;
  if (!column || !isValue(other) || isNullHandled(column, context)) return;
  const operands = [primaryText(file.text, node.left), writtenText(file.text, rest.right)];
  const newText = `${operands[0]}.is_distinct_from(${operands[1]})`;
  const name = column.kind === 'attribute' ? column.attribute.id : 'it';
  const whole = negation ?? node;
  context.report({
    range: whole,
    message: `Rows where ${name} is NULL are left out: NULL != a value is not true`,
    fixes:
      column === node.left
        ? [
            {
              title: 'Replace with .is_distinct_from(…)',
              edits: [{ range: rangeOf(whole.parenthesized ?? whole), newText }],
            },
          ]
        : [],
  });
}

/** `not_in()`, `not_like()` and their kin say as little of NULL. */
const negations: ReadonlySet<string> = new Set([
  'not_in',
  'notin_',
  'not_like',
  'notlike',
  'not_ilike',
  'notilike',
]);

function checkCall(node: Call, context: FileContext): void {
  const [given] = node.arguments;
  if (node.function.kind !== 'attribute' || !negations.has(node.function.attribute.id) || !given) return;
  const column = node.function.value;
  if (!isNullable(context.facts.meaningOf(column)) || isNullHandled(column, context)) return;
  const { value } = given;
  // With None in it the list matches nothing at all, which another rule says.
  const isOfValues = isSequence(value)
    ? !value.elements.some(isNone)
    : isValue(context.facts.meaningOf(value));
  if (!isOfValues) return;
  const { text } = context.file;
  const newText = `(${writtenText(text, node)} | ${primaryText(text, column)}.is_(None))`;
  context.report({
    range: node,
    message: `Rows where ${lastName(column) ?? 'it'} is NULL are left out: NULL ${words(node.function.attribute.id)} … is not true`,
    fixes: [{ title: 'Add | ….is_(None)', edits: [{ range: rangeOf(node.parenthesized ?? node), newText }] }],
  });
}

function words(method: string): string {
  return method.includes('in') ? 'NOT IN' : 'NOT LIKE';
}

/** `~(column == value)` and `not_(column == value)`, which are sent as `!=`. */
function negationOf({ ancestors }: FileContext): Expression | null {
  const outer = ancestors.at(-1);
  if (outer?.kind === 'unary') return outer.operator === '~' ? outer : null;
  const isAlone = outer?.kind === 'call' && outer.arguments.length === 1;
  return isAlone && lastName(outer.function) === 'not_' ? outer : null;
}

function isNullable(meaning: Meaning): boolean {
  return meaning.kind === 'attribute' && meaning.attribute.kind === 'column' && meaning.attribute.nullable;
}

/** Surely not NULL: a constant, or a plain value. Two columns may well be meant to be both there. */
function isValue(meaning: Meaning): boolean {
  return meaning.kind === 'constant' ? meaning.value !== null : meaning.kind === 'python';
}

/** What conditions are put together in. A function may collect them one by one. */
const around: ReadonlySet<string> = new Set(['call', 'binary', 'unary', 'list', 'tuple', 'function']);

/** The statement around it speaks of the same column's NULLs. */
function isNullHandled(column: Comparison['left'], { ancestors, file }: FileContext): boolean {
  const written = literalPattern(writtenText(file.text, column));
  const handled = new RegExp(
    `${written}\\s*\\.(is_|is_not|isnot|is_distinct_from)\\(|${written}\\s*[!=]=\\s*None`,
  );
  return ancestors.some(each => around.has(each.kind) && handled.test(file.text.slice(each.start, each.end)));
}
