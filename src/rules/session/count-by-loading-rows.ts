/** `len(session.scalars(select(User)).all())`: every row is sent to be counted. */
import { sliceOf } from '../../base/range.ts';
import type { Call, Expression } from '../../python/syntax.ts';
import type { FileContext, Rule } from '../rule.ts';
import { boundOnce } from '../shared/code/bound-once.ts';
import { isTestModule } from '../shared/code/deliberate-change.ts';
import { functionAround } from '../shared/code/function-around.ts';
import { executionOf, queryExecutionOf } from '../shared/statements/executed-statement.ts';

export const countByLoadingRows: Rule = {
  id: 'count-by-loading-rows',
  category: 'session',
  since: '0.1.0',
  severity: 'warning',
  preset: 'recommended',
  fix: null,
  documentation: {
    summary: 'Rows are fetched only to be counted',
    why: '`len(session.scalars(select(User)).all())` sends every row, makes an object of each, and throws them away. It is slow for a thousand rows and takes the memory of the process for a million.',
    instead:
      'Let the database count: `session.scalar(select(func.count()).select_from(User))`. To ask whether there is one, `session.scalar(select(exists().where(…)))`.',
    references: ['https://docs.sqlalchemy.org/en/20/core/functions.html#sqlalchemy.sql.functions.count'],
  },
  examples: [
    {
      bad: 'def count(session: Session) -> int:\n    return len(session.scalars(select(User)).all())',
      good: 'def count(session: Session) -> int:\n    return session.scalar(select(func.count()).select_from(User)) or 0',
    },
  ],
  check: { expressions: { call: checkCall } },
};

const fetching: ReadonlySet<string> = new Set(['all', 'fetchall']);

function checkCall(node: Call, context: FileContext): void {
  if (node.function.kind !== 'name' || node.function.id !== 'len' || node.arguments.length !== 1) return;
  if (isTestModule(context.file.name)) return;
  const counted = node.arguments[0]?.value;
  const fetched = counted?.kind === 'name' ? countedAlone(counted, context) : counted;
  if (!fetched || !fetchesAll(fetched, context)) return;
  context.report({
    range: counted ?? fetched,
    message: 'All rows are fetched only to be counted: select(func.count()) lets the database do it',
  });
}

/** What a name stands for that the function uses for nothing else. */
function countedAlone(name: Expression & { readonly kind: 'name' }, context: FileContext): Expression | null {
  const around = functionAround(context);
  const text = around ? sliceOf(context.file.text, around) : '';
  const uses = text.match(new RegExp(`(?<![.\\w])${name.id}\\b`, 'g'));
  return uses?.length === 2 ? boundOnce(name.id, context) : null;
}

/** A chain that begins with an execution and ends with `all()`, or `list(…)` around it. */
function fetchesAll(node: Expression, context: FileContext): boolean {
  const inner = node.kind === 'await' ? node.value : node;
  if (inner.kind !== 'call') return false;
  if (inner.function.kind === 'name') {
    const [only] = inner.arguments;
    return inner.function.id === 'list' && only !== undefined && isExecution(only.value, context);
  }
  if (inner.function.kind !== 'attribute' || !fetching.has(inner.function.attribute.id)) return false;
  return isExecution(inner.function.value, context) || queryExecutionOf(inner, context.facts) !== null;
}

const transforming: ReadonlySet<string> = new Set(['scalars', 'unique', 'mappings', 'tuples']);

/** A limit keeps the rows few, and a statement that is not known may have one. */
function isExecution(node: Expression, context: FileContext): boolean {
  let inner = node;
  for (;;) {
    if (inner.kind === 'await') inner = inner.value;
    if (inner.kind === 'name') inner = boundOnce(inner.id, context) ?? inner;
    if (inner.kind === 'await') inner = inner.value;
    if (inner.kind !== 'call' || inner.function.kind !== 'attribute') return false;
    const execution = executionOf(inner, context.facts);
    if (execution) return execution.outlines.every(each => each.kind === 'select' && each.limit === null);
    if (!transforming.has(inner.function.attribute.id)) return false;
    inner = inner.function.value;
  }
}
