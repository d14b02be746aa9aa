// A tree as text, one row a line, as the tests compare it.
import type { TreeNode } from '../../../../src/extension/views/tree-node.ts';

export function renderTree(nodes: readonly TreeNode[], indent = ''): string {
  return nodes
    .map(node => {
      const description = node.description === undefined ? '' : ` | ${node.description}`;
      const children = renderTree(node.children ?? [], `${indent}  `);
      return `${indent}[${node.icon?.name ?? ''}] ${node.label}${description}\n${children}`;
    })
    .join('');
}
