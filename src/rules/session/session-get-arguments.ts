/** `session.get(1, User)`: the class comes first. */
import type { TextEdit } from '../../base/edit.ts';
import { sliceOf } from '../../base/range.ts';
import type { Call } from '../../python/syntax.ts';
import type { FileContext, Rule } from '../rule.ts';

export const sessionGetArguments: Rule = {
  id: 'session-get-arguments',
  category: 'session',
  since: '0.1.0',
  severity: 'error',
  preset: 'recommended',
  fix: 'safe',
  documentation: {
    summary: 'The arguments of `session.get()` are the wrong way round',
    why: "`get()` takes the class, then the primary key. The other way round it raises `NoInspectionAvailable: No inspection system is available for object of type <class 'int'>`.",
    instead: 'Write `session.get(User, user_id)`.',
    references: ['https://docs.sqlalchemy.org/en/20/orm/session_api.html#sqlalchemy.orm.Session.get'],
  },
  examples: [
    {
      bad: 'def user(session: Session, user_id: int) -> User | None:\n    return session.get(user_id, User)',
      good: 'def user(session: Session, user_id: int) -> User | None:\n    return session.get(User, user_id)',
    },
  ],
  check: { expressions: { call: checkCall } },
};

function checkCall(node: Call, context: FileContext): void {
  if (node.function.kind !== 'attribute' || !/^get(?:_one)?$/.test(node.function.attribute.id)) return;
  const { facts, file } = context;
  const [first, second] = node.arguments;
  if (facts.meaningOf(node.function.value).kind !== 'session' || !first || !second) return;
  if (first.keyword !== null || second.keyword !== null) return;
  const [one, two] = [facts.meaningOf(first.value), facts.meaningOf(second.value)];
  if (one.kind === 'entity' || two.kind !== 'entity') return;
  const edits: TextEdit[] = [
    { range: { start: first.start, end: first.end }, newText: sliceOf(file.text, second) },
    { range: { start: second.start, end: second.end }, newText: sliceOf(file.text, first) },
  ];
  context.report({
    range: { start: first.start, end: second.end },
    message: `get() takes the class first, then the key: get(${sliceOf(file.text, second)}, …)`,
    fixes: [{ title: 'Swap the arguments', edits }],
  });
}
