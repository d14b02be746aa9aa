/**
 * Starts the editor's server for a workspace and installs extensions into it. Everything it writes goes below one
 * folder that the caller names; the browser that shows it is the caller's business.
 */
import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Editor } from './bootstrap-editor.ts';
import { CommandError, run } from './command.ts';
import { freePort } from './free-port.ts';
import { Service } from './service.ts';

export type Trust = 'trusted' | 'restricted';

export type TerminalEnvironment = Readonly<Record<string, string | null>>;

export type CodeServerOptions = {
  readonly editor: Editor;
  /** Holds settings, extensions, caches and logs of this editor. */
  readonly home: string;
  readonly trust: Trust;
  /** A free one is taken without it. */
  readonly port?: number | undefined;
  /** VS Code's settings.json on top of the ones that keep a fresh editor quiet. */
  readonly settings?: Readonly<Record<string, unknown>>;
  /** What the editor's terminals see on top of the environment of this process; null takes a variable away. */
  readonly terminal?: TerminalEnvironment;
  /** Lets the page pass options to the workbench, which a test runner needs. */
  readonly smokeTestDriver?: boolean;
  readonly env?: NodeJS.ProcessEnv;
  readonly signal?: AbortSignal | undefined;
};

export type CodeServer = AsyncDisposable & {
  /** `http://127.0.0.1:PORT` */
  readonly url: string;
  readonly port: number;
  readonly service: Service;
};

/** A fresh editor asks and offers much; none of it belongs in a demo or a test. */
export const QUIET_SETTINGS = {
  'workbench.startupEditor': 'none',
  'workbench.tips.enabled': false,
  'workbench.welcomePage.walkthroughs.openOnInstall': false,
  'security.workspace.trust.startupPrompt': 'never',
  'security.workspace.trust.banner': 'never',
  'telemetry.telemetryLevel': 'off',
  'update.mode': 'none',
  'extensions.autoUpdate': false,
  'extensions.autoCheckUpdates': false,
  'extensions.ignoreRecommendations': true,
  'git.openRepositoryInParentFolders': 'never',
  'chat.disableAIFeatures': true,
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
};

const START_TIMEOUT_MS = 60_000;

export async function startCodeServer(options: CodeServerOptions): Promise<CodeServer> {
  // Terminals do without the data folder that the server is given, see serverEnvironment.
  const terminal = terminalSettings({
    XDG_DATA_HOME: process.env.XDG_DATA_HOME ?? null,
    ...options.terminal,
  });
  await prepareHome(options.home, { ...terminal, ...options.settings });
  const port = options.port ?? (await freePort());
  const url = `http://127.0.0.1:${port}`;
  const service = new Service(process.execPath, serverArguments(options, port), {
    name: 'The editor',
    cwd: options.home,
    env: { ...serverEnvironment(options.home), ...options.env },
  });
  try {
    await service.waitUntil(() => answers(`${url}/healthz`), {
      timeoutMs: START_TIMEOUT_MS,
      signal: options.signal,
    });
  } catch (error) {
    await service.stop();
    throw error;
  }
  return { url, port, service, [Symbol.asyncDispose]: () => service.stop() };
}

/** Installs a packaged extension into the editor below `home`. */
export async function installExtension(
  editor: Editor,
  home: string,
  vsix: string,
  signal?: AbortSignal,
): Promise<void> {
  await mkdir(home, { recursive: true });
  const args = [editor.entry, ...folders(home), '--install-extension', vsix, '--force'];
  const result = await run(process.execPath, args, { cwd: home, env: serverEnvironment(home), signal });
  if (result.code !== 0 || !/successfully installed/.test(result.output)) {
    throw new CommandError(`Installing ${vsix} into the editor`, result);
  }
}

/** VS Code has one such setting for each system. */
export function terminalSettings(environment: TerminalEnvironment): Readonly<Record<string, unknown>> {
  return { 'terminal.integrated.env.linux': environment, 'terminal.integrated.env.osx': environment };
}

function serverArguments(options: CodeServerOptions, port: number): string[] {
  return [
    options.editor.entry,
    ...folders(options.home),
    '--auth=none',
    `--bind-addr=127.0.0.1:${port}`,
    '--disable-telemetry',
    '--disable-update-check',
    '--disable-getting-started-override',
    '--ignore-last-opened',
    ...(options.trust === 'trusted' ? ['--disable-workspace-trust'] : []),
    ...(options.smokeTestDriver ? ['--vscode-option', 'enable-smoke-test-driver'] : []),
  ];
}

/** The configuration file is named too: code-server would otherwise write one into the user's home. */
function folders(home: string): string[] {
  return [
    '--config',
    join(home, 'config.yaml'),
    '--user-data-dir',
    join(home, 'user-data'),
    '--extensions-dir',
    join(home, 'extensions'),
  ];
}

async function prepareHome(home: string, settings: Readonly<Record<string, unknown>>): Promise<void> {
  const folder = join(home, 'user-data', 'User');
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'settings.json'), JSON.stringify({ ...QUIET_SETTINGS, ...settings }, null, 2));
  const config = join(home, 'config.yaml');
  if (!existsSync(config)) await writeFile(config, 'cert: false\n');
}

/**
 * Without the variables of a terminal inside VS Code, which would make this editor talk to that one, and with a data
 * folder of its own, because code-server writes logs and a heartbeat file there whatever its options say.
 */
function serverEnvironment(home: string): NodeJS.ProcessEnv {
  const inherited = Object.entries(process.env).filter(
    ([name]) => !/^(VSCODE_|npm_|CODE_SERVER_)/.test(name),
  );
  return { ...Object.fromEntries(inherited), XDG_DATA_HOME: join(home, 'data') };
}

async function answers(url: string): Promise<boolean> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(2000) });
    return response.ok;
  } catch {
    return false;
  }
}
