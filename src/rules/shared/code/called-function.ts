/** The function of the workspace that a call calls. */
import type { Call, FunctionDefinition } from '../../../python/syntax.ts';
import { findNodePath } from '../../../python/walk.ts';
import type { SourceFile } from '../../../sqlalchemy/project.ts';
import type { FileContext } from '../../rule.ts';

export interface CalledFunction {
  readonly node: FunctionDefinition;
  /** That it stands in. */
  readonly file: SourceFile;
}

/** Null for what stands in no file of the workspace, and for what is not known. */
export function calledFunction(
  call: Call,
  { facts, project }: Pick<FileContext, 'facts' | 'project'>,
): CalledFunction | null {
  const called = facts.meaningOf(call.function);
  const file = called.kind === 'function' ? project.files.get(called.path) : undefined;
  if (called.kind !== 'function' || file === undefined) return null;
  const node = findNodePath(file.module, called.start).find(
    each => each.kind === 'function' && each.start === called.start,
  );
  return node?.kind === 'function' ? { node, file } : null;
}
