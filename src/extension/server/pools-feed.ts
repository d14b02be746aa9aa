/** The pools as the server tells them: asked for as long as at least one view or panel that shows them is visible. */
import type { Event } from 'vscode';
import { type Disposable, EventEmitter, workspace } from 'vscode';
import { type PoolsSnapshot, unwatchPools, watchPools } from '../../protocol/pools.ts';
import { type PoolsNews, poolsChanged, withNews } from '../../protocol/pools-news.ts';
import { readSetting, settingChanged } from '../settings.ts';
import type { LanguageServer } from './language-server.ts';

export class PoolsFeed implements Disposable {
  readonly #server: LanguageServer;
  readonly #changed = new EventEmitter<PoolsNews>();
  readonly #watchedChanged = new EventEmitter<void>();
  readonly #watchers = new Set<string>();
  readonly #disposables: readonly Disposable[];
  #latest: PoolsSnapshot = { connections: [] };

  constructor(server: LanguageServer) {
    this.#server = server;
    server.onNotification(poolsChanged, news => {
      this.#latest = withNews(this.#latest, news);
      this.#changed.fire(news);
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

  /** With what is new; `latest` has it already. */
  get onDidChange(): Event<PoolsNews> {
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

  /** `watcher` names the view or panel that is shown: what is visible twice is asked for once. */
  watch(watcher: string): void {
    const before = this.watched;
    this.#watchers.add(watcher);
    this.#ask();
    if (!before) this.#watchedChanged.fire();
  }

  /** It is hidden or closed. */
  unwatch(watcher: string): void {
    if (!this.#watchers.delete(watcher) || this.watched) return;
    this.#server.notify(unwatchPools, {});
    this.#watchedChanged.fire();
  }

  dispose(): void {
    for (const disposable of this.#disposables) disposable.dispose();
  }

  #ask(): void {
    if (this.#watchers.size === 0) return;
    this.#server.notify(watchPools, { intervalMs: readSetting('pools.refreshInterval') * 1000 });
  }
}
