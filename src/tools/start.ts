/**
 * `npm start`: the demo. Builds the extension, starts PostgreSQL, the sample shop and its traffic, and opens an editor
 * on a copy of the shop that is one migration behind. Ctrl-C ends all of it. Options: start/options.ts.
 * Exit code 0 at the end, 2 when the machine lacks something, 1 for everything else.
 */
import { mkdir, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { cacheRoot } from './bootstrap-cache.ts';
import { editor } from './bootstrap-editor.ts';
import type { VirtualEnvironment } from './bootstrap-python.ts';
import type { TerminalEnvironment } from './code-server.ts';
import { tryLock } from './lock-file.ts';
import { type PostgresServer, startPostgres } from './postgres.ts';
import { postgresCacheRoot } from './postgres-binaries.ts';
import { SETUP_EXIT_CODE, SetupError } from './setup-error.ts';
import { copyShop, prepareShopDatabase, shopEnvironment } from './shop.ts';
import { openInBrowser, startBrowserCode } from './start/browser-code.ts';
import { buildPackage } from './start/build.ts';
import type { DemoWindow } from './start/demo-window.ts';
import { desktopCode, openDesktopCode } from './start/desktop-code.ts';
import { readOptions, type StartOptions } from './start/options.ts';
import { step } from './start/progress.ts';
import { startShop } from './start/shop-service.ts';
import { STOPPED_EXIT_CODE, stopSignal } from './stop-signal.ts';

const signal = stopSignal();
try {
  await start(await readOptions(process.argv.slice(2), process.env));
} catch (error) {
  process.exitCode = signal.aborted ? STOPPED_EXIT_CODE : explain(error);
}
if (signal.aborted) console.log('Everything is stopped.');

async function start(options: StartOptions): Promise<void> {
  const demo = join(cacheRoot(), 'demo');
  await using _lock = await onlyDemo(demo);
  const code = await ownCode(options);
  const environment = await step('Python environment', () => shopEnvironment(signal));
  const installed = code === undefined ? await step('Editor, installed', () => editor(signal)) : undefined;
  const root = join(import.meta.dirname, '..', '..');
  const { vsix } = await step('Extension, built and packaged', () => buildPackage(root, signal));
  await using postgres = await step('PostgreSQL', () => startDemoPostgres());
  const workspace = join(demo, 'shop');
  const databaseUrl = await step('Database, one migration behind', () =>
    prepareWorkspace(workspace, environment, postgres),
  );
  await using shop = await step('Shop and its traffic', () =>
    startShop({ workspace, python: environment.python, databaseUrl, signal }),
  );
  const surroundings = { vsix, workspace, terminal: terminalEnvironment(environment), signal };
  await using window = await step('Editor, started', () =>
    installed === undefined
      ? openDesktopCode({ ...surroundings, code: code ?? '', home: join(demo, 'code') })
      : startBrowserCode({
          ...surroundings,
          editor: installed,
          home: join(demo, 'code-server'),
          port: options.port,
        }),
  );
  printGuide(shop.url, workspace, window.address);
  await showUntilEnd(window, options.mode);
}

/** The user's own VS Code, where it is wanted and can open a window. */
async function ownCode({ mode, editor: wanted }: StartOptions): Promise<string | undefined> {
  if (mode !== 'open' || wanted === 'browser') return undefined;
  const code = await desktopCode(signal);
  if (wanted === 'code' && code === undefined) {
    throw new SetupError(
      'There is no "code" command that can open a window here: leave --code out, then try again.',
    );
  }
  return code;
}

/** Two demos at once would share a database: the second one is told to wait. */
async function onlyDemo(demo: string): Promise<AsyncDisposable> {
  await mkdir(dirname(demo), { recursive: true });
  const lock = await tryLock(`${demo}.lock`);
  if (lock !== undefined) return lock;
  throw new SetupError(
    'Another "npm start" is running: stop it with Ctrl-C in its terminal, then try again.',
  );
}

/** Keeps its data for the next start; data that PostgreSQL does not start with any more is made again. */
async function startDemoPostgres(): Promise<PostgresServer> {
  const directory = join(postgresCacheRoot(), 'demo-postgresql');
  const options = { directory, settings: { max_connections: '40' }, signal };
  try {
    return await startPostgres(options);
  } catch (error) {
    if (signal.aborted) throw error;
    await rm(directory, { recursive: true, force: true });
    return startPostgres(options);
  }
}

async function prepareWorkspace(
  workspace: string,
  environment: VirtualEnvironment,
  postgres: PostgresServer,
): Promise<string> {
  await copyShop(workspace, environment);
  return prepareShopDatabase({ serverUrl: postgres.url, workspace, environment, signal });
}

/** Makes `alembic` and `python` in the editor's terminals those of the shop. */
function terminalEnvironment(environment: VirtualEnvironment): TerminalEnvironment {
  return { PATH: `${join(environment.folder, 'bin')}:\${env:PATH}`, VIRTUAL_ENV: environment.folder };
}

function printGuide(shop: string, workspace: string, address: string | undefined): void {
  const lines = [
    '',
    address === undefined ? 'VS Code shows the shop in a window of its own.' : `Open ${address}`,
    '  1. Open app/mistakes.py: each mistake is underlined, and its quick fix says what PostgreSQL would accept.',
    '  2. Open Database Patterns in the activity bar: the pool of the shop fills and drains with the traffic.',
    '  3. Run "alembic upgrade head" in a terminal there: the pending migration turns into an applied one.',
    '',
    `The shop answers at ${shop}/docs, and its copy is in ${workspace} (fresh at each start).`,
    'Press Ctrl-C to stop everything.',
  ];
  console.log(lines.join('\n'));
}

async function checkAnswer(address: string): Promise<void> {
  const response = await fetch(address, { signal });
  const page = await response.text();
  if (!response.ok || !page.includes('workbench')) {
    throw new Error(`${address} answered with status ${response.status} and not with the editor.`);
  }
}

/** Until the user closes the window or stops the demo; for a check, not at all. */
async function showUntilEnd({ address, service }: DemoWindow, mode: StartOptions['mode']): Promise<void> {
  if (mode === 'once') {
    if (address !== undefined) await step('Editor, answers', () => checkAnswer(address));
    return;
  }
  if (mode === 'open' && address !== undefined) await openInBrowser(address, signal);
  const stopped = new Promise<void>(resolve =>
    signal.addEventListener('abort', () => resolve(), { once: true }),
  );
  if (!signal.aborted) await Promise.race([service.exited, stopped]);
  console.log('\nStopping ...');
}

function explain(error: unknown): number {
  if (error instanceof SetupError) {
    console.error(error.message);
    return SETUP_EXIT_CODE;
  }
  console.error(error instanceof Error ? error.message : String(error));
  return 1;
}
