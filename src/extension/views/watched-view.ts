/** A view that asks the server for news only while it is visible. */
import type { Disposable } from 'vscode';
import { window } from 'vscode';
import type { ViewName } from '../../protocol/manifest/command-data.ts';
import type { NodeTree } from './node-tree.ts';

export interface Watch {
  /** Called when the view is shown, and again after the server started anew. */
  readonly begin: () => void;
  readonly end: () => void;
}

export class WatchedView implements Disposable {
  readonly #disposables: readonly Disposable[];
  readonly #visible: () => boolean;
  readonly #watch: Watch;

  constructor(name: ViewName, tree: NodeTree, watch: Watch) {
    const view = window.createTreeView(`databasePatterns.${name}`, {
      treeDataProvider: tree,
      showCollapseAll: true,
    });
    this.#watch = watch;
    this.#visible = () => view.visible;
    const listener = view.onDidChangeVisibility(({ visible }) => (visible ? watch.begin() : watch.end()));
    this.#disposables = [view, listener, tree];
  }

  /** For the server's start, when it knows of no subscription, and changed settings. */
  resume(): void {
    if (this.#visible()) this.#watch.begin();
  }

  dispose(): void {
    for (const disposable of this.#disposables) disposable.dispose();
  }
}
