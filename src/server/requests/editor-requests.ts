/** LSP's own requests: hover, definition and quick fixes. */
import {
  type ClientCapabilities,
  type CodeAction,
  CodeActionKind,
  type Diagnostic,
  type LocationLink,
  type Hover as LspHover,
  type TextDocuments,
} from 'vscode-languageserver/node';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { contains } from '../../base/range.ts';
import { type Hover, hoverAt } from '../../features/hover.ts';
import { type Definitions, definitionsAt } from '../../features/names/definition.ts';
import { settingsHover } from '../../features/settings-file/settings-hover.ts';
import type { Finding } from '../../rules/finding.ts';
import { positionsOf, type TextPositions, toCodeAction, toDiagnostic } from '../convert.ts';
import type { ServerConnection } from '../server-connection.ts';
import type { ServerSession } from '../server-session.ts';
import { settingsFile } from '../settings-file.ts';
import { uriOfPath } from '../uri.ts';
import { type FilePlace, placeIn } from './file-place.ts';

export function answerEditorRequests(
  connection: ServerConnection,
  documents: TextDocuments<TextDocument>,
  session: ServerSession,
  client: ClientCapabilities,
): void {
  connection.onHover(({ textDocument, position }) => {
    const settings = settingsFile(documents, textDocument.uri);
    if (settings) return toHover(settingsHover(settings.text, settings.positions.offset(position)), settings);
    const place = placeIn(session.analysis?.workspace, textDocument.uri);
    const judged = session.analysis?.statementsOf(place?.path ?? '');
    const hover = place && hoverAt(place.workspace, place.path, place.positions.offset(position), judged);
    return place && toHover(hover, place);
  });

  connection.onDefinition(({ textDocument, position }) => {
    const place = placeIn(session.analysis?.workspace, textDocument.uri);
    const found = place && definitionsAt(place.workspace, place.path, place.positions.offset(position));
    if (!place || !found) return null;
    const links = toLinks(found, place);
    // Older clients know plain locations only.
    return client.textDocument?.definition?.linkSupport === true
      ? links
      : links.map(({ targetUri, targetSelectionRange }) => ({ uri: targetUri, range: targetSelectionRange }));
  });

  connection.onCodeAction(({ textDocument, range, context }) => {
    const place = placeIn(session.analysis?.workspace, textDocument.uri);
    // The published findings belong to the text that the server has; an older document would be edited wrongly.
    if (!place || documents.get(textDocument.uri)?.getText() !== place.text) return [];
    if (context.only && !context.only.some(kind => CodeActionKind.QuickFix.startsWith(kind))) return [];
    const asked = { start: place.positions.offset(range.start), end: place.positions.offset(range.end) };
    return session.publisher
      .findingsOf(place.path)
      .filter(({ range: own }) => contains(own, asked) || contains(asked, own))
      .flatMap(finding => actionsFor(finding, place));
  });
}

function toHover(hover: Hover | null, { positions }: Pick<FilePlace, 'positions'>): LspHover | null {
  if (hover === null) return null;
  return { contents: { kind: 'markdown', value: hover.contents }, range: positions.range(hover.range) };
}

function toLinks({ origin, declarations }: Definitions, place: FilePlace): LocationLink[] {
  return declarations.map(({ path, range, nameRange }) => {
    const positions = path === place.path ? place.positions : positionsOf(place.workspace.textOf(path) ?? '');
    return {
      originSelectionRange: place.positions.range(origin),
      targetUri: uriOfPath(path),
      targetRange: positions.range(range),
      targetSelectionRange: positions.range(nameRange),
    };
  });
}

function actionsFor(finding: Finding, place: FilePlace): readonly CodeAction[] {
  const diagnostic = toDiagnostic(finding, place.positions);
  const positionsOfPath = (path: string): TextPositions | null => {
    const text = path === place.path ? place.text : place.workspace.textOf(path);
    return text === undefined ? null : positionsOf(text);
  };
  const fixes = finding.fixes.map((fix, index) =>
    toCodeAction(fix, diagnostic, index === 0 && fix.kind === 'safe', positionsOfPath),
  );
  const command = fixingCommands[finding.rule];
  const commands = command === undefined ? [] : [commandAction(diagnostic, command, [])];
  const explain = { title: `Explain ${finding.rule}`, command: 'databasePatterns.explainRule' };
  return [...fixes, ...commands, commandAction(diagnostic, explain, [finding.rule])];
}

interface ActionCommand {
  readonly title: string;
  readonly command: string;
}

/** Mistakes that are mended by a command of the extension rather than by an edit. */
const fixingCommands: Readonly<Record<string, ActionCommand>> = {
  'multiple-heads': { title: 'Merge Heads…', command: 'databasePatterns.mergeHeads' },
};

function commandAction(
  diagnostic: Diagnostic,
  { title, command }: ActionCommand,
  given: string[],
): CodeAction {
  return {
    title,
    kind: CodeActionKind.QuickFix,
    diagnostics: [diagnostic],
    command: { title, command, arguments: given },
  };
}
