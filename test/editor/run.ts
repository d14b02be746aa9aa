/**
 * Runs the editor tests: the packaged extension, installed into a real VS Code that shows a copy of the sample
 * workspace with a real PostgreSQL behind it. The same suite under the desktop build is src/tools/electron.ts.
 */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { chromium } from '../../src/tools/bootstrap-chromium.ts';
import { editor } from '../../src/tools/bootstrap-editor.ts';
import {
  type CodeServer,
  installExtension,
  startCodeServer,
  type Trust,
} from '../../src/tools/code-server.ts';
import { type Bridge, startBridge } from './bridge.ts';
import { BRIDGE_VARIABLE, type TestResult } from './bridge-protocol.ts';
import { type EditorWindow, openWindow } from './browser.ts';
import { type BundledSuite, bundleSuite } from './bundle-suite.ts';
import { prepareFixture } from './fixture.ts';
import { testKeptPassword } from './kept-password.ts';
import { testReload } from './reload.ts';

export type EditorRunOptions = {
  /** The packaged extension. */
  readonly vsix: string;
  readonly trust: Trust;
  /** Receives screenshots and the bundled suite; inside the clone. */
  readonly output: string;
  readonly signal?: AbortSignal | undefined;
};

export type EditorRun = {
  readonly results: readonly TestResult[];
  /** Why the run as a whole failed, with the editor's logs; undefined when the suite ran to its end. */
  readonly crash: string | undefined;
};

/** Pictures show no half-faded list, and a browser's VS Code would save what a test types. */
const SETTINGS = { 'workbench.reduceMotion': 'on', 'files.autoSave': 'off' };

/** Only what hangs takes so long: a quiet machine needs three minutes, a crowded one has been seen to need ten. */
const RUN_TIMEOUT_MS = 1_500_000;

export async function runEditorTests(options: EditorRunOptions): Promise<EditorRun> {
  const { signal } = options;
  await mkdir(options.output, { recursive: true });
  const [installed, executable, suite] = await Promise.all([
    editor(signal),
    chromium(signal),
    bundleSuite(options.trust, options.output),
  ]);
  await using fixture = await prepareFixture(signal);
  const home = join(fixture.folder, 'editor');
  await installExtension(installed, home, options.vsix, signal);
  await using window = await openWindow({
    executable,
    home: join(fixture.folder, 'browser'),
    screenshots: options.output,
  });
  await using bridge = await startBridge(window.act);
  await using server = await startCodeServer({
    editor: installed,
    home,
    trust: options.trust,
    smokeTestDriver: true,
    settings: SETTINGS,
    env: { [BRIDGE_VARIABLE]: bridge.url },
    signal,
  });
  const around = { bridge, suite, workspace: fixture.workspace, signal };
  const run = await runSuiteIn(window, server, around);
  if (options.trust === 'restricted' || run.crash !== undefined) return run;
  const open = () => window.open(plainAddress(server, around));
  const reloaded = await testReload({ open, act: window.act });
  const kept = await testKeptPassword({
    workspace: fixture.workspace,
    folders: [home, join(fixture.folder, 'browser')],
    printed: [server.service.output, window.log()],
  });
  return { ...run, results: [...run.results, reloaded, kept] };
}

/** Of the workbench without a suite. */
function plainAddress(server: CodeServer, { workspace }: Surroundings): string {
  return `${server.url}/?${new URLSearchParams({ folder: workspace })}`;
}

type Surroundings = {
  readonly bridge: Bridge;
  readonly suite: BundledSuite;
  readonly workspace: string;
  readonly signal: AbortSignal | undefined;
};

async function runSuiteIn(
  window: EditorWindow,
  server: CodeServer,
  around: Surroundings,
): Promise<EditorRun> {
  const { bridge } = around;
  try {
    await window.open(address(server, around));
    await Promise.race([window.exitCode, failAfterTimeout(around.signal), failWhenEnded(server)]);
    const crash = bridge.results.length === 0 ? 'The suite ended without a result.' : undefined;
    return { results: bridge.results, crash: crash && withLogs(crash, window, server) };
  } catch (error) {
    around.signal?.throwIfAborted();
    await window.act({ action: 'screenshot', name: 'crash' }).catch(() => {});
    return { results: bridge.results, crash: withLogs(String(error), window, server) };
  }
}

/** The workbench's address, with the options that make it run the suite. */
function address(server: CodeServer, { suite, workspace }: Surroundings): string {
  const remote = (path: string) => `vscode-remote://127.0.0.1:${server.port}${path}`;
  const payload = [
    ['extensionDevelopmentPath', remote(suite.extension)],
    ['extensionTestsPath', remote(suite.entry)],
  ];
  const query = new URLSearchParams({ folder: workspace, payload: JSON.stringify(payload) });
  return `${server.url}/?${query}`;
}

async function failAfterTimeout(signal: AbortSignal | undefined): Promise<never> {
  await delay(RUN_TIMEOUT_MS, undefined, { ref: false, ...(signal ? { signal } : {}) });
  throw new Error(`The editor tests did not end within ${RUN_TIMEOUT_MS / 1000} seconds.`);
}

async function failWhenEnded(server: CodeServer): Promise<never> {
  const code = await server.service.exited;
  throw new Error(`The editor ended with exit code ${code} while its tests ran.`);
}

function withLogs(message: string, window: EditorWindow, server: CodeServer): string {
  return `${message}\n--- The editor's server:\n${server.service.output}\n--- The editor's window:\n${window.log()}`;
}
