/** The window of a desktop VS Code that was started with a debugging port: found at the first request, then kept. */
import { setTimeout as delay } from 'node:timers/promises';
import { type Browser, chromium, type Page } from 'playwright-core';
import type { WindowActions } from './bridge.ts';
import { actOnPage } from './page-actions.ts';

export type DesktopWindow = AsyncDisposable & { readonly act: WindowActions };

const FIND_TIMEOUT_MS = 30_000;

export function desktopWindow(debuggingPort: number, screenshots: string): DesktopWindow {
  let browser: Browser | undefined;
  const page = async (): Promise<Page> => {
    browser ??= await chromium.connectOverCDP(`http://127.0.0.1:${debuggingPort}`);
    return findWorkbench(browser);
  };
  return {
    act: async request => actOnPage(await page(), request, screenshots),
    async [Symbol.asyncDispose]() {
      await browser?.close(); // Of a connected browser this closes the connection only.
    },
  };
}

async function findWorkbench(browser: Browser): Promise<Page> {
  const deadline = Date.now() + FIND_TIMEOUT_MS;
  for (;;) {
    const pages = browser.contexts().flatMap(context => context.pages());
    const workbench = pages.find(page => page.url().includes('workbench'));
    if (workbench !== undefined) return workbench;
    if (Date.now() > deadline) throw new Error('VS Code has no window with a workbench.');
    await delay(100);
  }
}
