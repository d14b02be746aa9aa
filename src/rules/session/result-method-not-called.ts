/** `session.execute(statement).scalars` without its parentheses. */
import type { Attribute } from '../../python/syntax.ts';
import type { FileContext, Rule } from '../rule.ts';

export const resultMethodNotCalled: Rule = {
  id: 'result-method-not-called',
  category: 'session',
  since: '0.1.0',
  severity: 'error',
  preset: 'recommended',
  fix: 'safe',
  documentation: {
    summary: 'A method of a result or session is named, and not called',
    why: "`session.execute(statement).scalars` is the method itself: looping over it raises `TypeError: 'method' object is not iterable`, and `session.commit` alone does nothing at all.",
    instead: 'Write the parentheses: `session.execute(statement).scalars()`, `session.commit()`.',
    references: ['https://docs.sqlalchemy.org/en/20/core/connections.html#sqlalchemy.engine.Result.scalars'],
  },
  examples: [
    {
      bad: 'def names(session: Session) -> list[str]:\n    return [user.name for user in session.execute(select(User)).scalars]',
      good: 'def names(session: Session) -> list[str]:\n    return [user.name for user in session.execute(select(User)).scalars()]',
    },
    {
      bad: 'def register(session: Session) -> None:\n    session.add(User(name="Ann", age=1))\n    session.commit',
      good: 'def register(session: Session) -> None:\n    session.add(User(name="Ann", age=1))\n    session.commit()',
    },
  ],
  check: { expressions: { attribute: checkAttribute } },
};

const ofResults: ReadonlySet<string> = new Set(
  `scalars all first one one_or_none scalar scalar_one scalar_one_or_none fetchall fetchone unique mappings partitions
  tuples`.split(/\s+/),
);
const ofSessions: ReadonlySet<string> = new Set([
  'commit',
  'rollback',
  'flush',
  'close',
  'expire_all',
  'expunge_all',
]);

function checkAttribute(node: Attribute, context: FileContext): void {
  const { facts, ancestors } = context;
  const parent = ancestors.at(-1);
  const owner = facts.meaningOf(node.value);
  const name = node.attribute.id;
  const isResult = owner.kind === 'result' && owner.result !== 'row' && ofResults.has(name);
  const isSession = owner.kind === 'session' && ofSessions.has(name);
  if (!isResult && !isSession) return;
  const isUseless =
    parent?.kind === 'expression' ||
    (isResult && parent !== undefined && isUsedAsRows(node, parent)) ||
    (parent?.kind === 'await' && ancestors.at(-2)?.kind === 'expression');
  if (!isUseless) return;
  context.report({
    range: node.attribute,
    message: isResult
      ? `${name} is not called: this is the method, not its result`
      : `${name} is not called: nothing happens`,
    fixes: [
      { title: 'Add the parentheses', edits: [{ range: { start: node.end, end: node.end }, newText: '()' }] },
    ],
  });
}

/** Handed on, a method may be called later; looped over, indexed or asked for an attribute it cannot be meant. */
function isUsedAsRows(node: Attribute, parent: FileContext['ancestors'][number]): boolean {
  switch (parent.kind) {
    case 'for':
      return parent.iterable === node;
    case 'comprehension':
      return parent.clauses.some(each => each.iterable === node);
    case 'attribute':
      return !parent.attribute.id.startsWith('__');
    case 'subscript':
      return parent.value === node;
    case 'call':
      return parent.function.kind === 'name' && /^(?:list|len|set|tuple|sorted)$/.test(parent.function.id);
    default:
      return false;
  }
}
