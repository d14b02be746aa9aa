/** What outlives a window: the pools' panel comes back after a reload, with what its user chose. Driven from outside, since a suite ends with its window. */
import { setTimeout as delay } from 'node:timers/promises';
import type { WindowActions } from './bridge.ts';
import type { TestResult } from './bridge-protocol.ts';

export interface Reloaded {
  /** Opens the workbench anew, as a reload does. */
  readonly open: () => Promise<void>;
  readonly act: WindowActions;
}

const filter = '[aria-label="Filter sessions"]';
const chosen = 'no such session';
const timeoutMs = 60_000;

export async function testReload({ open, act }: Reloaded): Promise<TestResult> {
  const title = ['Reload', 'The panel of pools comes back, with its filter'];
  const began = performance.now();
  const sees = (selector: string) => waitFor(act, selector);
  try {
    await open();
    // The palette lists our commands once the workspace is known to be trusted.
    await waitFor(act, '.statusbar-item:has-text("checked")', 'workbench');
    await chooseCommand(act, 'Open Pools Panel');
    await sees(filter);
    await act({ action: 'fill', selector: filter, text: chosen, inside: 'webview' });
    await sees('role=status >> text=/^0 of \\d+ sessions$/');
    // The editor stores its windows every few seconds; what was not stored yet is lost to a reload.
    await waitUntil(
      'the window was stored',
      async () => Number(await act({ action: 'stored', text: chosen })) > 0,
    );
    await open();
    await sees('role=status >> text=/^0 of \\d+ sessions$/');
    await act({ action: 'screenshot', name: 'pools-panel-reloaded' });
    return { title, state: 'passed', durationMs: performance.now() - began };
  } catch (error) {
    await act({ action: 'screenshot', name: 'failed-reload' }).catch(() => {});
    return { title, state: 'failed', durationMs: performance.now() - began, error: String(error) };
  }
}

/** The palette does not list what came after a word was typed: it is asked again until the command is there. */
async function chooseCommand(act: WindowActions, title: string): Promise<void> {
  const row = `.quick-input-list-row:has-text("${title}")`;
  const deadline = performance.now() + timeoutMs;
  for (;;) {
    await act({ action: 'press', keys: 'F1' });
    await act({ action: 'type', text: title });
    const listed = await waitFor(act, row, 'workbench', 3_000).then(
      () => true,
      () => false,
    );
    if (listed) break;
    if (performance.now() > deadline) throw new Error(`The palette does not list “${title}”.`);
    await act({ action: 'press', keys: 'Escape' });
  }
  await act({ action: 'press', keys: 'Enter' });
}

async function waitFor(
  act: WindowActions,
  selector: string,
  inside: 'workbench' | 'webview' = 'webview',
  withinMs = timeoutMs,
): Promise<void> {
  const shows = async () => Number(await act({ action: 'count', selector, inside }).catch(() => 0)) > 0;
  await waitUntil(selector, shows, withinMs);
}

async function waitUntil(what: string, holds: () => Promise<boolean>, withinMs = timeoutMs): Promise<void> {
  const deadline = performance.now() + withinMs;
  while (!(await holds())) {
    if (performance.now() > deadline) throw new Error(`Waited in vain: ${what}.`);
    await delay(200);
  }
}
