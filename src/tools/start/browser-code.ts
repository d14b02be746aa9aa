/** The demo's editor in the browser: code-server with the extension in it, for machines without a desktop VS Code. */
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Editor } from '../bootstrap-editor.ts';
import { installExtension, startCodeServer, type TerminalEnvironment } from '../code-server.ts';
import { run } from '../command.ts';
import { findProgram } from '../find-program.ts';
import type { DemoWindow } from './demo-window.ts';

export type BrowserCodeOptions = {
  readonly editor: Editor;
  readonly home: string;
  readonly vsix: string;
  readonly workspace: string;
  readonly terminal: TerminalEnvironment;
  readonly port: number | undefined;
  readonly signal: AbortSignal;
};

export async function startBrowserCode(options: BrowserCodeOptions): Promise<DemoWindow> {
  const { editor, home, signal } = options;
  await rm(join(home, 'extensions'), { recursive: true, force: true });
  await installExtension(editor, home, options.vsix, signal);
  const server = await startCodeServer({ ...options, trust: 'trusted' });
  const address = `${server.url}/?folder=${encodeURI(options.workspace)}`;
  return { address, service: server.service, [Symbol.asyncDispose]: () => server[Symbol.asyncDispose]() };
}

/** Shows an address in the user's browser where there is a desktop; the address is printed anyway. */
export async function openInBrowser(address: string, signal: AbortSignal): Promise<void> {
  const isMac = process.platform === 'darwin';
  const hasDisplay = isMac || process.env.DISPLAY || process.env.WAYLAND_DISPLAY;
  const opener = findProgram(isMac ? 'open' : 'xdg-open');
  if (hasDisplay && opener !== undefined) await run(opener, [address], { signal });
}
