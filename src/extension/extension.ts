/** Composition root of the extension: makes the parts, connects them, and starts the server without waiting for it. */
import { join } from 'node:path';
import type { Disposable, ExtensionContext } from 'vscode';
import { window, workspace } from 'vscode';
import { askPassword } from '../protocol/password.ts';
import type { PythonInfo } from '../protocol/session.ts';
import { pythonChanged, trustGranted } from '../protocol/session.ts';
import { registerLanguageModelTools } from './agent/language-model-tools.ts';
import { registerMcpServers } from './agent/mcp-servers.ts';
import { checkCommands } from './commands/check-commands.ts';
import { connectionCommands } from './commands/connection-commands.ts';
import { registerCommands } from './commands/handlers.ts';
import { migrationCommands } from './commands/migration-commands.ts';
import { onRevision } from './commands/migration-parts.ts';
import { migrationRuns } from './commands/migration-runs.ts';
import { revisionCommands } from './commands/revision-commands.ts';
import { scaffoldCommands } from './commands/scaffold-commands.ts';
import { sessionCommands } from './commands/session-commands.ts';
import { PasswordStore } from './connections/password-store.ts';
import { VirtualDocuments } from './documents/virtual-documents.ts';
import { redactedChannel } from './log/redacted-channel.ts';
import { SecretRedactor } from './log/secret-redactor.ts';
import { AlembicRunner } from './migrations/alembic-runner.ts';
import { AppliedRevisions } from './migrations/applied-revisions.ts';
import { GraphPanel } from './panels/graph-panel.ts';
import { PoolsPanel } from './panels/pools-panel.ts';
import { findInterpreter } from './python/find-interpreter.ts';
import { stopAllPython } from './python/run-python.ts';
import { LanguageServer } from './server/language-server.ts';
import { MigrationsFeed } from './server/migrations-feed.ts';
import { PoolsFeed } from './server/pools-feed.ts';
import { ServerControl } from './server/server-control.ts';
import { SessionControl } from './sessions/session-control.ts';
import { settingChanged } from './settings.ts';
import { CoverageStatus } from './status/coverage-status.ts';
import { PoolStatus } from './status/pool-status.ts';
import { DatabaseViews } from './views/database-views.ts';

let control: ServerControl | undefined;

export function activate(context: ExtensionContext): void {
  const redactor = new SecretRedactor();
  const channel = window.createOutputChannel('Database Patterns', { log: true });
  const log = redactedChannel(channel, redactor);
  const output = window.createOutputChannel('Database Patterns: Alembic');
  const passwords = new PasswordStore(context.secrets, redactor);
  const documents = new VirtualDocuments();
  const server = new LanguageServer({
    script: context.asAbsolutePath(join('dist', 'server.js')),
    log,
    clientOptions: () => ({ trusted: workspace.isTrusted, storagePath: context.globalStorageUri.fsPath }),
  });
  const pools = new PoolsFeed(server);
  const feed = new MigrationsFeed(server);
  const applied = new AppliedRevisions(context.workspaceState, feed);
  const views = new DatabaseViews(server, pools, feed, applied);
  const sessions = new SessionControl(server, documents);
  const poolsPanel = new PoolsPanel(context, {
    server,
    feed: pools,
    sessions,
    showError: error => {
      const message = redactor.redact(error instanceof Error ? error.message : String(error));
      log.error(message);
      void window.showErrorMessage(message);
    },
  });
  const poolStatus = new PoolStatus(pools);
  const graphPanel = new GraphPanel(context, { server, documents, migrations: feed });
  const status = new CoverageStatus(server);
  const own = new ServerControl({ server, views, status, log });
  control = own;
  const migrations = {
    server,
    documents,
    alembic: new AlembicRunner(output, redactor, python),
    refresh: () => feed.read(),
  };
  const handlers = {
    ...connectionCommands({ server, passwords, connections: () => views.connections }),
    ...migrationCommands(migrations),
    ...migrationRuns(migrations),
    ...revisionCommands(migrations),
    acceptRevision: onRevision(({ environment, revision }) => applied.accept(environment, revision.id)),
    ...scaffoldCommands({ server, documents, connections: () => views.connections }),
    ...checkCommands({ server, documents }),
    ...sessionCommands(sessions),
    openPoolsPanel: () => poolsPanel.open(),
    openMigrationGraph: () => graphPanel.open(),
    revealInGraph: onRevision(async subject => graphPanel.reveal(subject)),
    restartServer: () => own.restart(),
    showLog: () => channel.show(),
  };
  server.onRequest(askPassword, ({ connectionId }) => passwords.read(connectionId));
  context.subscriptions.push(
    channel,
    output,
    documents,
    views,
    poolsPanel,
    graphPanel,
    poolStatus,
    pools,
    feed,
    applied,
    status,
    server,
    ...registerCommands(handlers, { redactor, log: message => log.error(message) }),
    workspace.onDidGrantWorkspaceTrust(() => server.notify(trustGranted, {})),
    ...watchSettings(own, server),
    ...registerLanguageModelTools(context, server),
    ...registerMcpServers(context),
  );
  own.apply();
}

export async function deactivate(): Promise<void> {
  stopAllPython();
  await control?.stop();
}

function watchSettings(own: ServerControl, server: LanguageServer): readonly Disposable[] {
  const tellPython = async (): Promise<void> => server.notify(pythonChanged, { python: await python() });
  return [
    server.onDidStart(tellPython),
    workspace.onDidChangeConfiguration(async event => {
      if (settingChanged(event, 'enable')) own.apply();
      if (settingChanged(event, 'pythonPath')) await tellPython();
    }),
  ];
}

function python(): Promise<PythonInfo | null> {
  return findInterpreter(workspace.workspaceFolders?.[0]?.uri.fsPath);
}
