/** A path as people read it: relative to the workspace's folder that it lies in. */
import type { WorkspaceSnapshot } from '../workspace/snapshot.ts';

export function relativePath(workspace: WorkspaceSnapshot, path: string): string {
  const root = workspace.roots.find(each => path.startsWith(`${each}/`));
  return root === undefined ? path : path.slice(root.length + 1);
}
