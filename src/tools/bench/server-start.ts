/**
 * The built language server on one folder, as an editor starts it: with nothing kept, and again. One file is open, of which
 * the findings are awaited first. Writes nothing into the folder.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { text } from 'node:stream/consumers';
import { pathToFileURL } from 'node:url';
import {
  createProtocolConnection,
  DidOpenTextDocumentNotification,
  ExitNotification,
  InitializedNotification,
  InitializeRequest,
  type ProtocolConnection,
  PublishDiagnosticsNotification,
  ShutdownRequest,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-languageserver-protocol/node';
import { type CoverageSummary, coverageChanged } from '../../protocol/coverage.ts';
import { temporaryFolder } from '../temporary-folder.ts';

export interface ServerStart {
  /** Seconds from the start of the process to the findings of the file that is open; NaN where it has none. */
  readonly opened: number;
  /** Seconds to those of all files, and their coverage. */
  readonly all: number;
  /** Seconds of processor time until then and to the end, of all cores and of the shadow's process. */
  readonly processor: number;
  /** What was found by file, to be held against another start. */
  readonly findings: ReadonlyMap<string, string>;
  readonly coverage: string;
}

export interface ServerStarts {
  readonly first: ServerStart;
  readonly second: ServerStart;
  /** The name of the file that is open. */
  readonly opened: string;
}

const program = join(import.meta.dirname, '..', '..', '..', 'dist', 'server.js');

/** Throws where the second start finds anything else than the first one. */
export async function measureServerStarts(folder: string, signal: AbortSignal): Promise<ServerStarts> {
  await using storage = await temporaryFolder('bench');
  const none = await startServer({ folder, storagePath: null, open: null, signal });
  const paths = [...none.findings.keys()].filter(path => path.endsWith('.py')).sort();
  const open = paths[Math.floor(paths.length / 2)] ?? null;
  const start = () => startServer({ folder, storagePath: storage.path, open, signal });
  const [first, second] = [await start(), await start()];
  for (const [path, findings] of first.findings)
    if (second.findings.get(path) !== findings) throw new Error(`The second start differs at ${path}.`);
  if (second.findings.size !== first.findings.size || second.coverage !== first.coverage)
    throw new Error('The second start differs.');
  return { first, second, opened: basename(open ?? '') };
}

interface Start {
  readonly folder: string;
  readonly storagePath: string | null;
  /** A path. */
  readonly open: string | null;
  readonly signal: AbortSignal;
}

/** Node does not say what a child has used; Python's standard library does. */
const wrapper = `
import resource, subprocess, sys
subprocess.run(sys.argv[1:])
used = resource.getrusage(resource.RUSAGE_CHILDREN)
print(used.ru_utime + used.ru_stime, file=sys.stderr)`;

async function startServer({ folder, storagePath, open, signal }: Start): Promise<ServerStart> {
  const began = performance.now();
  const server = spawn('python3', ['-c', wrapper, process.execPath, program, '--stdio'], { signal });
  const ended = once(server, 'close');
  const errors = text(server.stderr);
  const connection = createProtocolConnection(
    new StreamMessageReader(server.stdout),
    new StreamMessageWriter(server.stdin),
  );
  const seconds = () => (performance.now() - began) / 1_000;
  const findings = new Map<string, string>();
  let opened = Number.NaN;
  const uri = open === null ? null : pathToFileURL(open).href;
  connection.onNotification(PublishDiagnosticsNotification.type, ({ uri: of, diagnostics }) => {
    const path = decodeURIComponent(new URL(of).pathname);
    if (diagnostics.length === 0) findings.delete(path);
    else findings.set(path, JSON.stringify(diagnostics));
    if (of === uri && diagnostics.length > 0 && Number.isNaN(opened)) opened = seconds();
  });
  const ready = new Promise<CoverageSummary>(resolve => {
    connection.onNotification(coverageChanged.method, (summary: CoverageSummary) => {
      if (summary.state === 'ready') resolve(summary);
    });
  });
  connection.listen();
  try {
    await initialize(connection, folder, storagePath);
    if (open !== null && uri !== null) await openDocument(connection, uri, open);
    const coverage = await ready;
    const all = seconds();
    await connection.sendRequest(ShutdownRequest.type);
    await connection.sendNotification(ExitNotification.type);
    await ended;
    const processor = Number((await errors).trim().split('\n').at(-1));
    return { opened, all, processor, findings, coverage: JSON.stringify(coverage) };
  } finally {
    connection.dispose();
    server.kill();
  }
}

async function initialize(
  connection: ProtocolConnection,
  folder: string,
  storagePath: string | null,
): Promise<void> {
  await connection.sendRequest(InitializeRequest.type, {
    processId: process.pid,
    rootUri: null,
    capabilities: {},
    workspaceFolders: [{ uri: pathToFileURL(folder).href, name: basename(folder) }],
    initializationOptions: { trusted: true, storagePath },
  });
  await connection.sendNotification(InitializedNotification.type, {});
}

async function openDocument(connection: ProtocolConnection, uri: string, path: string): Promise<void> {
  await connection.sendNotification(DidOpenTextDocumentNotification.type, {
    textDocument: { uri, languageId: 'python', version: 1, text: readFileSync(path, 'utf8') },
  });
}
