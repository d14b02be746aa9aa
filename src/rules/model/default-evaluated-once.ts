/** `default=datetime.now()`: the call runs when the module is imported, not when a row is written. */
import { sliceOf, type TextRange } from '../../base/range.ts';
import type { Argument, Call, Expression, Statement, SyntaxNode } from '../../python/syntax.ts';
import { children } from '../../python/walk.ts';
import type { FileFacts } from '../../sqlalchemy/project.ts';
import type { FileContext, ReportedFix, Rule } from '../rule.ts';
import { calledFunction } from '../shared/code/called-function.ts';
import { isRevision } from '../shared/code/deliberate-change.ts';
import { type ColumnCall, columnCallOf, libraryNameOf } from '../shared/models/column-call.ts';

export const defaultEvaluatedOnce: Rule = {
  id: 'default-evaluated-once',
  category: 'model',
  since: '0.1.0',
  severity: 'error',
  preset: 'recommended',
  fix: 'safe',
  documentation: {
    summary: 'A column default is called when the module is imported',
    why: '`default=datetime.now()` calls the function once, while Python imports the module. Every row of the process gets that one moment, that one UUID or that one token; a unique column fails with the second row.',
    instead:
      'Hand over the function: `default=datetime.now`, or `default=lambda: datetime.now(timezone.utc)`.',
    references: ['https://docs.sqlalchemy.org/en/20/core/defaults.html#python-executed-functions'],
  },
  examples: [
    {
      bad: 'class Note(Base):\n    __tablename__ = "notes"\n    id: Mapped[int] = mapped_column(primary_key=True)\n    made_at: Mapped[datetime] = mapped_column(default=datetime.now())',
      good: 'class Note(Base):\n    __tablename__ = "notes"\n    id: Mapped[int] = mapped_column(primary_key=True)\n    made_at: Mapped[datetime] = mapped_column(default=datetime.now)',
    },
  ],
  check: { expressions: { call: checkCall } },
};

const keywords: ReadonlySet<string> = new Set(['default', 'insert_default', 'onupdate']);

/** Functions whose answer is another one each time. */
const changing =
  /^(datetime\.(datetime\.(now|utcnow|today)|date\.today)|uuid\.uuid[1-8]|time\.(time|time_ns|monotonic)|secrets\.\w+|random\.\w+)$/;

function checkCall(node: Call, context: FileContext): void {
  const given = node.arguments.filter(
    ({ keyword, value }) => keyword && keywords.has(keyword.id) && value.kind !== 'lambda',
  );
  if (given.length === 0 || isRevision(context.file)) return;
  const column = columnCallOf(node, context.facts);
  if (!column || isRunEachTime(context)) return;
  for (const argument of given) {
    const call = changingCall(argument.value, context);
    if (!call) continue;
    const name = sliceOf(context.file.text, call.function);
    context.report({
      range: argument.value,
      message: `${name}() runs once, when the module is imported: every ${madeBy(column, context)} gets the same value`,
      fixes: fixesFor(argument, call, column, context),
    });
  }
}

/** A class of SQLModel that is no table has objects, and rows only by way of its subclasses. */
function madeBy(column: ColumnCall, { ancestors }: FileContext): 'row' | 'object' {
  const owner = ancestors.findLast(each => each.kind === 'class');
  const isTable = owner?.kind !== 'class' || owner.arguments.some(each => each.keyword?.id === 'table');
  return column.function === 'Field' && !isTable ? 'object' : 'row';
}

/** A default inside a function is evaluated whenever that runs: for a `declared_attr`, once for each class. */
function isRunEachTime({ ancestors, file }: FileContext): boolean {
  return ancestors.some(
    each =>
      (each.kind === 'function' &&
        !each.decorators.some(decorator => /declared_attr/.test(sliceOf(file.text, decorator)))) ||
      each.kind === 'lambda',
  );
}

/** The first call of a changing function in the expression that is not put off by a lambda. */
function changingCall(expression: Expression, context: FileContext): Call | null {
  return firstCall(expression, call => isChanging(call, context.facts) || isHelper(call, context));
}

function firstCall(root: Expression | Statement, isMeant: (call: Call) => boolean): Call | null {
  const pending: SyntaxNode[] = [root];
  for (let node = pending.shift(); node !== undefined; node = pending.shift()) {
    if (node.kind === 'call' && isMeant(node)) return node;
    if (node.kind !== 'lambda') pending.push(...children(node));
  }
  return null;
}

function isChanging(call: Call, facts: FileFacts): boolean {
  const name = libraryNameOf(call.function, facts);
  return name !== null && changing.test(name);
}

/** A function of the workspace that answers with what such a call gives. */
function isHelper(call: Call, context: FileContext): boolean {
  const called = calledFunction(call, context);
  if (called === null || !called.file.module.body.includes(called.node)) return false;
  const { node, file } = called;
  if (node.async || node.decorators.length > 0) return false;
  const last = node.body.at(-1);
  const inside = context.project.factsOf(file.path);
  const isPlain = node.body.every(
    each => each.kind === 'return' || each.kind === 'assignment' || each.kind === 'expression',
  );
  return (
    isPlain &&
    last?.kind === 'return' &&
    node.body.some(each => firstCall(each, call => isChanging(call, inside)) !== null)
  );
}

function fixesFor(
  { keyword, value }: Argument,
  call: Call,
  column: ColumnCall,
  { file }: FileContext,
): readonly ReportedFix[] {
  const isBare = call === value && call.arguments.length === 0;
  const edit = isBare
    ? { range: { start: call.function.end, end: call.end }, newText: '' }
    : { range: insertion(value), newText: 'lambda: ' };
  const title = isBare ? `Hand over ${sliceOf(file.text, call.function)} itself` : 'Put it into a lambda';
  // Pydantic takes a function under a keyword of its own.
  const renamed =
    column.function === 'Field' && keyword ? [{ range: keyword, newText: 'default_factory' }] : [];
  return [{ title, edits: [...renamed, edit] }];
}

function insertion({ start }: TextRange): TextRange {
  return { start, end: start };
}
