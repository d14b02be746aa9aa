/** The panel of pools: shows what the feed tells, and does what a user asks of it. */
import type { ExtensionContext } from 'vscode';
import { Disposable, Uri, window, workspace } from 'vscode';
import { type PoolsAction, type PoolsPanelData, poolsPanel } from '../../protocol/panels.ts';
import { type PoolConnection, type PoolFigures, pastFigures } from '../../protocol/pools.ts';
import { type PoolsNews, wholeNews } from '../../protocol/pools-news.ts';
import { openPlace } from '../documents/open-place.ts';
import type { LanguageServer } from '../server/language-server.ts';
import type { PoolsFeed } from '../server/pools-feed.ts';
import type { SessionControl } from '../sessions/session-control.ts';
import { readSetting } from '../settings.ts';
import { Panel } from './panel.ts';
import { connectionJson, sessionsCsv } from './pools-export.ts';

export interface PoolsPanelParts {
  readonly server: LanguageServer;
  readonly feed: PoolsFeed;
  readonly sessions: SessionControl;
  /** Tells a user why something could not be done. */
  readonly showError: (error: unknown) => void;
}

export class PoolsPanel implements Disposable {
  readonly #parts: PoolsPanelParts;
  readonly #panel: Panel<PoolsPanelData, PoolsAction>;
  readonly #disposables: Disposable;

  constructor(context: ExtensionContext, parts: PoolsPanelParts) {
    const { feed, showError } = parts;
    this.#parts = parts;
    this.#panel = new Panel(context, {
      type: poolsPanel,
      title: 'Connection Pools',
      icon: 'dashboard',
      listening: () => void this.#showPast().catch(showError),
      act: action => void this.#act(action).catch(showError),
      shown: () => feed.watch('panel'),
      hidden: () => feed.unwatch('panel'),
    });
    const listener = feed.onDidChange(news => this.#show(news, null));
    this.#disposables = Disposable.from(this.#panel, listener);
  }

  open(): void {
    this.#panel.open();
  }

  dispose(): void {
    this.#disposables.dispose();
  }

  #show(news: PoolsNews, past: PoolsPanelData['past']): void {
    const threshold = readSetting('pools.warningThreshold') / 100;
    this.#panel.show({ news, past, threshold });
  }

  /** A page that begins knows nothing, and has no past of its own. */
  async #showPast(): Promise<void> {
    const { feed } = this.#parts;
    const past = await Promise.all(
      feed.latest.connections.map(async ({ id }) => [id, await this.#pastOf(id)] as const),
    );
    // The newest, since news that came meanwhile may only have said what changed.
    this.#show(wholeNews(feed.latest), Object.fromEntries(past));
  }

  #pastOf(connection: string): Promise<readonly PoolFigures[]> {
    return this.#parts.server.request(pastFigures, { connection });
  }

  async #act(action: PoolsAction): Promise<void> {
    const connection = this.#parts.feed.latest.connections.find(({ id }) => id === action.connection);
    if (connection === undefined) return;
    switch (action.kind) {
      case 'openEngine':
        return openEngine(connection, action.application);
      case 'session':
        return this.#actOnSession(connection, action);
      case 'export':
        return this.#export(connection, action.format);
    }
  }

  async #actOnSession(
    connection: PoolConnection,
    { pid, startedAt, what }: Extract<PoolsAction, { readonly kind: 'session' }>,
  ): Promise<void> {
    const { sessions } = this.#parts;
    const { observation } = connection;
    if (observation.kind !== 'observed') return;
    const session = observation.sessions.find(line => line.pid === pid && line.startedAt === startedAt);
    if (session === undefined) throw new Error(`Session ${pid} has ended meanwhile.`);
    const chosen = { connection, session };
    if (what === 'explain') await sessions.explain(chosen);
    else if (what === 'code') await sessions.openCode(chosen);
    else await sessions.end(chosen, what);
  }

  async #export(connection: PoolConnection, format: 'csv' | 'json'): Promise<void> {
    const name = `${connection.label.replace(/[^\w.-]+/g, '-')}.${format}`;
    const folder = workspace.workspaceFolders?.[0]?.uri ?? Uri.file('/');
    const target = await window.showSaveDialog({ defaultUri: Uri.joinPath(folder, name) });
    if (target === undefined) return;
    const text =
      format === 'csv'
        ? sessionsCsv(connection)
        : connectionJson(connection, await this.#pastOf(connection.id));
    await workspace.fs.writeFile(target, new TextEncoder().encode(text));
  }
}

async function openEngine({ observation }: PoolConnection, application: string): Promise<void> {
  if (observation.kind !== 'observed') return;
  const place = observation.applications.find(({ id }) => id === application)?.engine;
  if (place) await openPlace(place);
}
