/**
 * The user's own VS Code as the demo's window, with settings and extensions of its own, so that nothing of the
 * user's installation is touched.
 */
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { QUIET_SETTINGS, type TerminalEnvironment, terminalSettings } from '../code-server.ts';
import { run, runOrThrow } from '../command.ts';
import { findProgram } from '../find-program.ts';
import { Service } from '../service.ts';
import type { DemoWindow } from './demo-window.ts';

export type DesktopOptions = {
  readonly code: string;
  readonly home: string;
  readonly vsix: string;
  readonly workspace: string;
  readonly terminal: TerminalEnvironment;
  readonly signal: AbortSignal;
};

/**
 * The `code` command, where it can open a window of its own: not for root, without a display, or in a remote
 * terminal, where it only talks to the window it belongs to.
 */
export async function desktopCode(signal: AbortSignal): Promise<string | undefined> {
  const code = findProgram('code');
  const hasDisplay = process.platform === 'darwin' || process.env.DISPLAY || process.env.WAYLAND_DISPLAY;
  if (code === undefined || !hasDisplay || process.getuid?.() === 0) return undefined;
  if (process.env.VSCODE_IPC_HOOK_CLI !== undefined) return undefined;
  return (await run(code, ['--version'], { signal })).code === 0 ? code : undefined;
}

/** Opens a window; the service ends when the user closes it. */
export async function openDesktopCode(options: DesktopOptions): Promise<DemoWindow> {
  const { code, home, signal } = options;
  const userData = join(home, 'user-data');
  const extensions = join(home, 'extensions');
  await rm(extensions, { recursive: true, force: true });
  await mkdir(join(userData, 'User'), { recursive: true });
  const settings = JSON.stringify({ ...QUIET_SETTINGS, ...terminalSettings(options.terminal) }, null, 2);
  await writeFile(join(userData, 'User', 'settings.json'), settings);
  const own = ['--user-data-dir', userData, '--extensions-dir', extensions];
  await runOrThrow(code, [...own, '--install-extension', options.vsix, '--force'], { signal });
  const args = [...own, '--new-window', '--wait', '--disable-workspace-trust', options.workspace];
  const service = new Service(code, args, { name: 'VS Code' });
  return { service, address: undefined, [Symbol.asyncDispose]: () => service.stop() };
}
