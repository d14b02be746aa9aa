/** The texts that a unified diff leads to, from the texts of a workspace. */
import { applyPatch, parsePatch, type StructuredPatch } from 'diff';
import { recounted } from './recount-diff.ts';

export type DiffOutcome =
  | { readonly kind: 'applied'; readonly texts: ReadonlyMap<string, string> }
  /** `paths` are those of the diff. */
  | { readonly kind: 'failed'; readonly problem: string; readonly paths: readonly string[] };

export interface DiffSource {
  /** An absolute path inside of the workspace; null for every other. */
  readonly pathOf: (given: string) => string | null;
  readonly textOf: (path: string) => string | undefined;
}

/** Files that the diff deletes are left as they are: nothing in them can be checked any more. */
export function applyDiff(diff: string, source: DiffSource): DiffOutcome {
  const patches = parsed(diff);
  if (patches === null || patches.length === 0)
    return {
      kind: 'failed',
      problem:
        'This is no unified diff of files, which has lines such as `--- a/app/models.py`, `+++ b/app/models.py` and `@@ -1,3 +1,4 @@`. Or give whole texts as `files`.',
      paths: [],
    };
  const texts = new Map<string, string>();
  for (const patch of patches) {
    const name = newName(patch);
    if (name === null) continue;
    const path = source.pathOf(name);
    if (path === null)
      return { kind: 'failed', problem: 'The diff changes a file outside of the workspace.', paths: [name] };
    const before = texts.get(path) ?? textBefore(patch, source);
    if (before === null)
      return {
        kind: 'failed',
        problem:
          'The diff changes a file that is not there. Paths are relative to the folder of the workspace.',
        paths: [name],
      };
    const after = applyPatch(before, patch);
    if (after === false)
      return {
        kind: 'failed',
        problem:
          'The diff does not fit the file as it is now: read the file again, or give its whole text as `files`.',
        paths: [name],
      };
    texts.set(path, after);
  }
  return { kind: 'applied', texts };
}

function parsed(diff: string): readonly StructuredPatch[] | null {
  try {
    return parsePatch(recounted(diff)).filter(({ hunks }) => hunks.length > 0);
  } catch {
    return null;
  }
}

/** Null where the file is not there that the diff changes; empty for one that it makes. */
function textBefore(patch: StructuredPatch, { pathOf, textOf }: DiffSource): string | null {
  const name = patch.oldFileName === undefined ? null : withoutPrefix(patch.oldFileName);
  const path = name === null ? null : pathOf(name);
  const text = path === null ? undefined : textOf(path);
  const isNew = name === null || patch.hunks.every(({ oldLines }) => oldLines === 0);
  return text ?? (isNew ? '' : null);
}

/** Null for a file that is deleted. */
function newName({ newFileName, oldFileName }: StructuredPatch): string | null {
  const name = newFileName ?? oldFileName;
  return name === undefined ? null : withoutPrefix(name);
}

/** Git writes `a/` and `b/` before paths, and `/dev/null` for no file. */
function withoutPrefix(name: string): string | null {
  return name === '/dev/null' ? null : name.replace(/^[ab]\//, '');
}
