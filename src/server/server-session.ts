/** One client's session: the workspace, its checks, and the live services, kept in step with what the client tells. */
import { join } from 'node:path';
import { setImmediate as immediate } from 'node:timers/promises';
import type { Logger } from '../base/logger.ts';
import { type PlainRecord, recordOf } from '../base/record.ts';
import { readServices } from '../database/libpq/read-services.ts';
import type { SchemaProgress } from '../database/shadow/schema-progress.ts';
import { KeptChecks } from '../features/keeping/kept-checks.ts';
import { connectionsChanged } from '../protocol/connections.ts';
import { coverageChanged } from '../protocol/coverage.ts';
import { migrationsChanged } from '../protocol/migrations.ts';
import { askPassword } from '../protocol/password.ts';
import { poolsChanged } from '../protocol/pools-news.ts';
import { contentDigest } from '../storage/content-digest.ts';
import {
  keptChecksIn,
  keptTreesIn,
  openProgramMemory,
  type ProgramMemory,
} from '../storage/program-memory.ts';
import { decodeSource } from '../workspace/files/decode-source.ts';
import { type HashedFiles, hashFiles } from '../workspace/files/hashed-files.ts';
import { loadParser, loadSqlParser } from '../workspace/files/load-parser.ts';
import { createNodeFilePort } from '../workspace/files/node-file-port.ts';
import type { WorkspaceSnapshot } from '../workspace/snapshot.ts';
import { WorkspaceStore } from '../workspace/workspace-store.ts';
import { AgentDesk } from './agent-desk.ts';
import { Analysis } from './analysis.ts';
import { ownSection, tellMistakes } from './client-settings.ts';
import { codePort } from './code-port.ts';
import { coverageSummary } from './coverage-summary.ts';
import { DiagnosticPublisher } from './diagnostic-publisher.ts';
import { JudgeSource } from './judge-source.ts';
import { LiveServices } from './live/live-services.ts';
import { liveFacts } from './live-facts.ts';
import { tell } from './requests/answer.ts';
import { RestTimer } from './rest-timer.ts';
import type { ServerOptions } from './server-options.ts';
import { pathOfUri } from './uri.ts';

export interface SessionOptions extends ServerOptions {
  readonly logger: Logger;
  readonly roots: readonly string[];
  readonly trusted: boolean;
  /** Where the client lets the extension keep things; null where it does not. */
  readonly storagePath: string | null;
}

/** Short enough to feel immediate, long enough that a word is one change. */
const typingPauseMs = 100;

