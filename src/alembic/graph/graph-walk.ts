/** Ancestors, descendants and Alembic's order of iteration. Follows `RevisionMap` of Alembic 1.20 step by step. */
import type { RevisionGraph, RevisionNode } from './graph.ts';

export interface WalkOptions {
  /** Whether `depends_on` counts as an edge. */
  readonly dependencies: boolean;
}

/** The targets and all that come before them, in the order of a depth-first walk. */
export function ancestorsOf(
  graph: RevisionGraph,
  targets: Iterable<RevisionNode>,
  options: WalkOptions,
): RevisionNode[] {
  return related(graph, targets, node => (options.dependencies ? normalizedDown(node) : node.down));
}

/** The targets and all that come after them. */
export function descendantsOf(
  graph: RevisionGraph,
  targets: Iterable<RevisionNode>,
  options: WalkOptions,
): RevisionNode[] {
  return related(graph, targets, node => (options.dependencies ? node.allNext : node.next));
}

/** `down_revision`, and the dependencies that no ancestor has. */
export function normalizedDown(node: RevisionNode): readonly string[] {
  if (node.ownDependencies.length === 0) return node.down;
  return [...new Set([...node.down, ...node.ownDependencies])];
}

function related(
  graph: RevisionGraph,
  targets: Iterable<RevisionNode>,
  edges: (node: RevisionNode) => readonly string[],
): RevisionNode[] {
  const seen = new Set<RevisionNode>();
  for (const target of targets) {
    const todo = [target];
    for (let node = todo.pop(); node; node = todo.pop()) {
      if (seen.has(node)) continue;
      seen.add(node);
      for (const id of edges(node)) {
        const next = graph.byId.get(id);
        if (next) todo.push(next);
      }
    }
  }
  return [...seen];
}

/**
 * Revisions before the ones that they follow, one line of development after the other: the order of `alembic history`
 * and, reversed, of an upgrade. `heads` are where the walk begins; those outside of `revisions` are passed over.
 */
export function sortTopologically(
  graph: RevisionGraph,
  revisions: Iterable<RevisionNode>,
  heads: Iterable<RevisionNode>,
): RevisionNode[] {
  const todo = new Set(revisions);
  const loadingOrder = new Map(graph.nodes.map((node, index) => [node, index]));
  const position = (node: RevisionNode) => loadingOrder.get(node) ?? 0;
  const ancestors = (node: RevisionNode) => new Set(ancestorsOf(graph, [node], { dependencies: true }));
  const output: RevisionNode[] = [];
  const lines: Line[] = [...new Set(heads)]
    .filter(head => todo.has(head))
    .sort((a, b) => position(a) - position(b))
    .map(node => ({ node, ancestors: ancestors(node) }));
  let current = 0;
  for (let line = lines[current]; line; line = lines[current]) {
    const candidate = line.node;
    const first = lines.findIndex((other, index) => index !== current && other.ancestors.has(candidate));
    if (first >= 0) {
      current = first;
      continue;
    }
    if (todo.delete(candidate)) output.push(candidate);
    const added = nodesOf(graph, normalizedDown(candidate)).filter(
      node => todo.has(node) && !lines.some(other => other.node === node),
    );
    const next = added[0];
    if (!next) {
      lines.splice(current, 1);
      current = Math.max(current - 1, 0);
    } else if (candidate.ownDependencies.length === 0 && candidate.down.length === 1) {
      line.node = next;
      line.ancestors.delete(candidate);
    } else {
      line.node = next;
      line.ancestors = ancestors(next);
      lines.push(...added.slice(1).map(node => ({ node, ancestors: ancestors(node) })));
    }
  }
  return [...output, ...todo];
}

/** One line of development, at the revision that comes out of it next. */
interface Line {
  node: RevisionNode;
  ancestors: Set<RevisionNode>;
}

export function nodesOf(graph: RevisionGraph, ids: Iterable<string>): RevisionNode[] {
  return [...ids].flatMap(id => graph.byId.get(id) ?? []);
}

/** All revisions, newest first: `ScriptDirectory.walk_revisions()`. */
export function walkRevisions(graph: RevisionGraph): RevisionNode[] {
  return sortTopologically(graph, graph.nodes, nodesOf(graph, graph.effectiveHeads));
}
