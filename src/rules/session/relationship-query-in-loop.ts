/** `for user in users: user.posts`: one SELECT for each user (N+1). */
import type { FlowFact, RepeatedQuery } from '../../sqlalchemy/flow-fact.ts';
import type { FileContext, ReportedFix, Rule } from '../rule.ts';
import { isRevision, isTestModule } from '../shared/code/deliberate-change.ts';
import { importName } from '../shared/code/import-name.ts';
import { leavesLoop } from '../shared/code/leaves-loop.ts';
import { codeOf, readBehind } from '../shared/code/session-words.ts';

export const relationshipQueryInLoop: Rule = {
  id: 'relationship-query-in-loop',
  category: 'session',
  since: '0.1.0',
  severity: 'warning',
  preset: 'recommended',
  fix: 'review',
  documentation: {
    summary: 'A relationship is loaded for each object of a loop by a query of its own (N+1)',
    why: 'Without a loader option each access sends a SELECT: a list of 100 users costs 101 queries. It is fast on a developer’s machine, and slow where the database is a network away.',
    instead:
      'Load the relationship with the list: `.options(selectinload(User.posts))`, or `joinedload()` for a single object behind a foreign key.',
    references: ['https://docs.sqlalchemy.org/en/20/orm/queryguide/relationships.html'],
  },
  examples: [
    {
      bad: 'def titles(session: Session) -> list[str]:\n    users = session.scalars(select(User)).all()\n    return [post.title for user in users for post in user.posts]',
      good: 'def titles(session: Session) -> list[str]:\n    users = session.scalars(select(User).options(selectinload(User.posts))).all()\n    return [post.title for user in users for post in user.posts]',
    },
  ],
  check: { flow: checkFact },
};

function checkFact(fact: FlowFact, context: FileContext): void {
  if (fact.kind !== 'repeated-query' || fact.what !== 'relationship') return;
  if (isTestModule(context.file.name) || isRevision(context.file)) return;
  const { model, attribute, node } = fact;
  if (model === null || attribute === null || leavesLoop(node, context)) return;
  context.report({
    range: node,
    message: `${model.name}.${attribute} is loaded by a query of its own for each object of the loop (N+1)${readBehind(node)}`,
    fixes: fixesFor(fact, context),
  });
}

function fixesFor(
  { statement, model, attribute }: RepeatedQuery,
  context: FileContext,
): readonly ReportedFix[] {
  if (statement === null || model === null || !context.file.scopes.bindings.has(model.name)) return [];
  if (!/^[\w.]+(?:\s*[.(]|$)/.test(codeOf(context, statement))) return [];
  const { expression, edits } = importName(context.file.module, 'sqlalchemy.orm', 'selectinload');
  const end = statement.parenthesized?.end ?? statement.end;
  const newText = `.options(${expression}(${model.name}.${attribute}))`;
  return [
    {
      title: `Load ${attribute} with the statement`,
      edits: [{ range: { start: end, end }, newText }, ...edits],
    },
  ];
}
