/** `with_for_update(nowait=True, skip_locked=True)`: PostgreSQL takes one of the two. */
import type { Argument, Call } from '../../python/syntax.ts';
import type { FileContext, ReportedFix, Rule } from '../rule.ts';

export const skipLockedWithNowait: Rule = {
  id: 'skip-locked-with-nowait',
  category: 'query',
  since: '0.1.0',
  severity: 'error',
  preset: 'recommended',
  fix: 'review',
  documentation: {
    summary: 'Locked rows are to be skipped and to raise at once',
    why: 'SQLAlchemy writes `FOR UPDATE NOWAIT SKIP LOCKED`, which PostgreSQL refuses as a syntax error (42601): NOWAIT raises where a row is locked, SKIP LOCKED leaves the row out.',
    instead:
      '`skip_locked=True` for workers that share a queue, `nowait=True` where a locked row is an error.',
    references: [
      'https://www.postgresql.org/docs/current/sql-select.html#SQL-FOR-UPDATE-SHARE',
      'https://docs.sqlalchemy.org/en/20/core/selectable.html#sqlalchemy.sql.expression.GenerativeSelect.with_for_update',
    ],
  },
  examples: [
    {
      bad: 'select(User).where(User.id == 1).with_for_update(nowait=True, skip_locked=True)',
      good: 'select(User).where(User.id == 1).with_for_update(skip_locked=True)',
    },
  ],
  check: { expressions: { call: checkCall } },
};

function checkCall(node: Call, context: FileContext): void {
  const called = node.function;
  if (called.kind !== 'attribute' || called.attribute.id !== 'with_for_update') return;
  const given = ['nowait', 'skip_locked'].map(name => node.arguments.find(each => each.keyword?.id === name));
  const [nowait, skipLocked] = given;
  if (!nowait || !skipLocked || !given.every(each => each && isTrue(each, context))) return;
  const [first, second] = nowait.start < skipLocked.start ? [nowait, skipLocked] : [skipLocked, nowait];
  context.report({
    range: { start: first.start, end: second.end },
    message: 'FOR UPDATE takes NOWAIT or SKIP LOCKED, and PostgreSQL refuses both as a syntax error (42601)',
    fixes: [without(nowait, node, 'Only skip'), without(skipLocked, node, 'Only raise')],
  });
}

function isTrue({ value }: Argument, { facts }: FileContext): boolean {
  const meaning = facts.meaningOf(value);
  return meaning.kind === 'constant' && meaning.value === true;
}

/** The argument goes with the comma behind it, or before it where it is the last. */
function without(argument: Argument, { arguments: all }: Call, title: string): ReportedFix {
  const index = all.indexOf(argument);
  const [before, after] = [all[index - 1], all[index + 1]];
  const start = after ? argument.start : (before?.end ?? argument.start);
  const end = after ? after.start : argument.end;
  return { title, edits: [{ range: { start, end }, newText: '' }] };
}
