/** The file that a request of LSP is about, as a workspace has it. */
import type { WorkspaceSnapshot } from '../../workspace/snapshot.ts';
import { positionsOf, type TextPositions } from '../convert.ts';
import { pathOfUri } from '../uri.ts';

export interface FilePlace {
  readonly workspace: WorkspaceSnapshot;
  readonly path: string;
  readonly text: string;
  readonly positions: TextPositions;
}

/** Null where the workspace has not read the file. */
export function placeIn(workspace: WorkspaceSnapshot | undefined, uri: string): FilePlace | null {
  const path = pathOfUri(uri) ?? uri;
  const text = workspace?.textOf(path);
  return workspace && text !== undefined ? { workspace, path, text, positions: positionsOf(text) } : null;
}
