/** Finds revisions that follow each other in a circle and cuts the circle, so that every walk over the graph ends. */
import type { DraftNode } from './graph.ts';

/** One circle, from the revision whose edge was cut along its down revisions and dependencies. */
export type Cycle = readonly string[];

/** Removes from `down` and `dependencies` each edge that leads back to a revision above it. Iterative: chains are long. */
export function breakCycles(byId: ReadonlyMap<string, DraftNode>): readonly Cycle[] {
  const cycles: Cycle[] = [];
  const done = new Set<string>();
  for (const root of byId.keys()) {
    const path: Step[] = [];
    const onPath = new Map<string, number>();
    const enter = (id: string) => {
      const node = byId.get(id);
      if (!node || done.has(id)) return;
      onPath.set(id, path.length);
      path.push({ node, edges: [...new Set([...node.down, ...node.dependencies])], position: 0 });
    };
    enter(root);
    for (let step = path.at(-1); step; step = path.at(-1)) {
      const target = step.edges[step.position++];
      if (target === undefined) {
        done.add(step.node.id);
        onPath.delete(step.node.id);
        path.pop();
        continue;
      }
      const from = onPath.get(target);
      if (from === undefined) enter(target);
      else {
        cycles.push(path.slice(from).map(each => each.node.id));
        cut(step.node, target);
      }
    }
  }
  return cycles;
}

interface Step {
  readonly node: DraftNode;
  readonly edges: readonly string[];
  position: number;
}

function cut(node: DraftNode, target: string): void {
  node.down = node.down.filter(id => id !== target);
  node.dependencies = node.dependencies.filter(id => id !== target);
}
