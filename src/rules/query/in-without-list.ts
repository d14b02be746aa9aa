/** `User.name.in_("abc")`: IN takes several values, and a text is one. */
import type { Call } from '../../python/syntax.ts';
import { isSqlOperand } from '../../sqlalchemy/meaning.ts';
import type { FileContext, Rule } from '../rule.ts';
import { changeTo } from '../shared/code/change-fix.ts';
import { writtenText } from '../shared/code/operand-text.ts';

export const inWithoutList: Rule = {
  id: 'in-without-list',
  category: 'query',
  since: '0.1.0',
  severity: 'error',
  preset: 'recommended',
  fix: 'review',
  documentation: {
    summary: '`in_()` is given a single value instead of a list or a statement',
    why: 'SQLAlchemy takes a list, a statement or a bound parameter. A text or a number raises `ArgumentError: IN expression list, SELECT construct, or bound parameter object expected`, and type checkers see nothing, as any value is allowed.',
    instead: 'Give a list, `User.name.in_(["abc"])`, or compare with `==`.',
    references: ['https://docs.sqlalchemy.org/en/20/core/operators.html#in-comparisons'],
  },
  examples: [
    { bad: "select(User).where(User.name.in_('abc'))", good: "select(User).where(User.name.in_(['abc']))" },
    { bad: 'select(User).where(User.age.not_in(3))', good: 'select(User).where(User.age.not_in([3]))' },
  ],
  check: { expressions: { call: checkCall } },
};

function checkCall(node: Call, context: FileContext): void {
  if (node.function.kind !== 'attribute' || !/^(in_|not_?in_?)$/.test(node.function.attribute.id)) return;
  const [given] = node.arguments;
  if (!given || given.keyword || !isSqlOperand(context.facts.meaningOf(node.function.value))) return;
  const meaning = context.facts.meaningOf(given.value);
  const isText = meaning.kind === 'python' && given.value.kind === 'name' && meaning.type === 'builtins.str';
  const isNumber =
    meaning.kind === 'python' && given.value.kind === 'name' && meaning.type === 'builtins.int';
  if (meaning.kind !== 'constant' && !isText && !isNumber) return;
  // A name that is None on one way has most likely been asked for it.
  if (meaning.kind === 'constant' && meaning.value === null && given.value.kind !== 'constant') return;
  const { start, end } = given.value;
  const what = isText ? 'a str' : isNumber ? 'an int' : 'a single value';
  const written = writtenText(context.file.text, given.value);
  context.report({
    range: { start, end },
    message: `${node.function.attribute.id}() takes a list or a statement: ${what} raises ArgumentError`,
    fixes: [changeTo({ start, end }, `[${written}]`)],
  });
}
