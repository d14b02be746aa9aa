/**
 * What a test can ask of the window it runs in, through the runner outside: look, click, type, take a picture.
 * Under the desktop editor there is no such window to ask; there, pictures are left out and the rest fails.
 */
import { setTimeout as delay } from 'node:timers/promises';
import type { BridgeRequest, BridgeResponse, Target, TestResult } from '../bridge-protocol.ts';
import { BRIDGE_VARIABLE } from '../bridge-protocol.ts';

const WAIT_TIMEOUT_MS = 20_000;
const POLL_MS = 100;
const MENU_TIMEOUT_MS = 40_000;
/** A menu that took a click is gone by then, also on a loaded machine. */
const MENU_CLOSES_MS = 2000;

export async function report(result: TestResult): Promise<void> {
  await ask({ action: 'result', result });
}

/** Leaves `test/output/NAME.png`. */
export async function screenshot(name: string): Promise<void> {
  await ask({ action: 'screenshot', name });
}

export async function click(selector: string, inside: Target['inside'] = 'workbench'): Promise<void> {
  await ask({ action: 'click', selector, inside });
}

export async function rightClick(selector: string, inside: Target['inside'] = 'workbench'): Promise<void> {
  await ask({ action: 'rightClick', selector, inside });
}

export async function hover(selector: string, inside: Target['inside'] = 'workbench'): Promise<void> {
  await ask({ action: 'hover', selector, inside });
}

/** Keys by Playwright's names, for example `Control+Shift+P`. */
export async function press(keys: string): Promise<void> {
  await ask({ action: 'press', keys });
}

export async function type(text: string): Promise<void> {
  await ask({ action: 'type', text });
}

/** Puts a whole text into a field at once, as pasting does. */
export async function fill(
  selector: string,
  text: string,
  inside: Target['inside'] = 'workbench',
): Promise<void> {
  await ask({ action: 'fill', selector, text, inside });
}

/** The text that a user sees in the first element that matches. */
export async function visibleText(selector: string, inside: Target['inside'] = 'workbench'): Promise<string> {
  return String(await ask({ action: 'text', selector, inside }));
}

export async function count(selector: string, inside: Target['inside'] = 'workbench'): Promise<number> {
  return Number(await ask({ action: 'count', selector, inside }));
}

/** Selects a row of a view by a part of what a screen reader says of it. */
export function row(spoken: string): string {
  return `.monaco-list-row[aria-label*="${spoken}"]`;
}

/** Polls until `read` gives something other than undefined or false; says what was waited for when it never does. */
export async function waitFor<Value>(
  what: string,
  read: () => Value | undefined | false | PromiseLike<Value | undefined | false>,
  timeoutMs = WAIT_TIMEOUT_MS,
): Promise<Value> {
  const deadline = Date.now() + timeoutMs;
  for (;;) {
    const value = await read();
    if (value !== undefined && value !== false) return value;
    if (Date.now() > deadline) throw new Error(`Waited ${timeoutMs / 1000} seconds in vain for ${what}.`);
    await delay(POLL_MS);
  }
}

export interface Look {
  readonly inside?: Target['inside'];
  readonly timeoutMs?: number;
}

/** Polls until something matches. */
export async function sees(what: string, selector: string, { inside, timeoutMs }: Look = {}): Promise<void> {
  await waitFor(what, async () => (await count(selector, inside)) > 0, timeoutMs);
}

/** Polls until nothing matches any more. */
export async function seesNone(what: string, selector: string, { inside }: Look = {}): Promise<void> {
  await waitFor(`${what} to be gone`, async () => (await count(selector, inside)) === 0);
}

/**
 * Chooses an item of a row's context menu. Such a menu misses a click in its first tenth of a second, which a loaded
 * window draws late, and closes by itself where something new takes the focus: it is opened and clicked again then.
 */
export async function choosesFromMenu(target: string, item: string): Promise<void> {
  const entry = `.monaco-menu >> text=${item}`;
  const chosen = async (): Promise<boolean> => {
    if ((await count(entry)) === 0) await rightClick(target);
    await hover(entry);
    await click(entry);
    await waitFor('the menu to close', async () => (await count(entry)) === 0, MENU_CLOSES_MS);
    return true;
  };
  await waitFor(`${item} to be chosen`, () => chosen().catch(() => false), MENU_TIMEOUT_MS);
}

/** Opens a menu's submenu, and the menu again where it closed by itself. */
export async function opensSubmenu(target: string, submenu: string, item: string): Promise<void> {
  const entry = `.monaco-menu >> text=${submenu}`;
  const shown = async (): Promise<boolean> => {
    if ((await count(entry)) === 0) await rightClick(target);
    await hover(entry);
    return (await count(`.monaco-menu >> text=${item}`)) > 0;
  };
  await waitFor(item, () => shown().catch(() => false), MENU_TIMEOUT_MS);
}

async function ask(request: BridgeRequest): Promise<string | number | null> {
  const url = process.env[BRIDGE_VARIABLE];
  if (url === undefined)
    throw new Error(`${BRIDGE_VARIABLE} is not set: run the suite through "npm run test:editor".`);
  const reply = await fetch(url, { method: 'POST', body: JSON.stringify(request) });
  const response = (await reply.json()) as BridgeResponse;
  if (response.kind === 'failed') throw new Error(response.message);
  return response.value;
}
