/** Binds LSP's life cycle to the house: initialize, documents, files on disk, settings, and the answers to requests. */
import {
  CodeActionKind,
  DidChangeWatchedFilesNotification,
  type InitializeParams,
  type InitializeResult,
  TextDocumentSyncKind,
} from 'vscode-languageserver/node';
import { triggerCharacters } from '../features/completion.ts';
import { readClientOptions } from './client-options.ts';
import { connectionLogger } from './connection-logger.ts';
import { answerAgentRequests } from './requests/agent-requests.ts';
import { answerCompletionRequests } from './requests/completion-requests.ts';
import { answerEditorRequests } from './requests/editor-requests.ts';
import { answerMigrationRequests } from './requests/migration-requests.ts';
import { answerOwnRequests } from './requests/own-requests.ts';
import { answerReferenceRequests } from './requests/reference-requests.ts';
import { answerScaffoldRequests } from './requests/scaffold-requests.ts';
import type { ServerConnection } from './server-connection.ts';
import type { ServerOptions } from './server-options.ts';
import { ServerSession } from './server-session.ts';
import { isSettingsFile } from './settings-file.ts';
import { pathOfUri } from './uri.ts';

export function startServer(options: ServerOptions): void {
  const { connection, documents } = options;
  const logger = connectionLogger(connection);
  let session: ServerSession | null = null;
  let watchesFiles = false;

  connection.onInitialize((parameters): InitializeResult => {
    watchesFiles = parameters.capabilities.workspace?.didChangeWatchedFiles?.dynamicRegistration ?? false;
    const client = readClientOptions(parameters.initializationOptions);
    session = new ServerSession({ ...options, ...client, logger, roots: rootsOf(parameters) });
    answerEditorRequests(connection, documents, session, parameters.capabilities);
    answerReferenceRequests(connection, session);
    answerCompletionRequests(connection, documents, session, parameters.capabilities);
    answerOwnRequests(connection, session);
    answerScaffoldRequests(connection, session);
    answerMigrationRequests(connection, session);
    answerAgentRequests(connection, session.agent);
    return {
      capabilities: {
        textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental },
        hoverProvider: true,
        definitionProvider: true,
        referencesProvider: true,
        documentHighlightProvider: true,
        renameProvider: { prepareProvider: true },
        completionProvider: { triggerCharacters: [...triggerCharacters], resolveProvider: true },
        codeActionProvider: { codeActionKinds: [CodeActionKind.QuickFix] },
      },
      serverInfo: { name: 'dbpatterns' },
    };
  });

  connection.onInitialized(async () => {
    if (watchesFiles) await watchFiles(connection);
    await session?.open();
  });

  const opened = new Set<string>();
  documents.onDidOpen(({ document: { uri } }) => {
    if (isSettingsFile(uri)) return;
    opened.add(uri);
    void session?.documentOpened(uri, () => documents.get(uri)?.getText());
  });
  documents.onDidChangeContent(({ document }) => {
    // A document that was opened is told as changed right after.
    if (!opened.delete(document.uri) && !isSettingsFile(document.uri))
      session?.documentChanged(document.uri, document.getText());
  });
  documents.onDidClose(({ document: { uri } }) => {
    if (!isSettingsFile(uri)) session?.documentClosed(uri);
  });
  connection.onDidChangeWatchedFiles(({ changes }) =>
    session?.filesChanged(changes.map(change => change.uri)),
  );
  connection.onDidChangeConfiguration(({ settings }) => session?.settingsChanged(settings));
  connection.onShutdown(async () => {
    await session?.dispose();
    session = null;
  });
}

const watched =
  '**/{*.py,*.pyi,*.sql,*.mako,alembic.ini,pyproject.toml,.env,.env.*,*.lock,pylock*.toml,*requirements*,*constraints*,requirements/*,.python-version,pyvenv.cfg,WHEEL,METADATA,PKG-INFO,*compose*.yml,*compose*.yaml,pg_service.conf,.pg_service.conf,Dockerfile*,*.dockerfile,Containerfile*,Procfile*}';

async function watchFiles(connection: ServerConnection): Promise<void> {
  await connection.client.register(DidChangeWatchedFilesNotification.type, {
    watchers: [{ globPattern: watched }],
  });
}

function rootsOf(parameters: InitializeParams): readonly string[] {
  const folders = parameters.workspaceFolders?.map(folder => folder.uri) ?? [];
  return folders.flatMap(uri => pathOfUri(uri) ?? []);
}
