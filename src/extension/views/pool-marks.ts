/** How a pool that deserves a look is marked: its colour, and rows for its warnings. */
import type { PoolWarning } from '../../protocol/pools.ts';
import { bad, doubtful, good, type TreeNode } from './tree-node.ts';

/** `share` of a limit in use, from 0. */
export function colorOf(share: number, threshold: number): { readonly color: string } {
  if (share >= 1) return bad;
  return share >= threshold ? doubtful : good;
}

export function warningNode(pool: string, warning: PoolWarning, index: number): TreeNode {
  const icon = warning.severity === 'error' ? { name: 'error', ...bad } : { name: 'warning', ...doubtful };
  return {
    id: `${pool}!${index}`,
    label: warning.message,
    icon,
    spoken: `${warning.severity}: ${warning.message}`,
  };
}
