/** The built language server as an editor has it: a process of its own, spoken to over its standard input and output. */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import {
  type CompletionItem,
  createMessageConnection,
  type Diagnostic,
  FileChangeType,
  type Hover,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-languageserver/node';
import { type CoverageSummary, coverageChanged } from '../src/protocol/coverage.ts';
import { buildOnce } from './build.ts';

export interface LanguageServer extends AsyncDisposable {
  readonly pid: number;
  /** What was said to the person. */
  readonly messages: readonly string[];
  /** Opens a document, and waits until everything has been checked again. */
  open(path: string, text: string): Promise<void>;
  /** Opens one that is no code, for which nothing is checked. */
  show(path: string, text: string): Promise<void>;
  /** Types in the place of all of the text, and waits until everything has been checked again. */
  change(path: string, text: string): Promise<void>;
  /** Of a document whose file was changed or deleted outside of the editor before. */
  close(path: string): Promise<void>;
  fileChanged(path: string): Promise<void>;
  /** As published last, in the order of the text. */
  diagnosticsOf(path: string): readonly Diagnostic[];
  hover(path: string, line: number, character: number): Promise<Hover | null>;
  completion(path: string, line: number, character: number): Promise<readonly CompletionItem[]>;
}

/** Paths are relative to `folder`. */
export async function startLanguageServer(folder: string, settings: unknown = {}): Promise<LanguageServer> {
  const program = join(await buildOnce(), 'server.js');
  const child = spawn(process.execPath, [program, '--stdio'], {
    cwd: folder,
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const connection = createMessageConnection(
    new StreamMessageReader(child.stdout),
    new StreamMessageWriter(child.stdin),
  );
  const ended = new Promise<never>((_, reject) => {
    child.on('exit', code => reject(new Error(`The language server ended with ${code}`)));
  });
  ended.catch(() => {});
  const published = new Map<string, readonly Diagnostic[]>();
  const messages: string[] = [];
  let heard: (summary: CoverageSummary) => void = () => {};
  connection.onNotification(
    'textDocument/publishDiagnostics',
    ({ uri, diagnostics }: { readonly uri: string; readonly diagnostics: readonly Diagnostic[] }) => {
      published.set(uri, diagnostics);
    },
  );
  connection.onNotification(coverageChanged.method, (summary: CoverageSummary) => heard(summary));
  connection.onRequest('window/showMessageRequest', ({ message }: { readonly message: string }) => {
    messages.push(message);
    return null;
  });
  connection.onRequest('workspace/configuration', ({ items }: { readonly items: readonly unknown[] }) =>
    items.map(() => settings),
  );
  connection.onRequest('client/registerCapability', () => null);
  connection.listen();
  const uriOf = (path: string) => pathToFileURL(join(folder, path)).href;
  const ask = async <Result>(method: string, parameters: unknown): Promise<Result> =>
    Promise.race([connection.sendRequest<Result>(method, parameters), ended]);
  const nextReady = () =>
    Promise.race([
      ended,
      new Promise<CoverageSummary>(resolve => {
        heard = summary => {
          if (summary.state === 'ready') resolve(summary);
        };
      }),
    ]);
  const first = nextReady();
  await ask('initialize', {
    processId: process.pid,
    rootUri: pathToFileURL(folder).href,
    workspaceFolders: [{ uri: pathToFileURL(folder).href, name: 'workspace' }],
    capabilities: { workspace: { configuration: true } },
    initializationOptions: { trusted: true, storagePath: null },
  });
  await connection.sendNotification('initialized', {});
  await first;
  const at = (path: string, line: number, character: number) => ({
    textDocument: { uri: uriOf(path) },
    position: { line, character },
  });
  let version = 0;
  const show = (path: string, text: string) => {
    const textDocument = { uri: uriOf(path), languageId: 'python', version: ++version, text };
    return connection.sendNotification('textDocument/didOpen', { textDocument });
  };
  const checked = async (say: () => Promise<void>) => {
    const ready = nextReady();
    await say();
    await ready;
  };
  return {
    pid: child.pid ?? 0,
    messages,
    open: (path, text) => checked(() => show(path, text)),
    show,
    change: (path, text) =>
      checked(() =>
        connection.sendNotification('textDocument/didChange', {
          textDocument: { uri: uriOf(path), version: ++version },
          contentChanges: [{ text }],
        }),
      ),
    close: path =>
      checked(() =>
        connection.sendNotification('textDocument/didClose', { textDocument: { uri: uriOf(path) } }),
      ),
    fileChanged: path =>
      checked(() =>
        connection.sendNotification('workspace/didChangeWatchedFiles', {
          changes: [{ uri: uriOf(path), type: FileChangeType.Changed }],
        }),
      ),
    diagnosticsOf: path => published.get(uriOf(path)) ?? [],
    hover: (path, line, character) => ask('textDocument/hover', at(path, line, character)),
    async completion(path, line, character) {
      const answer = await ask<{ readonly items: readonly CompletionItem[] } | null>(
        'textDocument/completion',
        at(path, line, character),
      );
      return answer?.items ?? [];
    },
    async [Symbol.asyncDispose]() {
      connection.dispose();
      child.kill();
    },
  };
}
