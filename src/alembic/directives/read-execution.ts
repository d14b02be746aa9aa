/** `op.execute(…)` and `bind.execute(…)`: constant SQL as text, anything else as an expression. */
import type { Expression } from '../../python/syntax.ts';
import { argumentsOf } from '../../sqlalchemy/reading/arguments.ts';
import { stringOf } from '../../sqlalchemy/reading/constants.ts';
import { libraryCallOf } from '../../sqlalchemy/reading/library-call.ts';
import type { Site } from '../../sqlalchemy/reading/site.ts';
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
  const inText = found?.name === 'text' && first ? first : null;
  const written = writtenSql(inText ?? argument);
  if (written !== null && isAboutRows(written)) return { ...base, kind: 'execute-expression', text };
  if (written !== null || inText !== null)
    return {
      ...base,
      kind: 'unknown',
      reason: 'The SQL is put together when the revision runs.',
      ...(written === null ? {} : { sql: written }),
    };
  if (found && /^(?:Create|Drop|Add)[A-Z]/.test(found.name)) {
    return { ...base, kind: 'unknown', reason: `${found.name} is not followed.` };
  }
  return { ...base, kind: 'execute-expression', text };
}

/** What is written out of `f"…{x}…"`, `"…" + x`, `"…" % x` and `"…".format(x)`; null for anything else. */
function writtenSql(expression: Expression): string | null {
  switch (expression.kind) {
    case 'string':
      return expression.pieces
        .flatMap(({ segments }) => segments)
        .map(segment => (segment.kind === 'text' ? segment.value : '?'))
        .join('');
    case 'binary': {
      const [left, right] = [writtenSql(expression.left), writtenSql(expression.right)];
      return left === null && right === null ? null : `${left ?? '?'}${right ?? '?'}`;
    }
    case 'call':
      return expression.function.kind === 'attribute' && expression.function.attribute.id === 'format'
        ? writtenSql(expression.function.value)
        : null;
    default:
      return null;
  }
}

/** Begins with a statement that reads or writes rows, and speaks of no other. */
function isAboutRows(sql: string): boolean {
  const statement = sql.replace(/--[^\n]*|\/\*[\s\S]*?\*\//g, ' ');
  return (
    /^\s*(?:insert|update|delete|select|with)\b/i.test(statement) &&
    !/\b(?:create|alter|drop|rename|comment\s+on)\s/i.test(statement)
  );
}

function executedSql(sql: string, written: Expression, base: OperationBase): Operation {
  const sqlRange = { start: written.start, end: written.end };
  return { ...base, kind: 'execute-sql', sql, sqlRange, literal: written.kind === 'string' ? written : null };
}
