/** The panel of pools: shows what the feed tells, and does what a user asks of it. */
import type { ExtensionContext } from 'vscode';
import { Disposable } from 'vscode';
import { type PoolsAction, poolsPanel } from '../../protocol/panels.ts';
import type { PoolLine, PoolsSnapshot } from '../../protocol/pools.ts';
import { openPlace } from '../documents/open-place.ts';
import type { PoolsFeed } from '../server/pools-feed.ts';
import { Panel } from './panel.ts';

export class PoolsPanel implements Disposable {
  readonly #panel: Panel<PoolsSnapshot, PoolsAction>;
  readonly #disposables: Disposable;
  #snapshot: PoolsSnapshot = { connections: [] };

  constructor(context: ExtensionContext, feed: PoolsFeed) {
    this.#panel = new Panel(context, {
      type: poolsPanel,
      title: 'Connection Pools',
      icon: 'dashboard',
      act: action => this.#act(action),
      visibilityChanged: visible => feed.setVisible('panel', visible),
    });
    const listener = feed.onDidChange(snapshot => {
      this.#snapshot = snapshot;
      this.#panel.show(snapshot);
    });
    this.#disposables = Disposable.from(this.#panel, listener);
  }

  open(): void {
    this.#panel.open();
  }

  dispose(): void {
    this.#disposables.dispose();
  }

  #act(action: PoolsAction): void {
    switch (action.kind) {
      case 'openEngine': {
        const place = this.#lineOf(action)?.engine;
        if (place) void openPlace(place);
      }
    }
  }

  /** A page names things by their identifiers; what they are, this side knows. */
  #lineOf({ connection, application }: PoolsAction): PoolLine | undefined {
    const { observation } = this.#snapshot.connections.find(({ id }) => id === connection) ?? {};
    if (observation?.kind !== 'observed') return undefined;
    return observation.applications.find(({ id }) => id === application);
  }
}
