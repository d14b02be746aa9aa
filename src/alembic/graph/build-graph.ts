/**
 * Builds the revision graph as Alembic's `RevisionMap` does: the same heads, bases, order, labels and dependencies.
 * Where Alembic stops with an error, this says the problem, leaves the broken edge out, and goes on.
 */

import type { Revision, RevisionReference } from '../revision/revision.ts';
import type { DraftNode, RevisionGraph } from './graph.ts';
import { breakCycles } from './graph-cycles.ts';
import { findGraphProblems } from './graph-problems.ts';

/** Revisions in the order of `revisionFiles`. */
export function buildGraph(revisions: readonly Revision[]): RevisionGraph {
  const byId = new Map<string, DraftNode>();
  for (const revision of revisions) byId.set(revision.id, createNode(revision));
  const nodes = [...byId.values()];
  const byLabel = collectLabels(nodes, byId);
  for (const node of nodes) resolveReferences(node, byId, byLabel);
  const cycles = breakCycles(byId);
  for (const node of nodes) addNext(node, byId);
  for (const node of nodes) node.ownDependencies = omitInherited(node, byId);
  for (const node of nodes) if (node.revision.branchLabels.length > 0) spreadLabels(node, byId);
  const heads = nodes.filter(node => node.next.length === 0).map(node => node.id);
  const graph = {
    nodes,
    byId,
    byLabel,
    heads,
    bases: nodes.filter(node => node.revision.down.length === 0).map(node => node.id),
    effectiveHeads: nodes.filter(node => node.allNext.length === 0).map(node => node.id),
  };
  return { ...graph, problems: findGraphProblems(graph, revisions, cycles) };
}

function createNode(revision: Revision): DraftNode {
  return {
    id: revision.id,
    revision,
    down: [],
    dependencies: [],
    ownDependencies: [],
    next: [],
    allNext: [],
    branchLabels: new Set(idsOf(revision.branchLabels)),
  };
}

export function idsOf(references: readonly RevisionReference[]): string[] {
  return [...new Set(references.map(reference => reference.id))];
}

/** The first revision keeps a label that two declare. */
function collectLabels(
  nodes: readonly DraftNode[],
  byId: ReadonlyMap<string, DraftNode>,
): Map<string, DraftNode> {
  const byLabel = new Map<string, DraftNode>();
  for (const node of nodes) {
    for (const label of node.branchLabels) {
      if (!byId.has(label) && !byLabel.has(label)) byLabel.set(label, node);
    }
  }
  return byLabel;
}

function resolveReferences(
  node: DraftNode,
  byId: ReadonlyMap<string, DraftNode>,
  byLabel: ReadonlyMap<string, DraftNode>,
): void {
  node.down = idsOf(node.revision.down).filter(id => byId.has(id) && id !== node.id);
  const dependencies = idsOf(node.revision.dependsOn).flatMap(
    id => (byId.get(id) ?? byLabel.get(id))?.id ?? [],
  );
  node.dependencies = [...new Set(dependencies)].filter(id => id !== node.id);
}

function addNext(node: DraftNode, byId: ReadonlyMap<string, DraftNode>): void {
  for (const id of node.down) byId.get(id)?.next.push(node.id);
  for (const id of new Set([...node.down, ...node.dependencies])) byId.get(id)?.allNext.push(node.id);
}

function omitInherited(node: DraftNode, byId: ReadonlyMap<string, DraftNode>): string[] {
  if (node.dependencies.length === 0) return [];
  const own = new Set(node.dependencies);
  const seen = new Set<string>([node.id]);
  const todo = [...node.down];
  for (let id = todo.pop(); id !== undefined && own.size > 0; id = todo.pop()) {
    if (seen.has(id)) continue;
    seen.add(id);
    const ancestor = byId.get(id);
    for (const dependency of ancestor?.dependencies ?? []) own.delete(dependency);
    todo.push(...(ancestor?.down ?? []));
  }
  return [...own];
}

/** To all descendants, and from the last of them down to the branch point or merge that the branch hangs on. */
function spreadLabels(start: DraftNode, byId: ReadonlyMap<string, DraftNode>): void {
  const labels = start.revision.branchLabels.map(label => label.id);
  const label = (node: DraftNode) => {
    for (const name of labels) node.branchLabels.add(name);
  };
  const seen = new Set<string>();
  const todo = [start.id];
  let last = start;
  for (let id = todo.pop(); id !== undefined; id = todo.pop()) {
    const node = byId.get(id);
    if (!node || seen.has(id)) continue;
    seen.add(id);
    label(node);
    last = node;
    todo.push(...node.next);
  }
  let parent: DraftNode | undefined = last;
  while (parent && parent.allNext.length < 2 && parent.down.length < 2) {
    label(parent);
    parent = byId.get(parent.down[0] ?? '');
  }
}
