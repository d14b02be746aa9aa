/** Makes the language client. Loaded only when the server starts, since the library takes longer to load than all else. */
import type { LogOutputChannel } from 'vscode';
import type { LanguageClientOptions, ServerOptions } from 'vscode-languageclient/node';
import { LanguageClient, RevealOutputChannelOn, State, TransportKind } from 'vscode-languageclient/node';

export type { LanguageClient };

export interface ClientSettings {
  /** Path of the server's script. */
  readonly script: string;
  readonly log: LogOutputChannel;
  /** Also after a crash, when the client starts the server again by itself. */
  readonly onStateChanged: (running: boolean) => void;
}

export function createClient({ script, log, onStateChanged }: ClientSettings): LanguageClient {
  const client = new LanguageClient(
    'databasePatterns',
    'Database Patterns',
    serverOptions(script),
    clientOptions(log),
  );
  client.onDidChangeState(({ newState }) => onStateChanged(newState === State.Running));
  return client;
}

/** A process of its own: what is heavy or fragile never runs in the extension host. */
function serverOptions(script: string): ServerOptions {
  const run = { module: script, transport: TransportKind.ipc };
  return { run, debug: { ...run, options: { execArgv: ['--inspect=6009'] } } };
}

function clientOptions(log: LogOutputChannel): LanguageClientOptions {
  return {
    documentSelector: [
      { language: 'python', scheme: 'file' },
      { language: 'python', scheme: 'untitled' },
      { language: 'sql', scheme: 'file' },
      { pattern: '**/pyproject.toml', scheme: 'file' },
    ],
    synchronize: { configurationSection: 'databasePatterns' },
    outputChannel: log,
    traceOutputChannel: log,
    revealOutputChannelOn: RevealOutputChannelOn.Never,
    markdown: {
      isTrusted: { enabledCommands: ['databasePatterns.explainRule', 'databasePatterns.showSql'] },
    },
  };
}
