/** The revision graph as data: nodes, edges both ways, heads and bases, in Alembic's words. Built by `build-graph.ts`. */
import type { Revision, RevisionProblem } from '../revision/revision.ts';

export interface RevisionGraph {
  /** In the order in which Alembic loads the files. */
  readonly nodes: readonly RevisionNode[];
  readonly byId: ReadonlyMap<string, RevisionNode>;
  /** By branch label: the revision that declares it. */
  readonly byLabel: ReadonlyMap<string, RevisionNode>;
  /** What `alembic upgrade head` looks at: no revision has them as down_revision. */
  readonly heads: readonly string[];
  /** Revisions without a down_revision. */
  readonly bases: readonly string[];
  /** What `heads` means: heads that no revision depends on either. */
  readonly effectiveHeads: readonly string[];
  readonly problems: readonly RevisionProblem[];
}

export interface RevisionNode {
  readonly id: string;
  readonly revision: Revision;
  /** Known revisions of `down_revision`. */
  readonly down: readonly string[];
  /** `depends_on`, with labels resolved to ids. */
  readonly dependencies: readonly string[];
  /** Dependencies without those that an ancestor has as well: the edges that the walk follows besides `down`. */
  readonly ownDependencies: readonly string[];
  /** Revisions whose `down_revision` is this one, in loading order. */
  readonly next: readonly string[];
  /** `next`, and the revisions that depend on this one. */
  readonly allNext: readonly string[];
  /** Its own labels, and those that it inherits along its branch. */
  readonly branchLabels: ReadonlySet<string>;
}

/** A node while the graph is built. */
export interface DraftNode {
  readonly id: string;
  readonly revision: Revision;
  down: string[];
  dependencies: string[];
  ownDependencies: string[];
  readonly next: string[];
  readonly allNext: string[];
  readonly branchLabels: Set<string>;
}
