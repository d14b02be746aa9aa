/**
 * A `pyproject.toml` that is being typed in. Its settings count when it is saved, since they concern every file; hover and
 * completion read what is typed.
 */
import type { TextDocuments } from 'vscode-languageserver/node';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { positionsOf, type TextPositions } from './convert.ts';
import { pathOfUri } from './uri.ts';

export function isSettingsFile(path: string): boolean {
  return path.endsWith('/pyproject.toml');
}

export interface SettingsText {
  readonly path: string;
  readonly text: string;
  readonly positions: TextPositions;
}

/** Null for every other document. */
export function settingsFile(documents: TextDocuments<TextDocument>, uri: string): SettingsText | null {
  const path = pathOfUri(uri);
  if (path === null || !isSettingsFile(path)) return null;
  const text = documents.get(uri)?.getText() ?? '';
  return { path, text, positions: positionsOf(text) };
}
