/**
 * Targets of upgrades and downgrades, relative ones included: `+2`, `-1`, `ae10+1`, `head-2`, `label@+1`. Follows
 * `_parse_upgrade_target` and `_parse_downgrade_target` of Alembic 1.20. Throws RevisionError.
 */
import type { RevisionGraph, RevisionNode } from './graph.ts';
import { ancestorsOf, nodesOf, normalizedDown } from './graph-walk.ts';
import {
  filterForLineage,
  filterNodesForLineage,
  getRevision,
  getRevisions,
  type RevisionOrBase,
} from './lookup.ts';
import { RevisionError } from './revision-error.ts';

export interface TargetContext {
  readonly graph: RevisionGraph;
  /** Ids that the version table holds. */
  readonly current: readonly string[];
  /** Whether walking past an end of the graph is an error; else the walk stops there. */
  readonly exactLength: boolean;
}

/** Where a walk ended: a revision, the base, or nowhere since the graph was too short. */
type WalkEnd = RevisionNode | 'base' | null;

interface Relative {
  readonly label: string | null;
  readonly symbol: string | null;
  readonly steps: number;
  readonly text: string;
}

function readRelative(target: string): Relative | null {
  const match = /^(?:(.+?)@)?([\p{L}\p{N}_]+)?([+-]\d+)/u.exec(target);
  if (!match) return null;
  return { label: match[1] ?? null, symbol: match[2] ?? null, steps: Number(match[3]), text: match[3] ?? '' };
}

export function upgradeTargets(context: TargetContext, target: string): RevisionOrBase[] {
  const { graph } = context;
  const relative = readRelative(target);
  if (!relative) return getRevisions(graph, target);
  const { label, symbol, steps } = relative;
  if (steps > 0 && symbol === null) return [upFromCurrent(context, relative)];
  if (symbol === null) throw tooFewMigrations(steps, steps);
  const start = getRevision(graph, steps > 0 || label === null ? symbol : `${label}@${symbol}`);
  const end = walk(context, { start, steps, label: steps > 0 ? label : null });
  return [end === 'base' ? null : end];
}

function upFromCurrent(context: TargetContext, { label, steps, text }: Relative): RevisionNode {
  const starts = startsOfUpgrade(context, label);
  if (starts.length > 1) throw new RevisionError('Ambiguous upgrade from multiple current revisions');
  const end = walk(context, { start: starts[0] ?? null, steps, label });
  if (end === null || end === 'base') throw tooFewMigrations(text, steps);
  return end;
}

function startsOfUpgrade({ graph, current }: TargetContext, label: string | null): readonly RevisionOrBase[] {
  if (label === null) return current.map(id => getRevision(graph, id));
  const heads = current.flatMap(id => getRevisions(graph, id)).filter(node => node !== null);
  const onBranch = filterNodesForLineage(graph, heads, label);
  if (onBranch.length > 0) return onBranch;
  const active = filterNodesForLineage(graph, ancestorsOf(graph, heads, { dependencies: true }), label);
  const covered = new Set(active.flatMap(node => normalizedDown(node)));
  return active.filter(node => !covered.has(node.id));
}

export interface DowngradeTarget {
  readonly label: string | null;
  /** Null for the base. */
  readonly revision: RevisionOrBase;
}

export function downgradeTarget(context: TargetContext, target: string): DowngradeTarget {
  const relative = readRelative(target);
  if (relative) return relativeDowngrade(context, relative);
  const at = target.lastIndexOf('@');
  const label = at > 0 ? target.slice(0, at) : null;
  return { label, revision: getRevision(context.graph, target.slice(at + 1)) };
}

function relativeDowngrade(context: TargetContext, relative: Relative): DowngradeTarget {
  const { graph } = context;
  const { label, symbol, steps } = relative;
  if (symbol === null) return downgradeFromCurrent(context, relative);
  if (steps >= 0) {
    const end = walk(context, { start: getRevision(graph, symbol), steps, label });
    if (end === null) throw new RevisionError('Walked too far');
    return { label, revision: end === 'base' ? null : end };
  }
  const end = walk(context, {
    start: getRevision(graph, label === null ? symbol : `${label}@${symbol}`),
    steps,
    label: null,
  });
  if (end === null) throw new RevisionError('Walked too far');
  return { label, revision: end === 'base' ? null : end };
}

function downgradeFromCurrent(context: TargetContext, { label, steps, text }: Relative): DowngradeTarget {
  const { graph, current } = context;
  if (steps >= 0) throw tooFewMigrations(text, steps);
  const symbol = label === null ? current[0] : currentOnBranch(context, label);
  if (symbol === undefined) throw tooFewMigrations(text, steps);
  // With several heads the first one's branch is meant, as Alembic has it (with a warning).
  const branch = label ?? symbol;
  const end = walk(context, { start: getRevision(graph, `${branch}@${symbol}`), steps, label: null });
  if (end === null) throw tooFewMigrations(text, steps);
  return { label: branch, revision: end === 'base' ? null : end };
}

function currentOnBranch({ graph, current }: TargetContext, label: string): string {
  const direct = filterForLineage(graph, current, label);
  const found =
    direct.length > 0
      ? direct
      : filterNodesForLineage(graph, allCurrent(graph, current), label).map(node => node.id);
  const [only, second] = found;
  if (only === undefined || second !== undefined) {
    throw new RevisionError(
      `The database is at ${found.length === 0 ? 'no revision' : 'several revisions'} of branch '${label}'`,
    );
  }
  return only;
}

/** The revisions that are applied and that no other applied one of the same branch follows. */
export function allCurrent(graph: RevisionGraph, ids: readonly string[]): RevisionNode[] {
  const applied = new Set(ancestorsOf(graph, nodesOf(graph, ids), { dependencies: true }));
  return graph.nodes.filter(
    node => applied.has(node) && !nodesOf(graph, node.next).some(next => applied.has(next)),
  );
}

interface WalkRequest {
  readonly start: RevisionOrBase;
  /** Up where positive, down where negative. */
  readonly steps: number;
  /** Chooses the branch when walking up. */
  readonly label: string | null;
}

function walk({ graph, exactLength }: TargetContext, { start, steps, label }: WalkRequest): WalkEnd {
  let here: WalkEnd = start;
  for (let step = 0; step < Math.abs(steps); step++) {
    const next: WalkEnd[] = steps > 0 ? stepsUp(graph, here, label) : stepsDown(graph, here);
    if (next.length > 1) throw new RevisionError('Ambiguous walk');
    if (next[0] === undefined) return exactLength ? null : here;
    here = next[0];
  }
  return here;
}

function stepsUp(graph: RevisionGraph, here: WalkEnd, label: string | null): RevisionNode[] {
  const above = nodesOf(graph, here === null || here === 'base' ? graph.bases : here.next);
  return label === null ? above : filterNodesForLineage(graph, above, label);
}

function stepsDown(graph: RevisionGraph, here: WalkEnd): WalkEnd[] {
  if (here === 'base') return [];
  const below = nodesOf(graph, here === null ? graph.heads : here.down);
  return below.length > 0 ? below : ['base'];
}

function tooFewMigrations(text: string | number, steps: number): RevisionError {
  return new RevisionError(`Relative revision ${text} didn't produce ${Math.abs(steps)} migrations`);
}
