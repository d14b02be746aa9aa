/** `select([User.id])`, `select(columns=[User.id])`: the calling forms of SQLAlchemy 1.x. */
import type { Call, Identifier, Sequence } from '../../python/syntax.ts';
import { isSqlOperand } from '../../sqlalchemy/meaning.ts';
import type { FileContext, Rule } from '../rule.ts';
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
  const [first, ...others] = node.arguments;
  if (!first) return;
  const called = context.facts.meaningOf(node.function);
  if (called.kind !== 'library' || !/(^|\.)select$/.test(called.name)) return;
  if (first.keyword) {
    checkKeyword(first.keyword, context);
    return;
  }
  if (first.value.kind !== 'list' && first.value.kind !== 'tuple') return;
  const list = first.value as Sequence;
  if (!list.elements.some(each => isSelectable(each, context)) || isBefore2(context)) return;
  const whole = list.parenthesized ?? list;
  const inner = innerText(list, context.file.text);
  context.report({
    range: { start: list.start, end: list.end },
    message: 'select() takes columns one by one since 2.0: a list raises ArgumentError',
    fixes:
      others.length > 0
        ? []
        : [
            {
              title: 'Unpack the list',
              edits: [{ range: { start: whole.start, end: whole.end }, newText: inner }],
            },
          ],
  });
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

function isSelectable(each: Sequence['elements'][number], { facts }: FileContext): boolean {
  const meaning = facts.meaningOf(each);
  return isSqlOperand(meaning) || meaning.kind === 'entity';
}

/** What stands between the brackets, white space and comments included. */
function innerText(list: Sequence, text: string): string {
  return text
    .slice(list.start, list.end)
    .replace(/^[[(]\s*/, '')
    .replace(/,?\s*[\])]$/, '');
}
