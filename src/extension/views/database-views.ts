/** The three views, fed by the server's notifications. */
import { type Disposable, languages, Uri } from 'vscode';
import type { ConnectionInfo } from '../../protocol/connections.ts';
import { connectionsChanged, listConnections } from '../../protocol/connections.ts';
import type { AppliedRevisions, JudgedMigrations } from '../migrations/applied-revisions.ts';
import { revisionFindings } from '../migrations/revision-findings.ts';
import type { LanguageServer } from '../server/language-server.ts';
import type { MigrationsFeed } from '../server/migrations-feed.ts';
import type { PoolsFeed } from '../server/pools-feed.ts';
import { readSetting } from '../settings.ts';
import { connectionsTree } from './connections-tree.ts';
import { migrationsTree } from './migrations-tree.ts';
import { NodeTree } from './node-tree.ts';
import { poolsTree } from './pools-tree.ts';
import type { TreeNode } from './tree-node.ts';
import { bad } from './tree-node.ts';
import { WatchedView } from './watched-view.ts';

export class DatabaseViews implements Disposable {
  readonly #server: LanguageServer;
  readonly #connections = new NodeTree();
  readonly #pools = new NodeTree();
  readonly #migrations = new NodeTree();
  readonly #views: readonly WatchedView[];
  readonly #disposables: readonly Disposable[];
  #known: readonly ConnectionInfo[] = [];
  #judged: JudgedMigrations | null = null;

  constructor(
    server: LanguageServer,
    pools: PoolsFeed,
    migrations: MigrationsFeed,
    applied: AppliedRevisions,
  ) {
    this.#server = server;
    this.#views = [
      new WatchedView('connections', this.#connections, { begin() {}, end() {} }),
      new WatchedView('pools', this.#pools, {
        begin: () => pools.watch('view'),
        end: () => pools.unwatch('view'),
      }),
      new WatchedView('migrations', this.#migrations, {
        begin: () => migrations.watch('view'),
        end: () => migrations.unwatch('view'),
      }),
    ];
    server.onNotification(connectionsChanged, ({ connections }) => this.#showConnections(connections));
    this.#disposables = [
      ...this.#views,
      applied.onDidChange(judged => this.#showMigrations(judged)),
      // Findings come later than the graph, and change with every edit.
      languages.onDidChangeDiagnostics(() => {
        if (this.#judged !== null) this.#showMigrations(this.#judged);
      }),
      pools.onDidChange(() =>
        this.#pools.replace(poolsTree(pools.latest.connections, readSetting('pools.warningThreshold') / 100)),
      ),
      server.onDidStart(() => this.#resume()),
    ];
  }

  /** As the server last told them. */
  get connections(): readonly ConnectionInfo[] {
    return this.#known;
  }

  /** Without a server the views show their welcome texts. */
  clear(): void {
    this.#judged = null;
    for (const tree of [this.#connections, this.#pools, this.#migrations]) tree.replace([]);
  }

  showFailure(message: string): void {
    const node: TreeNode = {
      id: 'failure',
      label: message,
      icon: { name: 'error', ...bad },
      spoken: message,
      click: 'showLog',
    };
    this.#judged = null;
    for (const tree of [this.#connections, this.#pools, this.#migrations]) tree.replace([node]);
  }

  dispose(): void {
    for (const disposable of this.#disposables) disposable.dispose();
  }

  #resume(): void {
    for (const view of this.#views) view.resume();
    void this.#server.request(listConnections, {}).then(
      ({ connections }) => this.#showConnections(connections),
      error => this.showFailure(error instanceof Error ? error.message : String(error)),
    );
  }

  #showMigrations(judged: JudgedMigrations): void {
    this.#judged = judged;
    const findings = revisionFindings();
    const findingsAt = (uri: string) => findings.get(Uri.parse(uri).toString()) ?? [];
    const { environments, stateProblems } = judged;
    this.#migrations.replace(migrationsTree(environments, { stateProblems, findingsAt }));
  }

  #showConnections(connections: readonly ConnectionInfo[]): void {
    this.#known = connections;
    this.#connections.replace(connectionsTree(connections));
  }
}
