/** `User.email.in_(["a", None])`: NULL is equal to nothing, not even to NULL. */
import { rangeOf } from '../../base/range.ts';
import type { Call, Expression, Sequence } from '../../python/syntax.ts';
import { isSqlOperand } from '../../sqlalchemy/meaning.ts';
import { isNone } from '../../sqlalchemy/types/read-annotation.ts';
import type { FileContext, ReportedFix, Rule } from '../rule.ts';
import { writtenOut } from '../shared/code/bound-once.ts';
import { primaryText, writtenText } from '../shared/code/operand-text.ts';
import { isSequence } from '../shared/code/sequences.ts';
import { calledName } from '../shared/statements/sql-condition.ts';

export const nullInList: Rule = {
  id: 'null-in-list',
  category: 'query',
  since: '0.1.0',
  severity: 'warning',
  preset: 'recommended',
  fix: 'review',
  documentation: {
    summary: 'None in the list of `in_()` never matches, and in that of `not_in()` excludes every row',
    why: 'SQL compares each value with `=`, and a comparison with NULL is neither true nor false. `x IN (1, NULL)` never finds the rows where `x` is NULL. `x NOT IN (1, NULL)` is true for no row at all.',
    instead:
      'Test for NULL beside the list: `or_(User.email.in_(["a"]), User.email.is_(None))`, and `User.email.not_in(["a"])` together with `.is_not(None)`.',
    references: ['https://docs.sqlalchemy.org/en/20/core/operators.html#in-comparisons'],
  },
  examples: [
    {
      bad: "select(User).where(User.email.in_(['a', None]))",
      good: "select(User).where(User.email.in_(['a']) | User.email.is_(None))",
    },
    {
      bad: "select(User).where(User.email.not_in(['a', None]))",
      good: "select(User).where(User.email.not_in(['a']) & User.email.is_not(None))",
    },
  ],
  check: { expressions: { call: checkCall } },
};

const methods: Readonly<Record<string, 'in' | 'not in'>> = {
  in_: 'in',
  not_in: 'not in',
  notin_: 'not in',
};

function checkCall(node: Call, context: FileContext): void {
  const sense = methods[calledName(node)];
  const given = node.arguments[0]?.value;
  if (sense === undefined || node.function.kind !== 'attribute' || !given) return;
  const list = writtenOut(given, context);
  if (!list || !isSequence(list)) return;
  const none = list.elements.find(isNone);
  const column = node.function.value;
  if (!none || !isSqlOperand(context.facts.meaningOf(column))) return;
  context.report({
    range: list === given ? rangeOf(none) : rangeOf(given),
    message: messageFor(isNegated(node, context) ? 'not in' : sense),
    fixes: list === given ? [fixFor(node, column, list, sense, context)] : [],
  });
}

function messageFor(sense: 'in' | 'not in'): string {
  return sense === 'in'
    ? 'NULL is equal to nothing: None in this list matches no row'
    : 'NULL is equal to nothing: with None in this list no row matches at all';
}

/** `~User.age.in_(…)` and `not_(User.age.in_(…))`. */
function isNegated(node: Call, { ancestors }: FileContext): boolean {
  const parent = ancestors.at(-1);
  if (parent?.kind === 'unary') return parent.operator === '~';
  return parent?.kind === 'call' && parent.function !== node && calledName(parent) === 'not_';
}

/** The list without None, and the test for NULL beside it. */
function fixFor(
  node: Call,
  column: Expression,
  list: Sequence,
  sense: 'in' | 'not in',
  context: FileContext,
): ReportedFix {
  const { text } = context.file;
  const written = primaryText(text, column);
  const kept = list.elements.filter(each => !isNone(each)).map(each => writtenText(text, each));
  const test = `${written}.${sense === 'in' ? 'is_' : 'is_not'}(None)`;
  const membership = `${written}.${calledName(node)}(${bracketed(list, kept)})`;
  const both = `${membership} ${sense === 'in' ? '|' : '&'} ${test}`;
  const newText = kept.length === 0 ? test : isWholeArgument(node, context) ? both : `(${both})`;
  const title = `Test for NULL with .${sense === 'in' ? 'is_' : 'is_not'}(None)`;
  return { title, edits: [{ range: { start: node.start, end: node.end }, newText }] };
}

function bracketed(list: Sequence, kept: readonly string[]): string {
  const elements = kept.join(', ');
  if (list.kind === 'tuple') return kept.length === 1 ? `(${elements},)` : `(${elements})`;
  return list.kind === 'set' ? `{${elements}}` : `[${elements}]`;
}

/** No operator stands beside it that would bind tighter. */
function isWholeArgument(node: Call, { ancestors }: FileContext): boolean {
  const parent = ancestors.at(-1);
  if (node.parenthesized || parent?.kind === 'assignment' || parent?.kind === 'list') return true;
  return parent?.kind === 'call' && parent.function !== node;
}
