/** The texts that a unified diff leads to, from the texts of a workspace. */
import { applyPatch, parsePatch, type StructuredPatch } from 'diff';

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
    return { kind: 'failed', problem: 'The diff is no unified diff of files.', paths: [] };
  const texts = new Map<string, string>();
  for (const patch of patches) {
    const name = newName(patch);
    if (name === null) continue;
    const path = source.pathOf(name);
    if (path === null)
      return { kind: 'failed', problem: 'The diff changes a file outside of the workspace.', paths: [name] };
    const before = texts.get(path) ?? textBefore(patch, source);
    const after = applyPatch(before, patch);
    if (after === false)
      return { kind: 'failed', problem: 'The diff does not fit the file as it is now.', paths: [name] };
    texts.set(path, after);
  }
  return { kind: 'applied', texts };
}

function parsed(diff: string): readonly StructuredPatch[] | null {
  try {
    return parsePatch(diff).filter(({ hunks }) => hunks.length > 0);
  } catch {
    return null;
  }
}

function textBefore(patch: StructuredPatch, { pathOf, textOf }: DiffSource): string {
  const name = patch.oldFileName === undefined ? null : withoutPrefix(patch.oldFileName);
  const path = name === null ? null : pathOf(name);
  return (path === null ? undefined : textOf(path)) ?? '';
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
