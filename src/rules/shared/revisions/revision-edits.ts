/** Edits of a revision's Python: keyword arguments, whole statements, SQL inside of literals. */

import type { MigrationStep } from '../../../alembic/simulation/steps.ts';
import type { TextEdit } from '../../../base/edit.ts';
import { contains, rangeOf, sliceOf, type TextRange } from '../../../base/range.ts';
import { mapStringOffsets } from '../../../python/string-offsets.ts';
import type { Call, Module, Statement } from '../../../python/syntax.ts';
import { walkStatements } from '../../../python/walk.ts';

/** Adds a keyword argument, or gives the one that is there another value. */
export function setKeyword(call: Call, name: string, value: string): TextEdit {
  const existing = call.arguments.find(each => each.keyword?.id === name);
  if (existing) return { range: rangeOf(existing.value), newText: value };
  const last = call.arguments.at(-1);
  const at = last ? last.end : call.argumentsRange.start + 1;
  return { range: { start: at, end: at }, newText: `${last ? ', ' : ''}${name}=${value}` };
}

/** Takes a keyword argument out, with its comma; none where it is not there. */
export function removeKeyword(call: Call, name: string): readonly TextEdit[] {
  const index = call.arguments.findIndex(each => each.keyword?.id === name);
  const argument = call.arguments[index];
  if (!argument) return [];
  const before = call.arguments[index - 1];
  const after = call.arguments[index + 1];
  const start = before ? before.end : argument.start;
  return [{ range: { start, end: before ? argument.end : (after?.start ?? argument.end) }, newText: '' }];
}

/**
 * The simple statement that consists of the step's call alone, where more can be written around it; null inside of a
 * batch, which runs as a whole, and where the call is a part of something larger.
 */
export function statementOf(step: MigrationStep, module: Module): Statement | null {
  const { call, batch } = step.operation;
  if (batch || !hasOp(module)) return null;
  let found: Statement | null = null;
  walkStatements(module, statement => {
    if (statement.kind === 'expression' && contains(statement, call) && contains(call, statement.expression))
      found = statement;
  });
  return found;
}

/** Fixes write `op.`: the name has to be there. */
function hasOp(module: Module): boolean {
  return module.body.some(
    statement =>
      statement.kind === 'import-from' &&
      statement.module === 'alembic' &&
      statement.names.some(each => each.name === 'op' && each.alias === null),
  );
}

/** The white space before the first thing on a line. */
export function indentAt(text: string, offset: number): string {
  const lineStart = text.lastIndexOf('\n', offset - 1) + 1;
  return /^[ \t]*/.exec(text.slice(lineStart, offset))?.[0] ?? '';
}

/** Lines put before or after a statement, at its indentation. */
export function insertBefore(statement: TextRange, lines: readonly string[], text: string): TextEdit {
  const indent = indentAt(text, statement.start);
  const newText = lines.map(line => `${line}\n${indent}`).join('');
  return { range: { start: statement.start, end: statement.start }, newText };
}

export function insertAfter(statement: TextRange, lines: readonly string[], text: string): TextEdit {
  const indent = indentAt(text, statement.start);
  const newText = lines.map(line => `\n${indent}${line}`).join('');
  return { range: { start: statement.end, end: statement.end }, newText };
}

export function replaceStatement(statement: TextRange, lines: readonly string[], text: string): TextEdit {
  return { range: rangeOf(statement), newText: lines.join(`\n${indentAt(text, statement.start)}`) };
}

/** Takes a statement out together with its line. */
export function removeStatement(statement: TextRange, text: string): TextEdit {
  const start = text.lastIndexOf('\n', statement.start - 1);
  return { range: { start: Math.max(start, 0), end: statement.end }, newText: '' };
}

export const autocommitBlock = 'with op.get_context().autocommit_block():';

/** Puts a statement outside of the migration's transaction. Edits inside of it may go along. */
export function inAutocommitBlock(statement: TextRange, text: string): readonly TextEdit[] {
  const source = sliceOf(text, statement);
  const indent = indentAt(text, statement.start);
  const before = {
    range: { start: statement.start, end: statement.start },
    newText: `${autocommitBlock}\n${indent}    `,
  };
  // What goes on over several lines moves in with its first one.
  const deeper = [...source.matchAll(/\n(?=[^\n])/g)].map(match => {
    const at = statement.start + match.index + 1;
    return { range: { start: at, end: at }, newText: '    ' };
  });
  return [before, ...deeper];
}

/** An edit of SQL text inside of its literal; null where the text is not written out there. */
export function editSql(step: MigrationStep, range: TextRange, newText: string): TextEdit | null {
  const { operation, statement } = step;
  if (operation.kind !== 'execute-sql' || operation.literal === null || statement === null) return null;
  const inSql = { start: range.start + statement.offset, end: range.end + statement.offset };
  return { range: mapStringOffsets(operation.literal).rangeToSource(inSql), newText };
}

/** Puts words after the first match of a pattern in the step's SQL. */
export function insertInSql(step: MigrationStep, after: RegExp, words: string): TextEdit | null {
  const match = step.statement === null ? null : after.exec(step.statement.sql);
  if (!match) return null;
  const at = match.index + match[0].length;
  return editSql(step, { start: at, end: at }, words);
}

/** A Python string literal in the quotes that this house's style prefers. */
export function pythonString(value: string): string {
  return `"${value.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`;
}
