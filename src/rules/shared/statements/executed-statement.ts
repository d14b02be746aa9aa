/** Calls that send a statement, and the statement that reaches them on each path. */
import type { Call, Expression } from '../../../python/syntax.ts';
import type { FileFacts } from '../../../sqlalchemy/project.ts';
import type { StatementOutline } from '../../../sqlalchemy/statement-outline.ts';

export interface Execution {
  /** `execute`, `scalars`, …; for a legacy query `all`, `delete`, … */
  readonly method: string;
  /** What is executed, as written; for a legacy query the query itself. */
  readonly statement: Expression;
  /** At least one. */
  readonly outlines: readonly StatementOutline[];
}

const executors: ReadonlySet<string> = new Set([
  'execute',
  'scalars',
  'scalar',
  'stream',
  'stream_scalars',
  'exec',
]);

/** `session.execute(statement)` and kin, whatever the session is called; null for every other call. */
export function executionOf(node: Call, facts: FileFacts): Execution | null {
  if (node.function.kind !== 'attribute') return null;
  const method = node.function.attribute.id;
  if (!executors.has(method)) return null;
  const named = node.arguments.find(each => each.keyword?.id === 'statement');
  const statement = (named ?? node.arguments[0])?.value;
  if (!statement) return null;
  const outlines = facts.outlinesAt(statement);
  return outlines.length === 0 ? null : { method, statement, outlines };
}

/** `session.query(User).all()` and other calls that send a legacy query. */
export function queryExecutionOf(node: Call, facts: FileFacts): Execution | null {
  if (node.function.kind !== 'attribute') return null;
  const outlines = facts.outlinesAt(node).filter(each => each.legacy);
  if (outlines.length === 0) return null;
  return { method: node.function.attribute.id, statement: node.function.value, outlines };
}
