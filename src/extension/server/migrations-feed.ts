/** The migrations as the server tells them: watched for as long as at least one view or panel that shows them is visible. */
import type { Event } from 'vscode';
import { type Disposable, EventEmitter } from 'vscode';
import {
  listMigrations,
  type MigrationsSnapshot,
  migrationsChanged,
  unwatchMigrations,
  watchMigrations,
} from '../../protocol/migrations.ts';
import type { LanguageServer } from './language-server.ts';

export class MigrationsFeed implements Disposable {
  readonly #server: LanguageServer;
  readonly #changed = new EventEmitter<MigrationsSnapshot>();
  readonly #watchers = new Set<string>();
  readonly #disposables: readonly Disposable[];

  constructor(server: LanguageServer) {
    this.#server = server;
    // The client keeps one listener a message, so that this one is everybody's.
    server.onNotification(migrationsChanged, snapshot => this.#changed.fire(snapshot));
    this.#disposables = [this.#changed, server.onDidStart(() => this.#ask())];
  }

  get onDidChange(): Event<MigrationsSnapshot> {
    return this.#changed.event;
  }

  /** `watcher` names the view or panel that is shown: what is visible twice is watched once. */
  watch(watcher: string): void {
    this.#watchers.add(watcher);
    this.#ask();
  }

  /** It is hidden or closed. */
  unwatch(watcher: string): void {
    if (this.#watchers.delete(watcher) && this.#watchers.size === 0)
      this.#server.notify(unwatchMigrations, {});
  }

  /** Reads files and version tables now, watched or not. Everybody hears of it. */
  async read(): Promise<void> {
    this.#changed.fire(await this.#server.request(listMigrations, {}));
  }

  dispose(): void {
    for (const disposable of this.#disposables) disposable.dispose();
  }

  #ask(): void {
    if (this.#watchers.size > 0) this.#server.notify(watchMigrations, {});
  }
}
