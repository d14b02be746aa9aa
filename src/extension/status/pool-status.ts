/** The worst pool in the status bar, as long as a view or panel of pools is visible: nothing is asked for its sake. */
import type { Disposable, StatusBarItem } from 'vscode';
import { StatusBarAlignment, ThemeColor, window } from 'vscode';
import { commandId } from '../../protocol/manifest/commands.ts';
import type { PoolsFeed } from '../server/pools-feed.ts';
import { readSetting } from '../settings.ts';
import { worstPool } from './worst-pool.ts';

export class PoolStatus implements Disposable {
  readonly #feed: PoolsFeed;
  readonly #bar: StatusBarItem;
  readonly #listeners: readonly Disposable[];

  constructor(feed: PoolsFeed) {
    this.#feed = feed;
    this.#bar = window.createStatusBarItem('databasePatterns.pools', StatusBarAlignment.Left, -11);
    this.#bar.name = 'Database Patterns: Worst Pool';
    this.#bar.command = commandId('openPoolsPanel');
    this.#listeners = [feed.onDidChange(() => this.#show()), feed.onDidChangeWatched(() => this.#show())];
  }

  dispose(): void {
    for (const disposable of [this.#bar, ...this.#listeners]) disposable.dispose();
  }

  #show(): void {
    const threshold = readSetting('pools.warningThreshold') / 100;
    const worst = this.#feed.watched ? worstPool(this.#feed.latest.connections, threshold) : null;
    if (worst === null) {
      this.#bar.hide();
      return;
    }
    this.#bar.text = `$(dashboard) ${worst.short}`;
    this.#bar.tooltip = worst.long;
    this.#bar.accessibilityInformation = { label: worst.long };
    this.#bar.backgroundColor =
      worst.severity === 'fine' ? undefined : new ThemeColor(`statusBarItem.${worst.severity}Background`);
    this.#bar.show();
  }
}
