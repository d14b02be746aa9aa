/** Every command that scaffolds: the server's questions in quick input, its files as one edit of the workspace. */
import { ProgressLocation, Uri, window } from 'vscode';
import type { ConnectionInfo } from '../../protocol/connections.ts';
import { commands } from '../../protocol/manifest/commands.ts';
import type { Answers, ScaffoldAnswers, ScaffoldKind, ScaffoldStart } from '../../protocol/scaffold.ts';
import {
  scaffoldCheck,
  scaffoldPreview,
  scaffoldQuestions,
  scaffoldSuggestion,
} from '../../protocol/scaffold.ts';
import type { VirtualDocuments } from '../documents/virtual-documents.ts';
import { askQuestions } from '../questions/question-flow.ts';
import { quickPrompter } from '../questions/quick-prompter.ts';
import { applyScaffold } from '../scaffold/apply-scaffold.ts';
import { askClashes } from '../scaffold/ask-clashes.ts';
import { chooseSource } from '../scaffold/choose-source.ts';
import { confirmScaffold } from '../scaffold/confirm-scaffold.ts';
import { showNotes } from '../scaffold/show-notes.ts';
import type { LanguageServer } from '../server/language-server.ts';
import type { CommandHandlers } from './handlers.ts';

/** The commands that are scaffolds, and the kind that each one writes. */
const kinds = {
  setUpDatabaseLayer: 'database-layer',
  newModel: 'model',
  addColumn: 'column',
  addRelationship: 'relationship',
  newRepository: 'repository',
  newUnitOfWork: 'unit-of-work',
  addRetry: 'retry',
  addHealthCheck: 'health-check',
  addPoolTelemetry: 'pool-telemetry',
  addReadWriteSplit: 'read-write-split',
  addTestFixtures: 'test-fixtures',
  newFastapiResource: 'fastapi-resource',
  setUpAlembic: 'alembic',
  convertToNewStyle: 'convert',
} as const satisfies Partial<Record<keyof CommandHandlers, ScaffoldKind>>;

type ScaffoldCommand = keyof typeof kinds;

export interface ScaffoldParts {
  readonly server: LanguageServer;
  readonly documents: VirtualDocuments;
  readonly connections: () => readonly ConnectionInfo[];
}

export function scaffoldCommands(
  parts: ScaffoldParts,
): Pick<CommandHandlers, ScaffoldCommand | 'modelsFromDatabase'> {
  const handler = (name: ScaffoldCommand) => (argument: unknown) => scaffold(parts, name, argument);
  return {
    setUpDatabaseLayer: handler('setUpDatabaseLayer'),
    newModel: handler('newModel'),
    modelsFromDatabase: argument => modelsFromDatabase(parts, argument),
    addColumn: handler('addColumn'),
    addRelationship: handler('addRelationship'),
    newRepository: handler('newRepository'),
    newUnitOfWork: handler('newUnitOfWork'),
    addRetry: handler('addRetry'),
    addHealthCheck: handler('addHealthCheck'),
    addPoolTelemetry: handler('addPoolTelemetry'),
    addReadWriteSplit: handler('addReadWriteSplit'),
    addTestFixtures: handler('addTestFixtures'),
    newFastapiResource: handler('newFastapiResource'),
    setUpAlembic: handler('setUpAlembic'),
    convertToNewStyle: handler('convertToNewStyle'),
  };
}

/** Another extension, or a key binding, may give the answers and skip the questions. */
async function scaffold(parts: ScaffoldParts, name: ScaffoldCommand, argument: unknown): Promise<void> {
  const start: ScaffoldStart = { kind: kinds[name], activeUri: activeUri(argument), ...activeLine(argument) };
  if (!isAnswers(argument)) return askAndWrite(parts, name, start);
  const problems = await write(parts, name, { ...start, answers: argument });
  if (problems.length > 0) throw new Error(problems.join(' '));
}

/** Answers that lead nowhere can be changed; they are not lost. */
async function askAndWrite(
  parts: ScaffoldParts,
  name: keyof typeof commands,
  start: ScaffoldStart,
): Promise<void> {
  let earlier: Answers = {};
  for (;;) {
    const answers = await ask(parts.server, start, earlier);
    if (answers === null) return;
    const problems = await write(parts, name, { ...start, answers });
    if (problems.length === 0) return;
    const change = await window.showErrorMessage(problems.join(' '), changeAnswers);
    if (change === undefined) return;
    earlier = answers;
  }
}

const changeAnswers = 'Change the Answers';

/** From the row or file that it was called on, else from what is chosen. */
async function modelsFromDatabase(parts: ScaffoldParts, argument: unknown): Promise<void> {
  const source = await chooseSource(argument, parts.connections());
  if (source === null) return;
  const start: ScaffoldStart = { kind: 'models-from-database', activeUri: null, source };
  await askAndWrite(parts, 'modelsFromDatabase', start);
}

/** Why nothing could be written, as sentences; empty where it was, or where the user did not want it. */
async function write(
  { server, documents }: ScaffoldParts,
  name: keyof typeof commands,
  answers: ScaffoldAnswers,
): Promise<readonly string[]> {
  const first = await server.request(scaffoldPreview, answers);
  if (first.problems.length > 0) return first.problems;
  const title = commands[name].title.replace('…', '');
  const clashes = await askClashes(title, first, documents);
  if (clashes === null) return [];
  const preview =
    first.clashes.length === 0 ? first : await server.request(scaffoldPreview, { ...answers, clashes });
  if (preview.files.length === 0) {
    void window.showInformationMessage('All files were kept as they are. Nothing was written.');
    return [];
  }
  if (!(await confirmScaffold(title, preview.files, documents))) return [];
  await applyScaffold(preview);
  await showNotes(title, preview.notes, documents);
  return [];
}

/** What the explorer's menu was opened on, else the file that is open. */
function activeUri(argument: unknown): string | null {
  if (argument instanceof Uri) return argument.toString();
  return window.activeTextEditor?.document.uri.toString() ?? null;
}

/** Where the cursor is in the file that is open. */
function activeLine(argument: unknown): Pick<ScaffoldStart, 'activeLine'> {
  const editor = window.activeTextEditor;
  const isOpen = editor !== undefined && activeUri(argument) === editor.document.uri.toString();
  return isOpen ? { activeLine: editor.selection.active.line } : {};
}

async function ask(server: LanguageServer, start: ScaffoldStart, earlier: Answers): Promise<Answers | null> {
  const { title, questions, problem } = await window.withProgress(
    { location: ProgressLocation.Window, title: 'Reading what is there' },
    () => server.request(scaffoldQuestions, start),
  );
  if (problem !== null) throw new Error(problem);
  return askQuestions(
    {
      title,
      questions,
      earlier,
      check: (path, value, answers) => server.request(scaffoldCheck, { ...start, path, value, answers }),
      suggest: (path, answers) => server.request(scaffoldSuggestion, { ...start, path, answers }),
    },
    quickPrompter,
  );
}

function isAnswers(argument: unknown): argument is Answers {
  return (
    typeof argument === 'object' && argument !== null && Object.getPrototypeOf(argument) === Object.prototype
  );
}
