/** The public half of identifiers: what a symbol means, and which revisions an upgrade, downgrade or history would walk. */
import type { RevisionGraph, RevisionNode } from './graph.ts';
import { ancestorsOf, descendantsOf, nodesOf, sortTopologically } from './graph-walk.ts';
import { getRevision, getRevisions, type RevisionOrBase, resolveBranch } from './lookup.ts';
import { downgradeTarget, type TargetContext, upgradeTargets } from './relative.ts';
import { type Resolution, RevisionError, resolution } from './revision-error.ts';

const everything = { dependencies: true };

/**
 * The revisions that an identifier names, as `alembic upgrade` reads it: `head`, `heads`, `base` (none), full and partial
 * ids, branch labels, `label@head`, and relative ones. `+1` needs to know what the database is at.
 */
export function resolveRevisions(
  graph: RevisionGraph,
  identifier: string,
  current: readonly string[] = [],
): Resolution<readonly RevisionNode[]> {
  return resolution(() => presentOnly(upgradeTargets({ graph, current, exactLength: true }, identifier)));
}

/** The revisions that `alembic upgrade TARGET` runs on a database at `current`, in the order in which it runs them. */
export function upgradeSteps(
  graph: RevisionGraph,
  target: string,
  current: readonly string[],
): Resolution<readonly RevisionNode[]> {
  return resolution(() => {
    const context = { graph, current, exactLength: true };
    const targets = presentOnly(upgradeTargets(context, target));
    const lower = current.flatMap(id => presentOnly(getRevisions(graph, id)));
    return iterate(graph, { targets, lower }).reverse();
  });
}

/** The revisions that `alembic downgrade TARGET` takes back, in the order in which it does. */
export function downgradeSteps(
  graph: RevisionGraph,
  target: string,
  current: readonly string[],
): Resolution<readonly RevisionNode[]> {
  return resolution(() => {
    const upper = current.flatMap(id => presentOnly(getRevisions(graph, id)));
    const context = { graph, current, exactLength: true };
    const dropped = collectDowngrade(context, { target, upper });
    return sortTopologically(graph, dropped, upper);
  });
}

/** The revisions from `lower` to `upper`, newest first, as `alembic history -r lower:upper` lists them. */
export function historyRange(
  graph: RevisionGraph,
  range: { readonly lower: string; readonly upper: string },
): Resolution<readonly RevisionNode[]> {
  return resolution(() => {
    const context = { graph, current: [], exactLength: false };
    const lower = presentOnly(lowerEnd(graph, range));
    const targets = presentOnly(
      upgradeTargets({ ...context, current: lower.map(node => node.id) }, range.upper),
    );
    const required = new Set(ancestorsOf(graph, targets, everything));
    if (lower.some(node => !required.has(node))) throw notAncestors(range.lower, range.upper);
    const between = new Set(iterateSet(graph, { targets, lower }));
    if (lower.length > 0) {
      const above = new Set([...lower, ...descendantsOf(graph, lower, { dependencies: false })]);
      for (const node of between) if (!above.has(node)) between.delete(node);
      for (const node of lower) between.add(node);
    }
    return sortTopologically(graph, between, targets);
  });
}

function lowerEnd(
  graph: RevisionGraph,
  { lower, upper }: { readonly lower: string; readonly upper: string },
): RevisionOrBase[] {
  if (!/[+-]\d+$/.test(lower)) return getRevisions(graph, lower);
  const current = upper === '' ? [] : presentOnly(getRevisions(graph, upper)).map(node => node.id);
  return [downgradeTarget({ graph, current, exactLength: false }, lower).revision];
}

interface Ends {
  readonly targets: readonly RevisionNode[];
  readonly lower: readonly RevisionNode[];
}

function iterateSet(graph: RevisionGraph, { targets, lower }: Ends): RevisionNode[] {
  checkOverlaps(graph, targets);
  checkOverlaps(graph, lower);
  const have = new Set(ancestorsOf(graph, lower, everything));
  return ancestorsOf(graph, targets, everything).filter(node => !have.has(node));
}

function iterate(graph: RevisionGraph, ends: Ends): RevisionNode[] {
  return sortTopologically(graph, iterateSet(graph, ends), ends.targets);
}

/** Alembic refuses a request that names a revision together with one of its ancestors. */
function checkOverlaps(graph: RevisionGraph, targets: readonly RevisionNode[]): void {
  const walked = new Set<RevisionNode>();
  for (const target of targets) {
    const reached = new Set(ancestorsBelow(graph, target, walked));
    for (const node of reached) walked.add(node);
    const overlaps = targets.filter(other => other !== target && reached.has(other));
    if (overlaps.length > 0) {
      const others = overlaps.map(node => node.id).join(', ');
      throw new RevisionError(
        `Requested revision ${target.id} overlaps with other requested revisions ${others}`,
      );
    }
  }
}

/** The target's ancestors, those left out that lie only behind revisions that were walked before. */
function ancestorsBelow(
  graph: RevisionGraph,
  target: RevisionNode,
  walked: ReadonlySet<RevisionNode>,
): RevisionNode[] {
  if (walked.size === 0) return ancestorsOf(graph, [target], everything);
  const reached = new Set<RevisionNode>();
  const todo = [target];
  for (let node = todo.pop(); node; node = todo.pop()) {
    if (reached.has(node)) continue;
    reached.add(node);
    if (!walked.has(node)) todo.push(...nodesOf(graph, [...node.down, ...node.ownDependencies]));
  }
  return [...reached];
}

function collectDowngrade(
  context: TargetContext,
  { target, upper }: { readonly target: string; readonly upper: readonly RevisionNode[] },
): RevisionNode[] {
  const { graph } = context;
  const { label, revision } = downgradeTarget(context, target);
  let roots = revision === null ? nodesOf(graph, graph.bases) : nodesOf(graph, revision.next);
  if (label !== null && roots.length > 1) {
    const branch = new Set(ancestorsOf(graph, [resolveBranch(graph, label)], { dependencies: false }));
    roots = roots.filter(root => branch.has(root));
    if (roots.length === 0) throw new RevisionError('Not a valid downgrade target from current heads');
  }
  const active = new Set(ancestorsOf(graph, upper, everything));
  const dropped = descendantsOf(graph, roots, everything).filter(node => active.has(node));
  if (revision !== null && dropped.length === 0 && !upper.includes(revision)) {
    throw notAncestorsWith(`Destination ${target} is not a valid downgrade target from current head(s)`);
  }
  return dropped;
}

function presentOnly(nodes: readonly RevisionOrBase[]): RevisionNode[] {
  return nodes.filter(node => node !== null);
}

function notAncestors(lower: string, upper: string): RevisionError {
  return new RevisionError(
    `Revision ${lower} is not an ancestor of revision ${upper}`,
    `Requested range ${lower}:${upper} does not refer to ancestor/descendant revisions along the same branch`,
  );
}

function notAncestorsWith(commandMessage: string): RevisionError {
  return new RevisionError('Revision Nothing to drop is not an ancestor of revision', commandMessage);
}

/** The one revision that an identifier names, as `alembic show` reads it; null for `base`. */
export function resolveRevision(graph: RevisionGraph, identifier: string): Resolution<RevisionOrBase> {
  return resolution(() => getRevision(graph, identifier));
}
