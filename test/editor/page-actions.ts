/** Does in the editor's window what a test asks for: looks, clicks, types, takes pictures. */
import { join } from 'node:path';
import type { Locator, Page } from 'playwright-core';
import type { WindowActions } from './bridge.ts';
import type { BridgeRequest, Target } from './bridge-protocol.ts';

/** Pictures are left in the folder `screenshots`. */
export async function actOnPage(
  page: Page,
  request: Parameters<WindowActions>[0],
  screenshots: string,
): ReturnType<WindowActions> {
  switch (request.action) {
    case 'screenshot':
      await page.screenshot({ path: join(screenshots, `${request.name}.png`) });
      return null;
    case 'press':
      await page.keyboard.press(request.keys);
      return null;
    case 'type':
      await page.keyboard.type(request.text);
      return null;
    case 'fill':
      return inFrames(async () => {
        await (await find(page, request)).first().fill(request.text);
        return null;
      });
    case 'stored':
      return page.evaluate<number>(`(${countStored})(${JSON.stringify(request.text)})`);
    default:
      return inFrames(async () => actOnElement(await find(page, request), request.action));
  }
}

/** The frames of a webview come and go while it loads: what one of them took along is looked for among the others. */
async function inFrames<Value>(act: () => Promise<Value>): Promise<Value> {
  for (;;) {
    try {
      return await act();
    } catch (error) {
      if (!/frame (was|got) detached/i.test(String(error))) throw error;
    }
  }
}

type ElementAction = Exclude<Extract<BridgeRequest, Target>['action'], 'fill'>;

async function actOnElement(element: Locator, action: ElementAction): ReturnType<WindowActions> {
  switch (action) {
    case 'click':
      await element.first().click();
      return null;
    case 'rightClick':
      await element.first().click({ button: 'right' });
      return null;
    case 'hover':
      await element.first().hover();
      return null;
    case 'text':
      // biome-ignore lint/performance/useDomNodeTextContent: a test asks for the text that a user sees.
      return element.first().innerText();
    case 'count':
      return element.count();
  }
}

/** How many values that a browser's editor has stored hold a text. */
const countStored = `async text => {
  const done = request => new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
  let count = 0;
  for (const { name } of await indexedDB.databases()) {
    const database = await done(indexedDB.open(name));
    for (const store of database.objectStoreNames) {
      const values = await done(database.transaction(store).objectStore(store).getAll());
      count += values.filter(value => typeof value === 'string' && value.includes(text)).length;
    }
    database.close();
  }
  return count;
}`;

/** In the workbench, or in the first webview that has it: a webview's content is in a frame within a frame. */
async function find(page: Page, target: Target): Promise<Locator> {
  if (target.inside !== 'webview') return page.locator(target.selector);
  const frames = page.frames().filter(frame => frame !== page.mainFrame());
  for (const frame of frames) {
    const element = frame.locator(target.selector);
    if ((await element.count()) > 0) return element;
  }
  return (frames.at(-1) ?? page.mainFrame()).locator(target.selector);
}
