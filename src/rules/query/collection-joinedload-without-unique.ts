/** `session.scalars(select(User).options(joinedload(User.posts))).all()`: SQLAlchemy refuses the repeated owners. */
import type { TextEdit } from '../../base/edit.ts';
import type { Call } from '../../python/syntax.ts';
import type { EagerCollection, StatementOutline } from '../../sqlalchemy/statement-outline.ts';
import type { FileContext, ReportedFix, Rule } from '../rule.ts';
import { type ResultUse, usesOfResult } from '../shared/code/result-use.ts';
import { type Execution, executionOf } from '../shared/statements/executed-statement.ts';

export const collectionJoinedloadWithoutUnique: Rule = {
  id: 'collection-joinedload-without-unique',
  category: 'query',
  since: '0.1.0',
  severity: 'error',
  preset: 'recommended',
  fix: 'safe',
  documentation: {
    summary: 'A collection is loaded by `joinedload()`, and the rows are taken without `unique()`',
    why: 'A joined collection repeats its owner on every row. SQLAlchemy 2.0 does not remove the repetitions by itself: it raises `InvalidRequestError: The unique() method must be invoked on this Result` when the rows are fetched. Legacy `Query` and `first()` do not raise.',
    instead:
      'Call `.unique()` on the result before fetching, or load the collection by `selectinload()`, which sends a second statement and repeats nothing.',
    references: ['https://docs.sqlalchemy.org/en/20/orm/queryguide/relationships.html#joined-eager-loading'],
  },
  examples: [
    {
      bad: 'def users(session: Session) -> list[User]:\n    return list(session.scalars(select(User).options(joinedload(User.posts))).all())',
      good: 'def users(session: Session) -> list[User]:\n    return list(session.scalars(select(User).options(joinedload(User.posts))).unique().all())',
    },
    {
      bad: 'def user(session: Session, user_id: int) -> User:\n    stmt = select(User).options(joinedload(User.posts)).where(User.id == user_id)\n    return session.execute(stmt).scalar_one()',
      good: 'def user(session: Session, user_id: int) -> User:\n    stmt = select(User).options(selectinload(User.posts)).where(User.id == user_id)\n    return session.execute(stmt).scalar_one()',
    },
  ],
  check: { expressions: { call: checkCall } },
};

/** Methods that fetch more than the first row, and so meet the repetitions. */
const fetching: ReadonlySet<string> = new Set([
  'all',
  'fetchall',
  'fetchone',
  'fetchmany',
  'one',
  'one_or_none',
  'scalar_one',
  'scalar_one_or_none',
  'partitions',
]);

function checkCall(node: Call, context: FileContext): void {
  const execution = executionOf(node, context.facts);
  if (!execution || execution.method === 'scalar') return;
  const eager = execution.outlines.flatMap(requiresUnique)[0];
  if (!eager) return;
  const uses = usesOfResult(node, context.ancestors);
  if (!uses?.some(fetchesRepeated) || uses.some(use => use.methods.includes('unique'))) return;
  const own = eager.location?.path === context.file.path ? eager.location.range : null;
  context.report({
    range: own ?? nameOfCalled(node),
    message: `${eager.attribute} is a collection loaded by a join: fetching the rows without unique() raises InvalidRequestError`,
    fixes: fixesFor(node, execution, own, context),
  });
}

function requiresUnique(outline: StatementOutline): readonly EagerCollection[] {
  if (outline.kind !== 'select' || outline.legacy) return [];
  // What the mapping says may have been replaced by an option that was not understood.
  return outline.eagerCollections.filter(each => each.location !== null || outline.complete);
}

function fetchesRepeated({ methods, iterated }: ResultUse): boolean {
  if (methods.includes('unique')) return false;
  return iterated || methods.some(method => fetching.has(method));
}

function nameOfCalled(node: Call) {
  const called = node.function.kind === 'attribute' ? node.function.attribute : node.function;
  return { start: called.start, end: called.end };
}

function fixesFor(
  node: Call,
  { outlines }: Execution,
  option: { readonly start: number; readonly end: number } | null,
  context: FileContext,
): readonly ReportedFix[] {
  const kind = outlines.length === 1 ? 'safe' : 'review';
  const fixes: ReportedFix[] = [{ title: 'Insert .unique()', kind, edits: uniqueEdits(node, context) }];
  const strategy = option && strategyEdit(option, context);
  if (strategy) fixes.push({ title: 'Load by selectinload()', kind: 'review', edits: [strategy] });
  return fixes;
}

/** After the execution, which an `await` needs parentheses for. */
function uniqueEdits(node: Call, context: FileContext): readonly TextEdit[] {
  const awaited = context.ancestors.at(-1);
  if (awaited?.kind !== 'await') return [insertion((node.parenthesized ?? node).end, '.unique()')];
  if (awaited.parenthesized) return [insertion(awaited.parenthesized.end, '.unique()')];
  return [insertion(awaited.start, '('), insertion(awaited.end, ').unique()')];
}

function insertion(offset: number, newText: string): TextEdit {
  return { range: { start: offset, end: offset }, newText };
}

/** Where the option is a plain `joinedload(…)` and `selectinload` is imported beside it. */
function strategyEdit(
  option: { readonly start: number; readonly end: number },
  { file }: FileContext,
): TextEdit | null {
  const written = file.text.slice(option.start, option.end);
  const match = /^(?:[\w.]+\.)?joinedload(?=\()/.exec(written);
  if (!match || /\)\s*\.\s*\w+\(/.test(written)) return null;
  const qualified = match[0].includes('.');
  if (!qualified && !/^from\s+sqlalchemy\.orm\s+import\b[^\n]*(?:\([^)]*)?\bselectinload\b/m.test(file.text))
    return null;
  const end = option.start + match[0].length;
  return { range: { start: end - 'joinedload'.length, end }, newText: 'selectinload' };
}
