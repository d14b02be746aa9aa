/** What the main branch has in some folders that this branch has not: the files that a merge would bring. Reads only. */
import { join } from 'node:path';
import { askGit } from './run-git.ts';

export interface IncomingFiles {
  /** `origin/main`. */
  readonly branch: string;
  readonly files: readonly { readonly path: string; readonly text: string }[];
}

/** The first that exists is the main branch: what others have pushed counts before what is here. */
const candidates = ['origin/HEAD', 'origin/main', 'origin/master', 'main', 'master'];

/** More new files than this are no work of the last days, and are not looked at. */
const mostFiles = 200;

/** Null without a repository, without a main branch, and where nothing is new there. */
export async function incomingFiles(folders: readonly string[]): Promise<IncomingFiles | null> {
  const [folder] = folders;
  if (folder === undefined) return null;
  const root = (await askGit(folder, ['rev-parse', '--show-toplevel']))?.trim();
  if (!root) return null;
  const branch = await mainBranch(root);
  if (branch === null) return null;
  const base = (await askGit(root, ['merge-base', 'HEAD', branch]))?.trim();
  if (!base) return null;
  const range = [
    'diff',
    '--name-only',
    '--no-renames',
    '--diff-filter=A',
    '-z',
    '--no-ext-diff',
    base,
    branch,
  ];
  const names = (await askGit(root, [...range, '--', ...folders]))?.split('\0').filter(name => name !== '');
  if (!names || names.length === 0 || names.length > mostFiles) return null;
  const files = await Promise.all(
    names.map(async name => ({
      path: join(root, name).replaceAll('\\', '/'),
      text: (await askGit(root, ['cat-file', 'blob', `${branch}:${name}`])) ?? '',
    })),
  );
  return { branch, files };
}

async function mainBranch(root: string): Promise<string | null> {
  for (const name of candidates) {
    const commit = await askGit(root, ['rev-parse', '--verify', '--quiet', `${name}^{commit}`]);
    if (commit === null) continue;
    if (name !== 'origin/HEAD') return name;
    const full = await askGit(root, ['rev-parse', '--abbrev-ref', 'origin/HEAD']);
    return full?.trim() || name;
  }
  return null;
}
