/** The pools as the server tells them: asked for as long as at least one view or panel that shows them is visible. */
import type { Event } from 'vscode';
import { type Disposable, EventEmitter, workspace } from 'vscode';
import { type PoolsSnapshot, poolsChanged, unwatchPools, watchPools } from '../../protocol/pools.ts';
import { readSetting, settingChanged } from '../settings.ts';
import type { LanguageServer } from './language-server.ts';

export class PoolsFeed implements Disposable {
  readonly #server: LanguageServer;
  readonly #changed = new EventEmitter<PoolsSnapshot>();
  readonly #watchers = new Set<string>();
  readonly #disposables: readonly Disposable[];

  constructor(server: LanguageServer) {
    this.#server = server;
    server.onNotification(poolsChanged, snapshot => this.#changed.fire(snapshot));
    this.#disposables = [
      this.#changed,
      server.onDidStart(() => this.#ask()),
      workspace.onDidChangeConfiguration(event => {
        if (settingChanged(event, 'pools.refreshInterval')) this.#ask();
      }),
    ];
  }

  get onDidChange(): Event<PoolsSnapshot> {
    return this.#changed.event;
  }

  /** `watcher` names the view or panel: what is visible twice is asked for once. */
  setVisible(watcher: string, visible: boolean): void {
    const before = this.#watchers.size;
    if (visible) this.#watchers.add(watcher);
    else this.#watchers.delete(watcher);
    if (before > 0 && this.#watchers.size === 0) this.#server.notify(unwatchPools, {});
    else if (visible) this.#ask();
  }

  dispose(): void {
    for (const disposable of this.#disposables) disposable.dispose();
  }

  #ask(): void {
    if (this.#watchers.size === 0) return;
    this.#server.notify(watchPools, { intervalMs: readSetting('pools.refreshInterval') * 1000 });
  }
}
