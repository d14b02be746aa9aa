/** Which revisions a database has, worked out from the rows of its version table. */
import type { RevisionGraph } from './graph.ts';
import { ancestorsOf, nodesOf } from './graph-walk.ts';

export interface RevisionState {
  /** The rows that are revisions, and all that they imply: ancestors, and revisions that those depend on. */
  readonly applied: ReadonlySet<string>;
  readonly pending: ReadonlySet<string>;
  /** Rows that are revisions of the graph, in the graph's order. */
  readonly current: readonly string[];
  /** Rows that no file has: what lies below them is not known to be applied. */
  readonly unknown: readonly string[];
}

export function stateOf(graph: RevisionGraph, versionRows: readonly string[]): RevisionState {
  const rows = new Set(versionRows);
  const current = graph.nodes.filter(node => rows.has(node.id)).map(node => node.id);
  const applied = new Set(
    ancestorsOf(graph, nodesOf(graph, current), { dependencies: true }).map(node => node.id),
  );
  return {
    applied,
    pending: new Set(graph.nodes.filter(node => !applied.has(node.id)).map(node => node.id)),
    current,
    unknown: [...rows].filter(id => !graph.byId.has(id)),
  };
}
