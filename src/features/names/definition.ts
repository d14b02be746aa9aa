/** Go to definition for names that Python does not know: from SQL, strings and keywords to models and revisions. */
import type { TextRange } from '../../base/range.ts';
import type { WorkspaceSnapshot } from '../../workspace/snapshot.ts';
import { type Declaration, declarationsOf } from './declarations.ts';
import { namedThingAt } from './named-thing.ts';

export interface Definitions {
  /** Of the name that was asked about. */
  readonly origin: TextRange;
  readonly declarations: readonly Declaration[];
}

/** Null where the name is nobody's, or Python's. */
export function definitionsAt(
  workspace: WorkspaceSnapshot,
  path: string,
  offset: number,
): Definitions | null {
  const named = namedThingAt(workspace, path, offset);
  if (!named) return null;
  const declarations = declarationsOf(workspace, path, named.thing);
  return declarations.length === 0 ? null : { origin: named.range, declarations };
}
