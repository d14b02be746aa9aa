/** `A == x and B == y`: Python keeps one of the two conditions and drops the other. */

import { rangeOf, sliceOf } from '../../base/range.ts';
import { lastName } from '../../python/last-name.ts';
import type { BooleanOperation, Expression } from '../../python/syntax.ts';
import { isSqlOperand } from '../../sqlalchemy/meaning.ts';
import type { FileContext, ReportedFix, Rule } from '../rule.ts';
import { primaryText } from '../shared/code/operand-text.ts';
import { isPythonTest } from '../shared/code/python-condition.ts';

export const booleanOperatorOnColumn: Rule = {
  id: 'boolean-operator-on-column',
  category: 'query',
  since: '0.1.0',
  severity: 'error',
  preset: 'recommended',
  fix: 'safe',
  documentation: {
    summary: '`and` and `or` between SQL conditions keep only one of them',
    why: "Python evaluates `a and b` by the truth of `a`, and returns one of the two objects. SQLAlchemy's `==` is false as a truth value, so `A == x and B == y` is just `A == x`, and `A == x or B == y` is just `B == y`. Other operators (`<`, `like()`, `is_()`) raise `TypeError: Boolean value of this clause is not defined`.",
    instead:
      'Give the conditions to `where()` one by one, or join them with `and_()` and `or_()`, or with `&` and `|` and parentheses around each.',
    references: ['https://docs.sqlalchemy.org/en/20/core/operators.html#conjunction-operators'],
  },
  examples: [
    {
      bad: "select(User).where(User.name == 'a' and User.age == 3)",
      good: "select(User).where(User.name == 'a', User.age == 3)",
    },
    {
      bad: "select(User).where(User.name == 'a' or User.age == 3)",
      good: "select(User).where((User.name == 'a') | (User.age == 3))",
    },
  ],
  check: { expressions: { boolean: checkBoolean } },
};

function checkBoolean(node: BooleanOperation, context: FileContext): void {
  // Only the values before the last are asked for their truth.
  const asked = node.values.slice(0, -1).find(value => isSqlOperand(context.facts.meaningOf(value)));
  if (!asked || isPythonTest(node, context.ancestors)) return;
  context.report({ range: node, message: messageFor(node, asked), fixes: fixesFor(node, context) });
}

function messageFor(node: BooleanOperation, asked: Expression): string {
  const truth = truthOf(asked);
  if (truth === null) {
    return `Python asks this SQL condition for its truth, and SQLAlchemy raises TypeError: \`${node.operator}\` does not build SQL`;
  }
  const keepsAsked = (node.operator === 'and') !== truth;
  const index = node.values.indexOf(asked);
  if (keepsAsked)
    return `\`${node.operator}\` keeps only condition ${index + 1} here: what follows it is dropped from the WHERE`;
  return `\`${node.operator}\` drops condition ${index + 1} here: it never reaches the WHERE`;
}

/** The truth value that Python sees: only `==` and `!=` between a column and something else have one. */
function truthOf(condition: Expression): boolean | null {
  if (condition.kind !== 'comparison' || condition.rest.length !== 1) return null;
  const operator = condition.rest[0]?.operator;
  return operator === '==' ? false : operator === '!=' ? true : null;
}

function fixesFor(node: BooleanOperation, context: FileContext): readonly ReportedFix[] {
  const everyOne = node.values.every(value => isSqlOperand(context.facts.meaningOf(value)));
  const kind = everyOne ? 'safe' : 'review';
  const text = context.file.text;
  if (node.operator === 'and' && !node.parenthesized && isConditionArgument(node, context.ancestors.at(-1))) {
    return [{ title: 'Give the conditions one by one', kind, edits: commaEdits(node, text) }];
  }
  const operator = node.operator === 'and' ? '&' : '|';
  const joined = node.values.map(value => primaryText(text, value)).join(` ${operator} `);
  return [{ title: `Join with ${operator}`, kind, edits: [{ range: rangeOf(node), newText: joined }] }];
}

const conjunctions: ReadonlySet<string> = new Set(['where', 'filter', 'having', 'and_']);

/** A positional argument of a call that joins its arguments with AND. */
function isConditionArgument(
  node: BooleanOperation,
  parent: FileContext['ancestors'][number] | undefined,
): boolean {
  if (parent?.kind !== 'call') return false;
  const direct = parent.arguments.some(argument => argument.value === node && argument.keyword === null);
  return direct && conjunctions.has(lastName(parent.function) ?? '');
}

/** Each operator becomes a comma, with the white space after it kept: lines stay where they are. */
function commaEdits(node: BooleanOperation, text: string): ReportedFix['edits'] {
  return node.operatorRanges.map((operator, index) => {
    const before = node.values[index];
    const end = before ? (before.parenthesized ?? before).end : operator.start;
    const after = node.values[index + 1];
    const next = after ? (after.parenthesized ?? after).start : operator.end;
    const gap = sliceOf(text, { start: end, end: operator.start });
    const space = gap.includes('\n') ? gap : sliceOf(text, { start: operator.end, end: next });
    return { range: { start: end, end: next }, newText: `,${space}` };
  });
}
