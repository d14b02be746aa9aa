/** The editor's window: Chromium driven by Playwright, the way VS Code's own smoke tests drive a browser. */
import { type Browser, chromium, type Page } from 'playwright-core';
import type { WindowActions } from './bridge.ts';
import { actOnPage } from './page-actions.ts';

export type EditorWindow = AsyncDisposable & {
  /** Settles with the suite's exit code, and fails when the page crashes or closes first. */
  readonly exitCode: Promise<number>;
  readonly act: WindowActions;
  /** What the workbench wrote to the browser's console. */
  log(): string;
  open(url: string): Promise<void>;
};

const ARGUMENTS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-breakpad',
  '--disable-crash-reporter',
  '--disable-dev-shm-usage',
];

const ACTION_TIMEOUT_MS = 15_000;
/** The workbench is large, and the machine may be busy with other tests. */
const OPEN_TIMEOUT_MS = 60_000;

export type WindowOptions = {
  /** The browser's program. */
  readonly executable: string;
  /** Receives the browser's own files. */
  readonly home: string;
  /** Receives the pictures. */
  readonly screenshots: string;
};

export async function openWindow({ executable, home, screenshots }: WindowOptions): Promise<EditorWindow> {
  const env = { ...process.env, XDG_CONFIG_HOME: home, XDG_CACHE_HOME: home };
  // Playwright would end this process at a signal, before what else it started is stopped.
  const signals = { handleSIGINT: false, handleSIGTERM: false, handleSIGHUP: false };
  const browser = await chromium.launch({ executablePath: executable, args: ARGUMENTS, env, ...signals });
  try {
    const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
    page.setDefaultTimeout(ACTION_TIMEOUT_MS);
    page.setDefaultNavigationTimeout(OPEN_TIMEOUT_MS);
    return await prepare(browser, page, screenshots);
  } catch (error) {
    await browser.close();
    throw error;
  }
}

async function prepare(browser: Browser, page: Page, screenshots: string): Promise<EditorWindow> {
  const lines: string[] = [];
  const exit = deferred<number>();
  exit.promise.catch(() => {}); // Whoever waits for it sees the failure; nobody may be waiting yet.
  page.on('console', message => lines.push(`[${message.type()}] ${message.text()}`));
  page.on('crash', () => exit.reject(new Error('The page of the editor crashed.')));
  page.on('close', () =>
    exit.reject(new Error('The page of the editor was closed before its tests had ended.')),
  );
  await page.exposeFunction('codeAutomationLog', (type: string, args: unknown[]) => {
    lines.push(`[${type}] ${args.map(String).join(' ')}`);
  });
  await page.exposeFunction('codeAutomationExit', (code: number) => exit.resolve(code));
  return {
    exitCode: exit.promise,
    act: request => actOnPage(page, request, screenshots),
    log: () => lines.join('\n'),
    open: async url => {
      await page.goto(url);
    },
    [Symbol.asyncDispose]: () => browser.close(),
  };
}

interface Deferred<T> {
  readonly promise: Promise<T>;
  readonly resolve: (value: T) => void;
  readonly reject: (reason: Error) => void;
}

function deferred<T>(): Deferred<T> {
  let settle: Omit<Deferred<T>, 'promise'> | undefined;
  const promise = new Promise<T>((resolve, reject) => {
    settle = { resolve, reject };
  });
  if (!settle) throw new Error('A promise runs its executor at once.');
  return { promise, ...settle };
}
