/** Commands about statements, rules and coverage. */
import { commands, type Position, ProgressLocation, ViewColumn, window, workspace } from 'vscode';
import { counted } from '../../base/counted.ts';
import { checkWorkspace, unknownStatements } from '../../protocol/coverage.ts';
import { formatSqlText } from '../../protocol/format-sql.ts';
import type { PlacePosition } from '../../protocol/place.ts';
import { explainRule, listRules } from '../../protocol/rule-pages.ts';
import { statementSql } from '../../protocol/statement-sql.ts';
import { openPlace } from '../documents/open-place.ts';
import { rangeOf } from '../documents/range-of.ts';
import { statementText } from '../documents/statement-text.ts';
import type { VirtualDocuments } from '../documents/virtual-documents.ts';
import type { LanguageServer } from '../server/language-server.ts';
import type { CommandHandlers } from './handlers.ts';

export interface CheckParts {
  readonly server: LanguageServer;
  readonly documents: VirtualDocuments;
}

export function checkCommands(
  parts: CheckParts,
): Pick<CommandHandlers, 'showSql' | 'formatSql' | 'checkWorkspace' | 'showCoverage' | 'explainRule'> {
  return {
    showSql: () => showSql(parts),
    formatSql: () => format(parts.server),
    checkWorkspace: () => check(parts.server),
    showCoverage: () => showCoverage(parts.server),
    explainRule: argument => explain(parts, argument),
  };
}

async function showSql({ server, documents }: CheckParts): Promise<void> {
  const editor = window.activeTextEditor;
  if (editor?.document.languageId !== 'python') {
    void window.showInformationMessage('Open a Python file and put the cursor on a statement.');
    return;
  }
  const uri = editor.document.uri.toString();
  const position = placeOf(editor.selection.active);
  const statement = await server.request(statementSql, { uri, position });
  if (statement === null) {
    void window.showInformationMessage('No SQLAlchemy statement stands at the cursor.');
    return;
  }
  const source = workspace.asRelativePath(editor.document.uri);
  const text = statementText(source, statement);
  const shown = documents.write(`${source}:${statement.line + 1}.sql`, text);
  await window.showTextDocument(shown, { viewColumn: ViewColumn.Beside, preserveFocus: true, preview: true });
}

async function format(server: LanguageServer): Promise<void> {
  const editor = window.activeTextEditor;
  const position = editor?.selection.active;
  const uri = editor?.document.uri.toString() ?? '';
  const version = editor?.document.version;
  const formatted = position && (await server.request(formatSqlText, { uri, position: placeOf(position) }));
  if (!editor || !formatted) {
    void window.showInformationMessage('Put the cursor into a statement of SQL, in a string or a .sql file.');
    return;
  }
  if ('refusal' in formatted) {
    void window.showInformationMessage(formatted.refusal);
    return;
  }
  // What was typed meanwhile counts more.
  if (editor.document.version !== version) return;
  const { range, newText } = formatted;
  await editor.edit(edit => edit.replace(rangeOf(range), newText));
}

function placeOf({ line, character }: Position): PlacePosition {
  return { line, character };
}

async function check(server: LanguageServer): Promise<void> {
  const result = await window.withProgress(
    { location: ProgressLocation.Window, title: 'Checking the workspace' },
    (_progress, token) => server.request(checkWorkspace, {}, token),
  );
  const { statements } = result.coverage;
  const findings = `${counted(result.findings, 'finding')} in ${result.files} files`;
  const covered = `${statements.checked} of ${statements.total} statements were checked`;
  const choice = await window.showInformationMessage(
    `${findings}; ${covered}.`,
    'Show Problems',
    'Show Coverage',
  );
  if (choice === 'Show Problems') await commands.executeCommand('workbench.actions.view.problems');
  if (choice === 'Show Coverage') await showCoverage(server);
}

async function showCoverage(server: LanguageServer): Promise<void> {
  const unknown = await server.request(unknownStatements, {});
  if (unknown.length === 0) {
    void window.showInformationMessage('Every statement that was found could be read as SQL.');
    return;
  }
  const items = unknown.map(({ place, path, reason }) => ({
    label: `${path}:${place.line + 1}`,
    detail: reason,
    place,
  }));
  const chosen = await window.showQuickPick(items, {
    title: 'Statements that could not be read as SQL',
    placeHolder: 'They are not checked. Choose one to open it.',
    matchOnDetail: true,
  });
  if (chosen !== undefined) await openPlace(chosen.place);
}

async function explain({ server, documents }: CheckParts, argument: unknown): Promise<void> {
  const id = typeof argument === 'string' ? argument : await pickRule(server);
  if (id === undefined) return;
  const page = await server.request(explainRule, { id });
  if (page === null) throw new Error(`There is no rule ${id}.`);
  await commands.executeCommand('markdown.showPreviewToSide', documents.write(`rules/${id}.md`, page));
}

async function pickRule(server: LanguageServer): Promise<string | undefined> {
  const rules = await server.request(listRules, {});
  const items = rules.map(({ id, summary, category }) => ({
    label: id,
    description: category,
    detail: summary,
  }));
  const options = { placeHolder: 'Which rule?', matchOnDescription: true, matchOnDetail: true };
  return (await window.showQuickPick(items, options))?.label;
}