export class ServerSession {
  readonly #options: SessionOptions;
  /** What is kept from one session to the next; null where nothing is. */
  readonly #memory: ProgramMemory | null;
  readonly #judges: JudgeSource;
  readonly #publisher: DiagnosticPublisher;
  readonly live: LiveServices;
  readonly agent: AgentDesk;
  /** Once the workspace has been read. */
  readonly opened: Promise<WorkspaceStore>;
  readonly #agentJudges: JudgeSource;
  #opened: (store: WorkspaceStore) => void = () => {};
  #settings: PlainRecord = {};
  #store: WorkspaceStore | null = null;
  #analysis: Analysis | null = null;
  #building: SchemaProgress | null = null;
  /** By the process's clock, in milliseconds. */
  #toldBuilding = 0;
  readonly #files = createNodeFilePort();
  readonly #stop = new AbortController();
  /** Texts of documents that changed and are not in the snapshot yet, by path. */
  readonly #typed = new Map<string, string>();
  #pause: NodeJS.Timeout | undefined;
  /** A session may end without a word. */
  readonly #rest = new RestTimer(() => {
    this.#analysis?.keep();
    this.#judges.remember();
    this.#agentJudges.remember();
  });

  constructor(options: SessionOptions) {
    const { connection, logger } = options;
    this.#options = options;
    this.#publisher = new DiagnosticPublisher(connection, path => this.#analysis?.workspace.textOf(path));
    this.live = new LiveServices(
      {
        logger,
        code: codePort(() => this.#analysis?.workspace ?? null),
        askPassword: connectionId => connection.sendRequest(askPassword.method, { connectionId }),
        connectionsChanged: connections => tell(connection, connectionsChanged, { connections }),
        poolsChanged: news => tell(connection, poolsChanged, news),
        migrationsChanged: snapshot => tell(connection, migrationsChanged, snapshot),
        tableSizesRead: sizes => {
          if (this.#store) this.#changed(this.#store.setTableSizes(sizes), []);
        },
      },
      { environment: options.environment, readServices: () => readServices(options.environment) },
    );
    const folder = options.storagePath === null ? null : join(options.storagePath, 'kept');
    this.#memory = openProgramMemory(folder, [import.meta.filename, options.shadowEntry]);
    const judging = {
      shadowEntry: options.shadowEntry,
      logger,
      memory: this.#memory,
      openForChecks: () => this.#openForChecks(),
    };
    this.#judges = new JudgeSource({ ...judging, building: progress => this.#tellBuilding(progress) });
    this.#agentJudges = new JudgeSource(judging);
    this.opened = new Promise<WorkspaceStore>(resolve => {
      this.#opened = resolve;
    });
    this.agent = new AgentDesk({ opened: this.opened, judges: this.#agentJudges, live: this.live });
    this.setTrusted(options.trusted);
  }

  get analysis(): Analysis | null {
    return this.#analysis;
  }

  get publisher(): DiagnosticPublisher {
    return this.#publisher;
  }

  get completes(): boolean {
    return this.#settings.completion !== false;
  }

  /** Why SQL is not judged although it should be. */
  get judgeProblem(): string | null {
    return this.#judges.problem;
  }

  /** Reads the workspace; documents that are open already win over the disk. */
  async open(): Promise<void> {
    const { logger, roots, assets, connection } = this.#options;
    const started = performance.now();
    const { signal } = this.#stop;
    const configured = connection.workspace.getConfiguration('databasePatterns').catch(() => ({}));
    const files = await hashFiles(this.#files, roots, contentDigest, signal);
    const kept = new KeptChecks({ ...keptChecksIn(this.#memory, roots), digest: contentDigest });
    const told = this.#tellFoundBefore(kept, files);
    this.#settings = recordOf(await configured);
    const trees = keptTreesIn(this.#memory, roots);
    const [parser, sql] = await Promise.all([loadParser(this.#files, assets, trees), loadSqlParser()]);
    const store = new WorkspaceStore({ files: files.port, parser, sql, logger, pause: immediate });
    await store.open(roots, this.#settings, signal);
    trees?.finish();
    this.#store = store;
    this.#analysis = new Analysis({
      store,
      logger,
      judgeFor: workspace => this.#judges.judgeFor(workspace),
      found: (path, findings) => this.#publisher.publish(path, findings),
      kept,
      told,
      progressed: state => {
        if (state === 'ready') this.#rest.begin();
        this.#tellCoverage(state);
      },
    });
    logger.info(
      `Read ${store.snapshot.pythonFiles.length} Python files in ${Math.round(performance.now() - started)} ms.`,
    );
    tellMistakes(connection, store.snapshot);
    this.#changed(store.snapshot, []);
    this.#takeTyped();
    this.#opened(store);
  }

  /**
   * What the last session found in the files that are as they were then, until they have been looked at: reading the
   * code of a large workspace takes a while. Gives their paths.
   */
  #tellFoundBefore(kept: KeptChecks, files: HashedFiles): readonly string[] {
    const told: string[] = [];
    const digestOf = (path: string) => {
      const typed = this.#typed.get(path);
      return typed === undefined ? files.digestOf(path) : contentDigest(typed);
    };
    for (const [path, findings] of kept.foundBefore(digestOf)) {
      if (findings.length === 0) continue;
      const content = files.port.readNow(path);
      const onDisk = content.kind === 'read' ? decodeSource(content.bytes).text : undefined;
      this.#publisher.publish(path, findings, this.#typed.get(path) ?? onDisk);
      told.push(path);
    }
    return told;
  }

  /**
   * Editors keep a document for a while after its file was deleted, and hand it to a restarted server again: such a
   * document counts once it is typed in. The text is asked for late, since typing may overtake the look at the disk.
   */
  async documentOpened(uri: string, textNow: () => string | undefined): Promise<void> {
    const path = pathOfUri(uri);
    const isGone = path !== null && (await this.#files.read(path)).kind === 'failed';
    const text = isGone ? undefined : textNow();
    if (text !== undefined) this.documentChanged(uri, text);
  }

  /** Typing comes in bursts: the snapshot is made anew when it pauses. */
  documentChanged(uri: string, text: string): void {
    this.#typed.set(pathOfUri(uri) ?? uri, text);
    this.#pause ??= setTimeout(() => this.#takeTyped(), typingPauseMs);
  }

  documentClosed(uri: string): void {
    this.#takeTyped();
    if (this.#store) this.#changed(this.#store.setOverlay(pathOfUri(uri) ?? uri, null), []);
  }

  /**
   * The workspace with what was typed a moment ago: an answer about the cursor needs the text that the cursor is in, and
   * does not wait for what rules say of it.
   */
  typedWorkspace(): WorkspaceSnapshot | undefined {
    for (const [path, text] of this.#typed) this.#store?.setOverlay(path, text);
    return this.#store?.snapshot;
  }

  async filesChanged(uris: readonly string[]): Promise<void> {
    const paths = uris.flatMap(uri => pathOfUri(uri) ?? []);
    if (this.#store) this.#changed(await this.#store.refresh(paths), []);
  }

  settingsChanged(raw: unknown): void {
    this.#settings = ownSection(raw);
    if (!this.#store) return;
    const workspace = this.#store.setSettings(this.#settings);
    tellMistakes(this.#options.connection, workspace);
    this.#changed(workspace, []);
  }

  setTrusted(trusted: boolean): void {
    this.#judges.setTrusted(trusted);
    this.#agentJudges.setTrusted(trusted);
    this.live.setTrusted(trusted);
    if (this.#store) this.#changed(this.#store.snapshot, []);
  }

  async dispose(): Promise<void> {
    this.#stop.abort();
    clearTimeout(this.#pause);
    this.#rest.end();
    this.#analysis?.dispose();
    this.#judges.dispose();
    this.#agentJudges.dispose();
    await this.live.dispose();
  }

  async #openForChecks() {
    const id = String(this.#settings.checkConnection ?? '');
    const connection = await this.live.openForChecks(id);
    const known = this.live.connections().connections.find(each => each.id === id);
    return { label: known?.label ?? 'the database', connection };
  }

  #takeTyped(): void {
    clearTimeout(this.#pause);
    this.#pause = undefined;
    const store = this.#store;
    const typed = [...this.#typed];
    if (!store || typed.length === 0) return;
    this.#typed.clear();
    for (const [path, text] of typed) store.setOverlay(path, text);
    const paths = typed.map(([path]) => path);
    this.#changed(store.snapshot, paths);
  }

  #changed(workspace: WorkspaceSnapshot, first: readonly string[]): void {
    this.#rest.end();
    const before = this.#analysis?.workspace;
    this.#analysis?.update(workspace, first);
    if (before !== workspace || first.length === 0) this.live.update(liveFacts(workspace, this.#settings));
    this.#tellCoverage('checking');
  }

  /** A schema that stands within a second is not worth a word. */
  #tellBuilding(progress: SchemaProgress | null): void {
    const now = performance.now();
    if (progress?.done === 0) this.#toldBuilding = now;
    if (progress === null ? this.#building === null : now - this.#toldBuilding < 1000) return;
    this.#building = progress;
    this.#toldBuilding = now;
    this.#tellCoverage('checking');
  }

  #tellCoverage(state: 'checking' | 'ready'): void {
    if (!this.#analysis) return;
    const summary = coverageSummary(this.#analysis, state, {
      problem: this.judgeProblem,
      building: this.#building,
    });
    tell(this.#options.connection, coverageChanged, summary);
  }
}
