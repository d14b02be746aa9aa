/** Where the graph's lines run: for each row its lane, and the lines from it to the next row. Rows are newest first. */

export interface GraphNode {
  readonly id: string;
  /** What it follows; rows that are not shown are left out. */
  readonly down: readonly string[];
  /** What it depends on besides. */
  readonly dependsOn: readonly string[];
}

export interface LaneRow {
  /** Counted from the left, from 0. */
  readonly lane: number;
  /** Lines to the row below: from a lane at this row to a lane at the next. */
  readonly lines: readonly LaneLine[];
}

export interface LaneLine {
  readonly from: number;
  readonly to: number;
  /** The line of a `depends_on`. */
  readonly dependency: boolean;
}

/** A line that waits for the row of its revision. */
interface Waiting {
  readonly id: string;
  readonly dependency: boolean;
}

export function layOutLanes(nodes: readonly GraphNode[]): readonly LaneRow[] {
  const known = new Set(nodes.map(({ id }) => id));
  let lanes: readonly (Waiting | null)[] = [];
  return nodes.map(node => {
    const lane = laneOf(node.id, lanes);
    const next = after(node, lane, lanes, known);
    const lines = linesBetween(node, lane, lanes, next);
    lanes = next;
    return { lane, lines };
  });
}

/** The leftmost lane that waits for the revision; else the first free one. */
function laneOf(id: string, lanes: readonly (Waiting | null)[]): number {
  const waiting = lanes.findIndex(each => each?.id === id);
  return waiting >= 0 ? waiting : freeLane(lanes);
}

function freeLane(lanes: readonly (Waiting | null)[]): number {
  const free = lanes.indexOf(null);
  return free >= 0 ? free : lanes.length;
}

/** The lanes below a row: its own goes on to what it follows, others join those that wait already or open anew. */
function after(
  node: GraphNode,
  lane: number,
  lanes: readonly (Waiting | null)[],
  known: ReadonlySet<string>,
): readonly (Waiting | null)[] {
  const next = lanes.map(each => (each?.id === node.id ? null : each));
  const parents = [
    ...node.down.map(id => ({ id, dependency: false })),
    ...node.dependsOn.map(id => ({ id, dependency: true })),
  ].filter(({ id }) => known.has(id));
  while (next.length <= lane) next.push(null);
  for (const parent of parents) {
    if (next.some(each => each?.id === parent.id)) continue;
    const place = next[lane] === null ? lane : freeLane(next);
    next[place] = parent;
  }
  while (next.length > 0 && next.at(-1) === null) next.pop();
  return next;
}

function linesBetween(
  node: GraphNode,
  lane: number,
  lanes: readonly (Waiting | null)[],
  next: readonly (Waiting | null)[],
): readonly LaneLine[] {
  const passing = lanes.flatMap((each, from) =>
    each && each.id !== node.id ? [{ from, to: from, dependency: each.dependency }] : [],
  );
  const parents = [
    ...node.down.map(id => ({ id, dependency: false })),
    ...node.dependsOn.map(id => ({ id, dependency: true })),
  ];
  const own = parents.flatMap(({ id, dependency }) => {
    const to = next.findIndex(each => each?.id === id);
    return to < 0 ? [] : [{ from: lane, to, dependency }];
  });
  return [...passing, ...own];
}

/**
 * The same graph with fewer rows: a row that is left out is passed through, so that what follows it follows what it
 * followed.
 */
export function withoutRows(
  nodes: readonly GraphNode[],
  isShown: (id: string) => boolean,
): readonly GraphNode[] {
  const nearest = new Map<string, readonly string[]>();
  for (const node of nodes.toReversed()) {
    const below = [...new Set(node.down.flatMap(id => nearest.get(id) ?? []))];
    nearest.set(node.id, isShown(node.id) ? [node.id] : below);
  }
  return nodes
    .filter(({ id }) => isShown(id))
    .map(node => ({
      ...node,
      down: [...new Set(node.down.flatMap(id => nearest.get(id) ?? []))],
      dependsOn: node.dependsOn.filter(isShown),
    }));
}
