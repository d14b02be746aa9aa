/** Which rows must be drawn again when a tree is replaced: as few as possible, so that a view does not flicker. */
import type { TreeNode } from './tree-node.ts';

/** Identifiers of the topmost rows that changed, each standing for its subtree; `all` where the roots changed. */
export function changedNodes(
  before: readonly TreeNode[],
  after: readonly TreeNode[],
): 'all' | readonly string[] {
  if (!sameRows(before, after)) return 'all';
  return after.flatMap((node, index) => {
    const old = before[index];
    return old === undefined ? [] : changesOf(old, node);
  });
}

function changesOf(before: TreeNode, after: TreeNode): readonly string[] {
  if (before === after) return [];
  if (appearance(before) !== appearance(after)) return [after.id];
  const inside = changedNodes(before.children ?? [], after.children ?? []);
  return inside === 'all' ? [after.id] : inside;
}

function sameRows(before: readonly TreeNode[], after: readonly TreeNode[]): boolean {
  return before.length === after.length && before.every((node, index) => node.id === after[index]?.id);
}

/** All that is drawn of a row; a row that gets its first child, or loses its last, looks different too. */
function appearance(node: TreeNode): string {
  const { label, description, tooltip, icon, contextValue, spoken, click } = node;
  const parent = (node.children?.length ?? 0) > 0;
  return JSON.stringify([label, description, tooltip, icon, contextValue, spoken, click, parent]);
}
