/** Calls whose argument is SQL text. */
import type { Argument, Call } from '../../../python/syntax.ts';
import type { FileFacts } from '../../../sqlalchemy/project.ts';

const functions: ReadonlySet<string> = new Set([
  'sqlalchemy.text',
  'sqlalchemy.sql.text',
  'sqlalchemy.sql.expression.text',
  'sqlalchemy.literal_column',
  'sqlalchemy.sql.literal_column',
  'sqlalchemy.sql.expression.literal_column',
  'sqlalchemy.DDL',
  'alembic.op.execute',
]);

const executors: ReadonlySet<string> = new Set(['execute', 'exec_driver_sql', 'scalar', 'scalars', 'stream']);

/** The argument that holds the SQL, or null where the call takes none. */
export function sqlArgument(node: Call, facts: FileFacts): Argument | null {
  const first = node.arguments[0];
  if (!first || first.unpacked || first.value.kind === 'starred') return null;
  const called = facts.meaningOf(node.function);
  if (called.kind === 'library' && functions.has(called.name)) return first;
  if (node.function.kind !== 'attribute' || !executors.has(node.function.attribute.id)) return null;
  const owner = facts.meaningOf(node.function.value);
  return owner.kind === 'session' || owner.kind === 'connection' ? first : null;
}

/** True for `text(…)`, whose result takes `.bindparams()`. */
export function isTextCall(node: Call, facts: FileFacts): boolean {
  const called = facts.meaningOf(node.function);
  return called.kind === 'library' && /^sqlalchemy(\.sql(\.expression)?)?\.text$/.test(called.name);
}
