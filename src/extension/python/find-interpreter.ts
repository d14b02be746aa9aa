/**
 * The Python of the user's project: from the setting, the Python extension, a virtual environment in the workspace,
 * or the PATH, in this order. Only files are looked at; nothing is run.
 */
import { existsSync } from 'node:fs';
import { delimiter, isAbsolute, join } from 'node:path';
import { extensions, workspace } from 'vscode';
import type { PythonInfo } from '../../protocol/session.ts';
import { readSetting } from '../settings.ts';

/** The part of the Python extension's interface that is used: see its `environments` API. */
interface PythonExtension {
  readonly environments?: {
    getActiveEnvironmentPath(resource?: unknown): { readonly path: string };
    resolveEnvironment(
      path: unknown,
    ): Promise<{ readonly executable: { readonly uri?: { readonly fsPath: string } } } | undefined>;
  };
}

const windows = process.platform === 'win32';

/** Null where none is found. */
export async function findInterpreter(folder: string | undefined): Promise<PythonInfo | null> {
  return fromSetting(folder) ?? fromWorkspace(folder, await fromPythonExtension()) ?? fromPath();
}

function fromSetting(folder: string | undefined): PythonInfo | null {
  const path = readSetting('pythonPath').trim();
  if (path === '') return null;
  const expanded = path.replace(/\$\{workspaceFolder\}/g, folder ?? '');
  const absolute = isAbsolute(expanded) || !/[/\\]/.test(expanded) ? expanded : join(folder ?? '', expanded);
  return { path: absolute, origin: 'databasePatterns.pythonPath' };
}

/** The Python extension's default, a Python on the PATH, does not outrank a virtual environment in the workspace. */
function fromWorkspace(folder: string | undefined, chosen: PythonInfo | null): PythonInfo | null {
  const own = fromVirtualEnvironment(folder);
  if (chosen === null) return own;
  const global = pathFolders().some(bin => chosen.path.startsWith(bin));
  return global && own !== null ? own : chosen;
}

async function fromPythonExtension(): Promise<PythonInfo | null> {
  const extension = extensions.getExtension<PythonExtension>('ms-python.python');
  if (extension === undefined) return null;
  try {
    const { environments } = await extension.activate();
    const resource = workspace.workspaceFolders?.[0]?.uri;
    const environment = await environments?.resolveEnvironment(
      environments.getActiveEnvironmentPath(resource),
    );
    const path = environment?.executable.uri?.fsPath;
    return path === undefined ? null : { path, origin: 'the Python extension' };
  } catch {
    return null;
  }
}

function fromVirtualEnvironment(folder: string | undefined): PythonInfo | null {
  if (folder === undefined) return null;
  const inside = windows ? join('Scripts', 'python.exe') : join('bin', 'python');
  for (const name of ['.venv', 'venv']) {
    const path = join(folder, name, inside);
    if (existsSync(path)) return { path, origin: name };
  }
  return null;
}

function fromPath(): PythonInfo | null {
  const names = windows ? ['python.exe'] : ['python3', 'python'];
  for (const folder of pathFolders()) {
    const path = names.map(name => join(folder, name)).find(existsSync);
    if (path !== undefined) return { path, origin: 'PATH' };
  }
  return null;
}

function pathFolders(): readonly string[] {
  return (process.env.PATH ?? '').split(delimiter).filter(folder => folder !== '');
}
