/** `op.execute(…)` and `bind.execute(…)`: constant SQL as text, anything else as an expression. */
import type { Expression } from '../python/syntax.ts';
import { argumentsOf } from '../sqlalchemy/reading/arguments.ts';
import { stringOf } from '../sqlalchemy/reading/constants.ts';
import { libraryCallOf } from '../sqlalchemy/reading/library-call.ts';
import type { Site } from '../sqlalchemy/reading/site.ts';
import type { Operation, OperationBase } from './operation.ts';

export function readExecution(
  argument: Expression | undefined,
  base: OperationBase,
  site: Site,
): Operation | null {
  if (!argument) return null;
  const plain = stringOf(argument, site);
  if (plain !== undefined) return executedSql(plain, argument, base);
  const found = libraryCallOf(argument, site);
  const first = found && argumentsOf(found.call).positional[0];
  if (found?.name === 'text' && first) {
    const sql = stringOf(first, found.site);
    if (sql !== undefined) return executedSql(sql, first, base);
  }
  const text = site.file.text.slice(argument.start, argument.end).replace(/\s+/g, ' ');
  if (argument.kind === 'string' || found?.name === 'text' || argument.kind === 'binary') {
    return { ...base, kind: 'unknown', reason: 'The SQL is put together when the revision runs.' };
  }
  if (found && /^(?:Create|Drop|Add)[A-Z]/.test(found.name)) {
    return { ...base, kind: 'unknown', reason: `${found.name} is not followed.` };
  }
  return { ...base, kind: 'execute-expression', text };
}

function executedSql(sql: string, written: Expression, base: OperationBase): Operation {
  const sqlRange = { start: written.start, end: written.end };
  return { ...base, kind: 'execute-sql', sql, sqlRange, literal: written.kind === 'string' ? written : null };
}
