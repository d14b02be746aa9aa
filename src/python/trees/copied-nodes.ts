/** Nodes of a flat tree that are those of the tree before the edit, copied instead of walked again. */
import { firstFrom, type TextRange } from '../../base/range.ts';
import type { Damage } from './edited-tree.ts';
import { type CopiedNodes, type FlatTree, type FlatTreeBuffers, grow, type NodeIndex } from './flat-tree.ts';

/** Deep enough for the methods of a class, decorated or not: walking what lies around them costs little. */
const DEPTH = 5;

export function copiedNodes(
  before: FlatTree,
  { range, shift }: Damage,
  buffers: FlatTreeBuffers,
  comments: TextRange[],
): CopiedNodes {
  const known = shallowNodes(before);
  return {
    copy({ kind, depth, start, end }, at) {
      const moved = start > range.end ? shift : 0;
      if (depth > DEPTH || (moved === 0 && end >= range.start && start <= range.end)) return null;
      const node = known.get(keyOf(kind, start - moved));
      if (node === undefined || before.ends[node] !== end - moved) return null;
      const after = before.afters[node] ?? 0;
      const next = at + after - node;
      while (next > buffers.kinds.length) grow(buffers);
      buffers.kinds.set(before.kinds.subarray(node, after), at);
      for (let from = node, to = at; from < after; from++, to++) {
        buffers.starts[to] = (before.starts[from] ?? 0) + moved;
        buffers.ends[to] = (before.ends[from] ?? 0) + moved;
        buffers.afters[to] = (before.afters[from] ?? 0) + at - node;
      }
      for (let index = firstFrom(before.comments, start - moved); index < before.comments.length; index++) {
        const comment = before.comments[index];
        if (comment === undefined || comment.start >= end - moved) break;
        comments.push({ start: comment.start + moved, end: comment.end + moved });
      }
      return next;
    },
  };
}

function keyOf(kind: number, start: number): number {
  return start * 65_536 + kind;
}

function shallowNodes(tree: FlatTree): ReadonlyMap<number, NodeIndex> {
  const found = new Map<number, NodeIndex>();
  const visit = (node: NodeIndex, depth: number) => {
    const key = keyOf(tree.kinds[node] ?? 0, tree.starts[node] ?? 0);
    if (!found.has(key)) found.set(key, node);
    if (depth >= DEPTH) return;
    const after = tree.afters[node] ?? 0;
    for (let child = node + 1; child < after; child = tree.afters[child] ?? after) visit(child, depth + 1);
  };
  visit(0, 0);
  return found;
}
