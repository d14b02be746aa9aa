/** One statement of a revision's function, with what is said above it. */
import type { CodeStyle } from '../project-facts.ts';
import { type Code, layOut } from '../python-code/layout.ts';

export interface Statement {
  readonly code: Code;
  /** A line that tells what the reader has to know; without `#`. */
  readonly comment?: string;
  /** Runs outside of the migration's transaction. */
  readonly autocommit?: true;
}

/** Lines of a function's body, indented by four spaces. Neighbours outside of the transaction share one block. */
export function statementLines(statements: readonly Statement[], style: CodeStyle): readonly string[] {
  const lines: string[] = [];
  let inBlock = false;
  for (const { code, comment, autocommit } of statements) {
    if (autocommit && !inBlock) lines.push('    with op.get_context().autocommit_block():');
    inBlock = autocommit ?? false;
    const indent = inBlock ? 8 : 4;
    if (comment !== undefined) lines.push(`${' '.repeat(indent)}# ${comment}`);
    lines.push(...layOut(code, indent, style));
  }
  return lines;
}
