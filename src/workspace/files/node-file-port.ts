/** The file port over Node's file system: the only file of this room that touches it. */
import { readFileSync } from 'node:fs';
import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { isPackageSource } from '../../python/packages/read-source.ts';
import { isContainerFile, isProcfile } from '../connections/container-files.ts';
import type { FileEntry, FilePort, ReadOutcome } from './file-port.ts';
import { isIgnoredFolder, mayBeEnvironment } from './ignored-folders.ts';

/** Kinds of files that the workspace reads; others are not even listed. */
const wanted =
  /(\.py|\.pyi|\.sql|\.ini|\.toml|\.ya?ml|\.mako|(^|\/)\.env[\w.-]*|pg_service\.conf|\.pg_service\.conf)$/;

function isWanted(path: string): boolean {
  return wanted.test(path) || isPackageSource(path) || isContainerFile(path) || isProcfile(path);
}

export function createNodeFilePort(): FilePort {
  return { list: listFiles, read: readBytes, readNow: readBytesNow };
}

async function listFiles(root: string, signal?: AbortSignal): Promise<readonly FileEntry[]> {
  const entries: FileEntry[] = [];
  const pending = [root];
  for (let folder = pending.pop(); folder !== undefined; folder = pending.pop()) {
    signal?.throwIfAborted();
    const children = await childrenOf(folder);
    if (children.some(isEnvironmentMark)) {
      entries.push(...(await listEnvironment(folder)));
      continue;
    }
    const files: string[] = [];
    for (const child of children) {
      const path = pathOf(folder, child.name);
      if (child.isDirectory()) {
        if (!isIgnoredFolder(child.name)) pending.push(path);
        else if (mayBeEnvironment(child.name) && (await childrenOf(path)).some(isEnvironmentMark))
          entries.push(...(await listEnvironment(path)));
      } else if (isWanted(path)) files.push(path);
    }
    for (const found of await Promise.all(files.map(fileEntry))) entries.push(...found);
  }
  return entries.sort((a, b) => (a.path < b.path ? -1 : 1));
}

/** Of a virtual environment only what says which packages it holds. */
async function listEnvironment(folder: string): Promise<readonly FileEntry[]> {
  const libraries = (await childrenOf(`${folder}/lib`)).map(
    ({ name }) => `${folder}/lib/${name}/site-packages`,
  );
  const paths = [`${folder}/pyvenv.cfg`];
  for (const packages of [...libraries, `${folder}/Lib/site-packages`]) {
    for (const { name } of await childrenOf(packages)) {
      if (name.endsWith('.dist-info')) paths.push(`${packages}/${name}/WHEEL`);
    }
  }
  const entries = await Promise.all(paths.filter(isPackageSource).map(fileEntry));
  return entries.flat();
}

function isEnvironmentMark({ name }: { readonly name: string }): boolean {
  return name === 'pyvenv.cfg';
}

/** Empty for what is no readable folder. */
function childrenOf(folder: string) {
  return readdir(folder, { withFileTypes: true }).catch(() => []);
}

function pathOf(folder: string, name: string): string {
  return join(folder, name).replaceAll('\\', '/');
}

/** Empty for what is no regular file, such as a broken link or a pipe. */
async function fileEntry(path: string): Promise<readonly FileEntry[]> {
  const stats = await stat(path).catch(() => null);
  return stats?.isFile() ? [{ path, size: stats.size, modified: stats.mtimeMs }] : [];
}

async function readBytes(path: string): Promise<ReadOutcome> {
  try {
    return { kind: 'read', bytes: await readFile(path) };
  } catch (error) {
    return { kind: 'failed', reason: error instanceof Error ? error.message : String(error) };
  }
}

function readBytesNow(path: string): ReadOutcome {
  try {
    return { kind: 'read', bytes: readFileSync(path) };
  } catch (error) {
    return { kind: 'failed', reason: error instanceof Error ? error.message : String(error) };
  }
}
