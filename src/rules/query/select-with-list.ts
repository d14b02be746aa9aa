/** `select([User.id])`, `select(columns=[User.id])`: the calling forms of SQLAlchemy 1.x. */
import type { Call, Expression, Identifier } from '../../python/syntax.ts';
import { isSqlOperand } from '../../sqlalchemy/meaning.ts';
import type { FileContext, Rule } from '../rule.ts';
import { writtenOut } from '../shared/code/bound-once.ts';
import { writtenText } from '../shared/code/operand-text.ts';
import { innerText, isListOrTuple } from '../shared/code/sequences.ts';
import { isBefore2 } from '../shared/drivers/legacy-version.ts';

export const selectWithList: Rule = {
  id: 'select-with-list',
  category: 'query',
  since: '0.1.0',
  // Type checkers see this one too: it is here for its fix.
  severity: 'information',
  preset: 'recommended',
  fix: 'safe',
  documentation: {
    summary: '`select()` is given a list or keywords, as SQLAlchemy 1.x took them',
    why: 'Since 2.0 the columns are separate arguments. A list raises `ArgumentError: Column expression, FROM clause, or other columns clause element expected`, and a keyword such as `whereclause=` raises `ArgumentError: Additional keyword arguments are not accepted`.',
    instead: 'Write `select(User.id, User.name)`; unpack a list that is made elsewhere with `*`.',
    references: ['https://docs.sqlalchemy.org/en/20/errors.html#error-c9ae'],
  },
  examples: [{ bad: 'select([User.id, User.name])', good: 'select(User.id, User.name)' }],
  check: { expressions: { call: checkCall } },
};

function checkCall(node: Call, context: FileContext): void {
  if (node.arguments.length === 0) return;
  const called = context.facts.meaningOf(node.function);
  if (called.kind !== 'library') {
    checkMethod(node, context);
    return;
  }
  if (!/(^|\.)select$/.test(called.name)) return;
  const keyword = node.arguments.flatMap(each => each.keyword ?? [])[0];
  if (keyword) checkKeyword(keyword, context);
  else checkList(node, context);
}

function checkList(node: Call, context: FileContext): void {
  const [first, ...others] = node.arguments;
  if (!first || first.unpacked) return;
  const { value } = first;
  const list = writtenOut(value, context);
  // Of the whole project, so it is asked last.
  if (!list || !isListOfColumns(list, context) || isBefore2(context)) return;
  const whole = value.parenthesized ?? value;
  const newText = isListOrTuple(value)
    ? innerText(value, context.file.text)
    : `*${writtenText(context.file.text, value)}`;
  context.report({
    range: { start: value.start, end: value.end },
    message: 'select() takes columns one by one since 2.0: a list raises ArgumentError',
    fixes:
      others.length > 0
        ? []
        : [{ title: 'Unpack the list', edits: [{ range: { start: whole.start, end: whole.end }, newText }] }],
  });
}

/** Written out, or made of one column after the other. */
function isListOfColumns(list: Expression, context: FileContext): boolean {
  if (isListOrTuple(list)) return list.elements.some(each => isSelectable(each, context));
  return list.kind === 'comprehension' && list.type === 'list' && isSelectable(list.element, context);
}

/** `table.select(table.c.id == 1)`: the method took a condition before 2.0. */
function checkMethod(node: Call, context: FileContext): void {
  const [first] = node.arguments;
  if (node.function.kind !== 'attribute' || node.function.attribute.id !== 'select' || !first) return;
  if (first.keyword !== null || first.unpacked || !isTable(node.function.value, context)) return;
  if (!isSqlOperand(context.facts.meaningOf(first.value)) || isBefore2(context)) return;
  const end = { start: node.function.end, end: node.function.end };
  context.report({
    range: { start: first.value.start, end: first.value.end },
    message: 'select() of a table takes no condition since 2.0: this raises TypeError',
    fixes: [{ title: 'Write .select().where(…)', edits: [{ range: end, newText: '().where' }] }],
  });
}

/** `User.__table__` or a `Table`. */
function isTable(owner: Expression, { facts }: FileContext): boolean {
  const meaning = facts.meaningOf(owner);
  if (meaning.kind === 'entity') return meaning.model.kind === 'table';
  return owner.kind === 'attribute' && owner.attribute.id === '__table__' && isSqlOperand(meaning);
}

/** The names that `select()` had before 2.0: others are a mistake that has nothing to do with it. */
const formerKeywords: ReadonlySet<string> = new Set(['columns', 'whereclause', 'from_obj']);

function checkKeyword(keyword: Identifier, context: FileContext): void {
  if (!formerKeywords.has(keyword.id) || isBefore2(context)) return;
  context.report({
    range: keyword,
    message: `select() takes no keywords since 2.0: ${keyword.id}= raises ArgumentError`,
  });
}

function isSelectable(each: Expression, { facts }: FileContext): boolean {
  const meaning = facts.meaningOf(each);
  return isSqlOperand(meaning) || meaning.kind === 'entity';
}
