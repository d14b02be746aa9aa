/** `execute(select(User)).all()` gives rows that hold a User, not users; `scalars()` gives the users. */
import type { TextEdit } from '../../base/edit.ts';
import type { Expression } from '../../python/syntax.ts';
import type { FlowFact, RowMisuse } from '../../sqlalchemy/flow-fact.ts';
import type { FileContext, ReportedFix, Rule } from '../rule.ts';

export const rowUsedAsEntity: Rule = {
  id: 'row-used-as-entity',
  category: 'session',
  since: '0.1.0',
  severity: 'error',
  preset: 'recommended',
  fix: 'review',
  documentation: {
    summary: 'A row is taken for the object that it holds, or the object for a row',
    why: "`session.execute(select(User))` gives rows, tuples with one User each: `row.name` raises `AttributeError`. `session.scalars(select(User))` gives the objects themselves: `user[0]` raises `TypeError: 'User' object is not subscriptable`. Legacy `session.query(User)` gave objects, which is where the habit comes from.",
    instead: 'Use `session.scalars(statement)` for objects, or unpack the row: `row.User.name`.',
    references: [
      'https://docs.sqlalchemy.org/en/20/orm/queryguide/select.html#selecting-orm-entities',
      'https://docs.sqlalchemy.org/en/20/changelog/migration_20.html#migration-20-query-usage',
    ],
  },
  examples: [
    {
      bad: 'def names(session: Session) -> list[str]:\n    users = session.execute(select(User)).all()\n    return [user.name for user in users]',
      good: 'def names(session: Session) -> list[str]:\n    users = session.execute(select(User)).scalars().all()\n    return [user.name for user in users]',
    },
  ],
  check: { flow: checkFact },
};

function checkFact(fact: FlowFact, context: FileContext): void {
  if (fact.kind !== 'row-misuse') return;
  context.report({ range: fact.node, message: messageFor(fact), fixes: fixesFor(fact, context) });
}

function messageFor({ way, node, model }: RowMisuse): string {
  const name = node.kind === 'attribute' ? node.attribute.id : '';
  switch (way) {
    case 'attribute-of-row':
      return `execute() gives rows, and a row has no attribute ${name}: the ${model.name} is row.${model.name}`;
    case 'row-attribute-of-object':
      return `scalars() gives ${model.name} objects, which have no attribute ${name}`;
    case 'index-of-object':
      return `This is a ${model.name}, not a row: it has no index`;
  }
}

/** `.scalars()` behind the execution, where it is written out in this file. */
function fixesFor({ way, execution, model, node }: RowMisuse, { file }: FileContext): readonly ReportedFix[] {
  if (way !== 'attribute-of-row') return [];
  const fixes: ReportedFix[] = [];
  if (execution !== null)
    fixes.push({ title: 'Insert .scalars()', edits: scalarsEdits(execution, file.text) });
  if (node.kind === 'attribute')
    fixes.push({
      title: `Read it from row.${model.name}`,
      edits: [insertion(node.value.end, `.${model.name}`)],
    });
  return fixes;
}

/** Behind the `await` where there is one, which needs parentheses. */
function scalarsEdits(execution: Expression, text: string): readonly TextEdit[] {
  const awaited = /\bawait\s+$/.exec(text.slice(0, execution.start));
  if (awaited === null) return [insertion(execution.end, '.scalars()')];
  const isWrapped = /\(\s*$/.test(text.slice(0, awaited.index)) && /^\s*\)/.test(text.slice(execution.end));
  if (isWrapped) return [insertion(text.indexOf(')', execution.end) + 1, '.scalars()')];
  return [insertion(awaited.index, '('), insertion(execution.end, ').scalars()')];
}

function insertion(offset: number, newText: string): TextEdit {
  return { range: { start: offset, end: offset }, newText };
}
