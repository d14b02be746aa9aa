/**
 * Identifiers to revisions: full and partial ids, `head`, `heads`, `base`, branch labels, `label@id`. Follows
 * `RevisionMap.get_revisions` of Alembic 1.20. Throws RevisionError; relative identifiers are read in `relative.ts`.
 */
import type { RevisionGraph, RevisionNode } from './graph.ts';
import { ancestorsOf, descendantsOf, nodesOf, type WalkOptions } from './graph-walk.ts';
import { multipleHeads, RevisionError, unresolved } from './revision-error.ts';

/** A revision, or null for the base before all of them. */
export type RevisionOrBase = RevisionNode | null;

const versioned: WalkOptions = { dependencies: false };

interface Identifier {
  readonly ids: readonly string[];
  readonly label: string | null;
}

/** All revisions that an identifier names; none for `base`. `label@-2` walks down from the branch's heads. */
export function getRevisions(graph: RevisionGraph, identifier: string): RevisionOrBase[] {
  const { ids, label } = splitIdentifier(graph, identifier);
  const only = ids.length === 1 ? ids[0] : undefined;
  if (only !== undefined && /^\s*-\d+\s*$/.test(only)) {
    const heads = nodesOf(graph, graph.effectiveHeads).filter(
      head => label === null || head.branchLabels.has(label),
    );
    return heads.map(head => downFrom(graph, head, -Number(only)));
  }
  return ids.map(id => revisionFor(graph, id, label));
}

/** The one revision that an identifier names; null for `base`. */
export function getRevision(graph: RevisionGraph, identifier: string): RevisionOrBase {
  const { ids, label } = splitIdentifier(graph, identifier);
  if (ids.length > 1) throw multipleHeads(ids, identifier);
  return ids[0] === undefined ? baseOf(graph, label) : revisionFor(graph, ids[0], label);
}

function baseOf(graph: RevisionGraph, label: string | null): null {
  if (label !== null && label !== '') resolveBranch(graph, label);
  return null;
}

function splitIdentifier(graph: RevisionGraph, identifier: string): Identifier {
  const at = identifier.indexOf('@');
  const label = at < 0 ? null : identifier.slice(0, at);
  const symbol = at < 0 ? identifier : identifier.slice(at + 1);
  if (symbol === 'heads') {
    return { ids: label ? filterForLineage(graph, graph.heads, label) : graph.effectiveHeads, label };
  }
  if (symbol === 'head') {
    const head = currentHead(graph, label);
    return { ids: head === null ? [] : [head], label };
  }
  return { ids: symbol === 'base' ? [] : [symbol], label };
}

function currentHead(graph: RevisionGraph, label: string | null): string | null {
  const heads = label ? filterForLineage(graph, graph.heads, label) : graph.heads;
  if (heads.length > 1) throw multipleHeads(heads, label ? `${label}@head` : 'head');
  return heads[0] ?? null;
}

/** The revision with this id, label, or only id or label that begins so (from four characters on). */
export function revisionFor(
  graph: RevisionGraph,
  id: string,
  checkBranch: string | null = null,
): RevisionNode {
  const branch = checkBranch ? resolveBranch(graph, checkBranch) : null;
  const node = graph.byId.get(id) ?? graph.byLabel.get(id) ?? partialMatch(graph, id, checkBranch);
  if (branch && !sharesLineage(graph, node, [branch])) {
    throw unresolved(`Revision ${node.id} is not a member of branch '${checkBranch}'`, id);
  }
  return node;
}

function partialMatch(graph: RevisionGraph, id: string, checkBranch: string | null): RevisionNode {
  const names = [...graph.byId.keys(), ...graph.byLabel.keys()];
  const matches = names.filter(name => name.length > 3 && name.startsWith(id));
  const found = checkBranch ? filterForLineage(graph, matches, checkBranch) : matches;
  const first = found[0];
  if (first === undefined) {
    const hint =
      '; please ensure at least four characters are present for partial revision identifier matches';
    throw unresolved(`No such revision or branch '${id}'${[...id].length < 4 ? hint : ''}`, id);
  }
  if (found.length > 1) {
    const some = found.slice(0, 3).map(name => `'${name}'`);
    throw unresolved(`Multiple revisions start with '${id}': ${some.join(', ')}...`, id);
  }
  return revisionFor(graph, first);
}

export function resolveBranch(graph: RevisionGraph, label: string): RevisionNode {
  const node = graph.byLabel.get(label) ?? graph.byId.get(label);
  if (node) return node;
  try {
    return revisionFor(graph, label);
  } catch {
    throw unresolved(`No such branch: '${label}'`, label);
  }
}

/** Those of some ids and labels that stand on one line with an identifier: before it, after it, or it itself. */
export function filterForLineage(
  graph: RevisionGraph,
  targets: readonly string[],
  against: string,
): string[] {
  const { ids, label } = splitIdentifier(graph, against);
  if (targets.length === 0) return [];
  const tests = [...(label ? [label] : []), ...ids].map(name => revisionFor(graph, name));
  return targets.filter(target => sharesLineage(graph, revisionFor(graph, target), tests));
}

export function filterNodesForLineage(
  graph: RevisionGraph,
  targets: readonly RevisionNode[],
  against: string,
): RevisionNode[] {
  return nodesOf(
    graph,
    filterForLineage(
      graph,
      targets.map(target => target.id),
      against,
    ),
  );
}

function sharesLineage(graph: RevisionGraph, target: RevisionNode, tests: readonly RevisionNode[]): boolean {
  if (tests.length === 0) return true;
  const line = new Set([
    ...descendantsOf(graph, [target], versioned),
    ...ancestorsOf(graph, [target], versioned),
  ]);
  return tests.some(test => line.has(test));
}

function downFrom(graph: RevisionGraph, start: RevisionNode, steps: number): RevisionOrBase {
  let node: RevisionNode = start;
  for (let step = 0; step < steps; step++) {
    const below = nodesOf(graph, node.down);
    if (below.length > 1) throw new RevisionError('Ambiguous walk');
    const next = below[0];
    if (!next) return null;
    node = next;
  }
  return node;
}
