/** The revision that a file holds. */
import type { RevisionGraph, RevisionNode } from '../../alembic/graph/graph.ts';

/** Every file is asked about, and an environment may have ten thousand revisions. */
const byGraph = new WeakMap<RevisionGraph, ReadonlyMap<string, RevisionNode>>();

/** Of several in one file, the first. */
export function revisionAt(graph: RevisionGraph, path: string): RevisionNode | undefined {
  const known =
    byGraph.get(graph) ?? new Map(graph.nodes.toReversed().map(node => [node.revision.path, node]));
  byGraph.set(graph, known);
  return known.get(path);
}
