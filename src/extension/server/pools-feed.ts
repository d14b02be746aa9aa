/** The pools as the server tells them: asked for as long as at least one view or panel that shows them is visible. */
import type { Event } from 'vscode';
import { type Disposable, EventEmitter, workspace } from 'vscode';
import { type PoolsSnapshot, poolsChanged, unwatchPools, watchPools } from '../../protocol/pools.ts';
import { readSetting, settingChanged } from '../settings.ts';
import type { LanguageServer } from './language-server.ts';

export class PoolsFeed implements Disposable {
  readonly #server: LanguageServer;
  readonly #changed = new EventEmitter<PoolsSnapshot>();
  readonly #watchedChanged = new EventEmitter<void>();
  readonly #watchers = new Set<string>();
  readonly #disposables: readonly Disposable[];
  #latest: PoolsSnapshot = { connections: [] };

  constructor(server: LanguageServer) {
    this.#server = server;
    server.onNotification(poolsChanged, snapshot => {
      this.#latest = snapshot;
      this.#changed.fire(snapshot);
    });
    this.#disposables = [
      this.#changed,
      this.#watchedChanged,
      server.onDidStart(() => this.#ask()),
      workspace.onDidChangeConfiguration(event => {
        if (settingChanged(event, 'pools.refreshInterval')) this.#ask();
      }),
    ];
  }

  get onDidChange(): Event<PoolsSnapshot> {
    return this.#changed.event;
  }

  get latest(): PoolsSnapshot {
    return this.#latest;
  }

  /** Whether anybody looks: else nothing new is told. */
  get watched(): boolean {
    return this.#watchers.size > 0;
  }

  /** Fires when the first begins to look, and when the last stops. */
  get onDidChangeWatched(): Event<void> {
    return this.#watchedChanged.event;
  }

  /** `watcher` names the view or panel: what is visible twice is asked for once. */
  setVisible(watcher: string, visible: boolean): void {
    const before = this.#watchers.size;
    if (visible) this.#watchers.add(watcher);
    else this.#watchers.delete(watcher);
    if (before > 0 && this.#watchers.size === 0) this.#server.notify(unwatchPools, {});
    else if (visible) this.#ask();
    if (before > 0 !== this.watched) this.#watchedChanged.fire();
  }

  dispose(): void {
    for (const disposable of this.#disposables) disposable.dispose();
  }

  #ask(): void {
    if (this.#watchers.size === 0) return;
    this.#server.notify(watchPools, { intervalMs: readSetting('pools.refreshInterval') * 1000 });
  }
}
