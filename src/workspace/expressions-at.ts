/** The expressions around an offset, for features that ask what stands under the cursor. */
import type { Expression } from '../python/syntax.ts';
import { findNodePath, isExpression } from '../python/walk.ts';
import type { SourceFile } from '../sqlalchemy/project.ts';

/** Innermost first, up to the enclosing Python statement. */
export function expressionsAt(file: SourceFile, offset: number): readonly Expression[] {
  const expressions: Expression[] = [];
  for (const node of findNodePath(file.module, offset).toReversed()) {
    if (!isExpression(node)) break;
    expressions.push(node);
  }
  return expressions;
}
