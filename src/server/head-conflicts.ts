/** Heads that there would be after a merge with the main branch, told before the merge. */
import type { MigrationEnvironment } from '../alembic/environment/environment.ts';
import type { RevisionGraph, RevisionNode } from '../alembic/graph/graph.ts';
import type { MigrationProblem } from '../protocol/migrations.ts';
import type { WorkspaceSnapshot } from '../workspace/snapshot.ts';
import type { IncomingFiles } from './git/main-branch.ts';
import { placeAt } from './place-at.ts';

/** Empty where the merge adds no head. */
export function headConflicts(
  workspace: WorkspaceSnapshot,
  environment: MigrationEnvironment,
  { branch, files }: IncomingFiles,
): readonly MigrationProblem[] {
  const own = environment.graph;
  const merged = workspace.graphWith(
    environment,
    files.filter(({ path }) => path.endsWith('.py')),
  );
  const theirs = merged.heads.filter(id => !own.byId.has(id));
  const ours = own.heads.filter(id => merged.heads.includes(id));
  if (theirs.length === 0 || ours.length === 0) return [];
  return ours.map(id => problemOf(workspace, own, merged, { id, theirs, branch }));
}

interface Conflict {
  readonly id: string;
  readonly theirs: readonly string[];
  readonly branch: string;
}

function problemOf(
  workspace: WorkspaceSnapshot,
  own: RevisionGraph,
  merged: RevisionGraph,
  { id, theirs, branch }: Conflict,
): MigrationProblem {
  const node = own.byId.get(id);
  const others = theirs.map(each => named(merged.byId.get(each), each)).join(' and ');
  const first = node ? firstOfBranch(node, own, merged) : null;
  const message = `${branch} has ${others} beside ${named(node, id)}: after a merge there are several heads. Let ${first?.id ?? id} follow ${theirs[0]} before the merge, or merge the heads after it.`;
  const place = first
    ? placeAt(workspace, first.revision.path, (first.revision.downRange ?? first.revision.idRange).start)
    : null;
  return { code: 'head-conflict', message, place };
}

function named(node: RevisionNode | undefined, id: string): string {
  return node && node.revision.message !== '' ? `${id} (${node.revision.message.replace(/\.$/, '')})` : id;
}

/** The oldest revision of a line that the other branch does not continue: the one whose down_revision decides. */
function firstOfBranch(head: RevisionNode, own: RevisionGraph, merged: RevisionGraph): RevisionNode {
  let node = head;
  for (;;) {
    const [parent] = node.down;
    const below = parent === undefined ? undefined : own.byId.get(parent);
    // Where more follows after the merge than here, the two branches part.
    if (!below || (merged.byId.get(below.id)?.next.length ?? 0) > below.next.length) return node;
    node = below;
  }
}
