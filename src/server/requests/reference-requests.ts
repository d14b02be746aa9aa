/** LSP's requests about where a name is used: references, highlights, and a new name for what SQL names itself. */
import { setImmediate } from 'node:timers/promises';
import {
  type DocumentHighlight,
  ErrorCodes,
  type Location,
  ResponseError,
  type WorkspaceEdit,
} from 'vscode-languageserver/node';
import { type Reference, referencesAt, referencesBeside } from '../../features/names/references.ts';
import { renameAt, renamedNameAt } from '../../features/names/rename.ts';
import type { Refusal } from '../../features/refusal.ts';
import type { WorkspaceSnapshot } from '../../workspace/snapshot.ts';
import { positionsOf } from '../convert.ts';
import type { ServerConnection } from '../server-connection.ts';
import type { ServerSession } from '../server-session.ts';
import { uriOfPath } from '../uri.ts';
import { placeIn } from './file-place.ts';

export function answerReferenceRequests(connection: ServerConnection, session: ServerSession): void {
  const placeOf = (uri: string) => placeIn(session.analysis?.workspace, uri);
  // An edit belongs to the text that is in the editor now.
  const typedPlaceOf = (uri: string) => placeIn(session.typedWorkspace(), uri);

  connection.onReferences(async ({ textDocument, position, context }, token) => {
    const place = placeOf(textDocument.uri);
    if (!place) return null;
    const { workspace, path, positions } = place;
    const found: Location[] = [];
    for (const references of referencesAt(workspace, path, positions.offset(position))) {
      const shown = references.filter(({ isDeclaration }) => context.includeDeclaration || !isDeclaration);
      found.push(...toLocations(workspace, shown));
      // Each file may have to be read: what was typed meanwhile goes first.
      await setImmediate();
      if (token.isCancellationRequested) return null;
    }
    return found;
  });

  connection.onDocumentHighlight(({ textDocument, position }): DocumentHighlight[] | null => {
    const place = placeOf(textDocument.uri);
    if (!place) return null;
    const { workspace, path, positions } = place;
    const beside = referencesBeside(workspace, path, positions.offset(position));
    return beside.map(({ range }) => ({ range: positions.range(range) }));
  });

  connection.onPrepareRename(({ textDocument, position }) => {
    const place = typedPlaceOf(textDocument.uri);
    const renamed = place && renamedNameAt(place.workspace, place.path, place.positions.offset(position));
    if (!place || !renamed) return null;
    if ('refusal' in renamed) return refused(renamed);
    return { range: place.positions.range(renamed.range), placeholder: renamed.name };
  });

  connection.onRenameRequest(
    ({ textDocument, position, newName }): WorkspaceEdit | ResponseError<void> | null => {
      const place = typedPlaceOf(textDocument.uri);
      if (!place) return null;
      const { workspace, path, positions } = place;
      const edits = renameAt(workspace, path, positions.offset(position), newName);
      if ('refusal' in edits) return refused(edits);
      const changes = edits.map(({ range, newText }) => ({ range: positions.range(range), newText }));
      return { changes: { [textDocument.uri]: changes } };
    },
  );
}

function refused({ refusal }: Refusal): ResponseError<void> {
  return new ResponseError(ErrorCodes.InvalidRequest, refusal);
}

/** Of one file. */
function toLocations(workspace: WorkspaceSnapshot, references: readonly Reference[]): readonly Location[] {
  const [first] = references;
  if (!first) return [];
  const positions = positionsOf(workspace.textOf(first.path) ?? '');
  const uri = uriOfPath(first.path);
  return references.map(({ range }) => ({ uri, range: positions.range(range) }));
}
