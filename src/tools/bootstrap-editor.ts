/**
 * Installs the real VS Code workbench and server from npm (code-server) into the cache folder, for the editor tests
 * and for a demo where there is no desktop VS Code. How it is started is code-server.ts's business.
 */
import { mkdir, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { cached } from './bootstrap-cache.ts';
import { installDebianPackages } from './bootstrap-debian.ts';
import { findProgram } from './find-program.ts';
import { npm } from './npm.ts';

const VERSION = '4.139.1';

export type Editor = {
  /** The script that Node 24 runs as the server. */
  readonly entry: string;
};

/** The modules that are compiled here. The rest either comes ready-made or belongs to features nobody uses here. */
const COMPILED = ['@vscode/spdlog', '@vscode/native-watchdog'];

/** The editor in the cache folder; the first call needs the network, and takes a minute with a compiler. */
export async function editor(signal?: AbortSignal): Promise<Editor> {
  const folder = await cached(
    {
      name: 'code-server',
      key: [VERSION, process.versions.modules, process.platform, process.arch, ...COMPILED].join(' '),
      build: directory => install(directory, signal),
    },
    signal,
  );
  return { entry: join(folder, 'node_modules', 'code-server', 'out', 'node', 'entry.js') };
}

async function install(directory: string, signal: AbortSignal | undefined): Promise<void> {
  await writeFile(join(directory, 'package.json'), '{"private":true}\n');
  await npm(['install', `code-server@${VERSION}`, '--ignore-scripts'], directory, signal);
  const server = join(directory, 'node_modules', 'code-server', 'lib', 'vscode');
  await npm(['install', '--omit=dev', '--ignore-scripts'], server, signal);
  await npm(['install', '--omit=dev', '--ignore-scripts'], join(server, 'extensions'), signal);
  await linkServerScripts(server);
  await compileModules(server, directory, signal);
}

/** What code-server's own install script does besides installing: the scripts behind `code` in its terminals. */
async function linkServerScripts(server: string): Promise<void> {
  const variant = process.platform === 'darwin' ? 'darwin' : 'linux';
  await replaceByLink(join(server, 'bin', 'remote-cli', 'code-server'), `code-${variant}.sh`);
  await replaceByLink(join(server, 'bin', 'helpers', 'browser.sh'), `browser-${variant}.sh`);
}

async function replaceByLink(path: string, target: string): Promise<void> {
  await rm(path, { force: true });
  await symlink(target, path);
}

/** Without a compiler the editor still works, but shows no log channels: so this does its best and never fails. */
async function compileModules(
  server: string,
  directory: string,
  signal: AbortSignal | undefined,
): Promise<void> {
  if (!hasCompiler()) await installDebianPackages(['g++', 'make', 'python3'], signal);
  if (!hasCompiler()) return;
  const headers = join(directory, 'headers');
  await mkdir(headers);
  try {
    await writeFile(join(headers, 'package.json'), '{"private":true}\n');
    await npm(['install', `${nodePackage()}@${process.versions.node}`, '--ignore-scripts'], headers, signal);
    const nodedir = join(headers, 'node_modules', nodePackage());
    for (const module of COMPILED)
      await npm(['rebuild', module], server, signal, { npm_config_nodedir: nodedir });
  } catch (error) {
    if (signal?.aborted) throw error;
  } finally {
    await rm(headers, { recursive: true, force: true });
  }
}

function hasCompiler(): boolean {
  return ['g++', 'make', 'python3'].every(program => findProgram(program) !== undefined);
}

/** The npm package that carries Node's headers for this platform. */
function nodePackage(): string {
  const prefix = process.platform === 'darwin' && process.arch === 'arm64' ? 'node-bin' : 'node';
  return `${prefix}-${process.platform}-${process.arch}`;
}
