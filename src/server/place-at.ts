/** Places in files as the protocol names them. */
import { indexLines, positionAt } from '../base/line-index.ts';
import type { Place } from '../protocol/place.ts';
import type { WorkspaceSnapshot } from '../workspace/snapshot.ts';
import { uriOfPath } from './uri.ts';

export function placeAt(workspace: Pick<WorkspaceSnapshot, 'textOf'>, path: string, offset: number): Place {
  const { line, column } = positionAt(indexLines(workspace.textOf(path) ?? ''), offset);
  return { uri: uriOfPath(path), line, character: column };
}
