/** Where a table, a column, a revision or what SQL names itself is used: in SQL, strings, keywords and Python. */
import { literalPattern } from '../../base/literal-pattern.ts';
import { contains, type TextRange } from '../../base/range.ts';
import type { WorkspaceSnapshot } from '../../workspace/snapshot.ts';
import { placedLocalName } from './local-name.ts';
import { namedThingAt } from './named-thing.ts';
import { type Subject, subjectAt } from './subject.ts';

export interface Reference {
  readonly path: string;
  readonly range: TextRange;
  /** True where the thing is declared rather than used. */
  readonly isDeclaration: boolean;
}

/**
 * A file at a time, that of the name first: each may have to be read, and whoever asks has other things to do in between.
 * Nothing where the name is nobody's.
 */
export function* referencesAt(
  workspace: WorkspaceSnapshot,
  path: string,
  offset: number,
): Generator<readonly Reference[]> {
  const subject = subjectAt(workspace, path, offset);
  if (!subject) return;
  yield referencesIn(workspace, path, subject);
  if (subject.madeAt) return;
  for (const other of [...workspace.project.files.keys(), ...workspace.sqlFiles])
    if (other !== path) yield referencesIn(workspace, other, subject);
}

/**
 * Those in the file of a name in SQL, a string or a keyword: what Python names itself is for who knows Python. An alias
 * counts for itself, not for its table.
 */
export function referencesBeside(
  workspace: WorkspaceSnapshot,
  path: string,
  offset: number,
): readonly Reference[] {
  const own = placedLocalName(workspace, path, offset);
  if (own)
    return own.local.places.map(place => ({ path, range: own.sql.toSource(place), isDeclaration: false }));
  const subject = namedThingAt(workspace, path, offset) && subjectAt(workspace, path, offset);
  return subject ? referencesIn(workspace, path, subject) : [];
}

function referencesIn(workspace: WorkspaceSnapshot, path: string, subject: Subject): readonly Reference[] {
  const text = workspace.textOf(path) ?? '';
  const found = new Map<number, Reference>();
  for (const { index, 0: name } of text.matchAll(mentionsOf(subject))) {
    // Inside of the name, since what stands before it ends at its beginning.
    const other = subjectAt(workspace, path, index + Math.min(1, name.length - 1));
    if (other && isSame(subject, other))
      found.set(other.range.start, { path, range: other.range, isDeclaration: other.isDeclaration });
  }
  const { madeAt } = subject;
  const isFound = madeAt === null || [...found.values()].some(({ range }) => contains(madeAt, range));
  return isFound ? [...found.values()] : [{ path, range: madeAt, isDeclaration: true }, ...found.values()];
}

/** SQL writes names as it likes. */
function mentionsOf({ names }: Subject): RegExp {
  const either = [...names].map(literalPattern).join('|');
  return new RegExp(`(?<![\\p{L}\\p{N}_])(?:${either})(?![\\p{L}\\p{N}_])`, 'giu');
}

function isSame(one: Subject, other: Subject): boolean {
  return [...other.keys].some(key => one.keys.has(key));
}
