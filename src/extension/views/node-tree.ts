/** Shows tree nodes in a view. Each row keeps one handle for as long as its identifier lives, as VS Code compares them. */
import type { Disposable, Event, TreeDataProvider } from 'vscode';
import { EventEmitter, ThemeColor, ThemeIcon, TreeItem, TreeItemCollapsibleState } from 'vscode';
import { commandId } from '../../protocol/manifest/commands.ts';
import { changedNodes } from './changed-nodes.ts';
import type { TreeNode } from './tree-node.ts';

/** What VS Code holds for a row and hands to the commands in its menus. */
export class TreeHandle {
  node: TreeNode;
  parent: TreeHandle | undefined;

  constructor(node: TreeNode, parent: TreeHandle | undefined) {
    this.node = node;
    this.parent = parent;
  }
}

export class NodeTree implements TreeDataProvider<TreeHandle>, Disposable {
  readonly #changed = new EventEmitter<readonly TreeHandle[] | undefined>();
  readonly #loaded: Promise<void>;
  #markLoaded: () => void = () => {};
  #roots: readonly TreeNode[] = [];
  #handles = new Map<string, TreeHandle>();

  constructor() {
    this.#loaded = new Promise(resolve => {
      this.#markLoaded = resolve;
    });
  }

  get onDidChangeTreeData(): Event<TreeHandle[] | undefined> {
    return this.#changed.event as Event<TreeHandle[] | undefined>;
  }

  /** Until the first call the view shows that it is loading. */
  replace(roots: readonly TreeNode[]): void {
    const changed = changedNodes(this.#roots, roots);
    this.#roots = roots;
    const handles = new Map<string, TreeHandle>();
    for (const node of roots) this.#adopt(node, undefined, handles);
    this.#handles = handles;
    this.#markLoaded();
    if (changed === 'all') this.#changed.fire(undefined);
    else if (changed.length > 0) this.#changed.fire(changed.flatMap(id => handles.get(id) ?? []));
  }

  async getChildren(handle?: TreeHandle): Promise<TreeHandle[]> {
    await this.#loaded;
    const nodes = handle === undefined ? this.#roots : (handle.node.children ?? []);
    return nodes.flatMap(node => this.#handles.get(node.id) ?? []);
  }

  getParent(handle: TreeHandle): TreeHandle | undefined {
    return handle.parent;
  }

  getTreeItem(handle: TreeHandle): TreeItem {
    return treeItem(handle);
  }

  dispose(): void {
    this.#changed.dispose();
  }

  #adopt(node: TreeNode, parent: TreeHandle | undefined, into: Map<string, TreeHandle>): void {
    const handle = this.#handles.get(node.id) ?? new TreeHandle(node, parent);
    handle.node = node;
    handle.parent = parent;
    into.set(node.id, handle);
    for (const child of node.children ?? []) this.#adopt(child, handle, into);
  }
}

function treeItem(handle: TreeHandle): TreeItem {
  const { node } = handle;
  const item = new TreeItem(node.label, collapsibleState(node));
  item.id = node.id;
  item.accessibilityInformation = { label: node.spoken };
  item.tooltip = node.tooltip ?? node.spoken;
  if (node.description !== undefined) item.description = node.description;
  if (node.contextValue !== undefined) item.contextValue = node.contextValue;
  if (node.icon !== undefined) {
    item.iconPath = new ThemeIcon(
      node.icon.name,
      node.icon.color ? new ThemeColor(node.icon.color) : undefined,
    );
  }
  if (node.click !== undefined) {
    item.command = { command: commandId(node.click), title: 'Open', arguments: [handle] };
  }
  return item;
}

function collapsibleState(node: TreeNode): TreeItemCollapsibleState {
  if ((node.children?.length ?? 0) === 0) return TreeItemCollapsibleState.None;
  return node.expanded ? TreeItemCollapsibleState.Expanded : TreeItemCollapsibleState.Collapsed;
}
