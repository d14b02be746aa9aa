/** `session.execute(update(User).values(…))`: every row is changed. Leaves out bulk updates by primary key. */
import type { TextRange } from '../../base/range.ts';
import { lookup, scopeAt } from '../../python/scopes/lookup.ts';
import type { Call, Expression } from '../../python/syntax.ts';
import type { StatementOutline } from '../../sqlalchemy/statement-outline.ts';
import type { FileContext, ReportedFix, Rule } from '../rule.ts';
import { isListed, nameList } from '../rule-option.ts';
import { isNamedForAllRows, isRevision, isTestModule } from '../shared/code/deliberate-change.ts';
import { importName } from '../shared/code/import-name.ts';
import { callAt } from '../shared/code/node-at.ts';
import { type Execution, executionOf, queryExecutionOf } from '../shared/statements/executed-statement.ts';

const deliberateFunctions = nameList({
  name: 'functions',
  summary: 'Names of functions in which all rows are meant, such as `rebuild_*`',
});

export const updateWithoutWhere: Rule = {
  id: 'update-without-where',
  category: 'query',
  since: '0.1.0',
  severity: 'warning',
  preset: 'recommended',
  fix: 'review',
  documentation: {
    summary: 'An UPDATE or DELETE without a WHERE changes every row of its table',
    why: 'The statement runs without an error and takes all rows, also those that other users are working with. It is most often a forgotten `where()`, or one that was lost when the statement was rewritten.',
    instead:
      'Add `.where(…)`. Where all rows are meant, say so with `.where(true())`, or silence this rule for the line and give the reason.',
    references: [
      'https://docs.sqlalchemy.org/en/20/orm/queryguide/dml.html#orm-update-and-delete-with-custom-where-criteria',
    ],
  },
  options: [deliberateFunctions],
  examples: [
    {
      bad: 'def deactivate(session: Session) -> None:\n    session.execute(update(User).values(is_active=False))',
      good: 'def deactivate(session: Session, user_id: int) -> None:\n    session.execute(update(User).where(User.id == user_id).values(is_active=False))',
    },
    {
      bad: 'def remove(session: Session) -> None:\n    session.execute(delete(User))',
      good: 'def remove(session: Session, user_id: int) -> None:\n    session.execute(delete(User).where(User.id == user_id))',
    },
  ],
  check: { expressions: { call: checkCall } },
};

type Change = 'update' | 'delete';

function checkCall(node: Call, context: FileContext): void {
  const execution = executionOf(node, context.facts);
  if (execution) checkExecution(node, execution, context);
  else checkQuery(node, context);
}

function checkExecution(node: Call, execution: Execution, context: FileContext): void {
  const { outlines, statement } = execution;
  const [first] = outlines;
  if (!first || !outlines.every(isUnconditional) || isBulkByPrimaryKey(node)) return;
  const kind = first.kind === 'delete' ? 'delete' : 'update';
  const begun = first.begun?.path === context.file.path ? first.begun.range : statement;
  if (isDeliberate(kind, context) || takesObject(begun, context)) return;
  if (kind === 'delete' && takesOneOfSeveral(begun, context)) return;
  context.report({
    range: begun,
    message: messageFor(kind, first.target?.name ?? null),
    fixes: begun === statement && first.begun === null ? [] : [everyRow(begun, context)],
  });
}

function isUnconditional(outline: StatementOutline): boolean {
  return (outline.kind === 'update' || outline.kind === 'delete') && outline.conditions === 0;
}

/** What it does, said in so many words. */
function everyRow({ end }: TextRange, { file }: FileContext): ReportedFix {
  const { expression, edits } = importName(file.module, 'sqlalchemy', 'true');
  const insertion = { range: { start: end, end }, newText: `.where(${expression}())` };
  return { title: 'Say that all rows are meant', edits: [...edits, insertion] };
}

/** `delete(user)` of an object raises ArgumentError, and deletes nothing. */
function takesObject(begun: TextRange, context: FileContext): boolean {
  const target = targetOf(begun, context);
  return target !== undefined && context.facts.meaningOf(target).kind === 'instance';
}

/** `for table in tables: … delete(table)`: no WHERE fits several tables, they are emptied on purpose. */
function takesOneOfSeveral(begun: TextRange, context: FileContext): boolean {
  const target = targetOf(begun, context);
  if (target?.kind !== 'name') return false;
  const bindings = lookup(scopeAt(context.file.scopes, target.start), target.id);
  return bindings.length > 0 && bindings.every(({ kind }) => kind === 'for');
}

function targetOf(begun: TextRange, context: FileContext): Expression | undefined {
  return callAt(begun, context)?.arguments[0]?.value;
}

/** `execute(update(User), [{"id": 1, …}])` takes its conditions from the parameters; a variable may hold such a list. */
function isBulkByPrimaryKey(node: Call): boolean {
  const parameters = node.arguments.find(each => each.keyword?.id === 'params') ?? node.arguments[1];
  return parameters !== undefined && parameters.value.kind !== 'dict';
}

/** `session.query(User).update(…)`; the bare `session.query(User).delete()` is also how people empty a table. */
function checkQuery(node: Call, context: FileContext): void {
  const kind = node.function.kind === 'attribute' ? node.function.attribute.id : '';
  if (node.function.kind !== 'attribute' || (kind !== 'update' && kind !== 'delete')) return;
  const execution = queryExecutionOf(node, context.facts);
  if (!execution?.outlines.every(each => each.complete && each.conditions === 0)) return;
  if (isDeliberate(kind, context)) return;
  const { start, end } = node.function.attribute;
  context.report({
    range: { start, end },
    message: messageFor(kind, null),
    ...(kind === 'delete' ? { severity: 'information' } : {}),
  });
}

/** Tests clean up, migrations fill new columns, and some functions are named for what they do to all rows. */
function isDeliberate(kind: Change, context: FileContext): boolean {
  const { file, ancestors } = context;
  if (isTestModule(file.name) || isRevision(file)) return true;
  const listed = context.option(deliberateFunctions);
  return (
    isNamedForAllRows(kind, ancestors) ||
    ancestors.some(each => each.kind === 'function' && isListed(listed, each.name.id))
  );
}

function messageFor(kind: Change, model: string | null): string {
  const rows = model === null ? 'every row of the table' : `every row of ${model}`;
  return kind === 'delete' ? `Without where() this deletes ${rows}` : `Without where() this changes ${rows}`;
}
