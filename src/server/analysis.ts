/**
 * The loop behind diagnostics: takes changes, keeps the newest snapshot, checks what changed first and the rest
 * behind it, and hands on what was found. Holds at most one round of checks; a change ends the one that is under way.
 */
import { setImmediate as immediate } from 'node:timers/promises';
import type { Logger } from '../base/logger.ts';
import type { Judge } from '../database/judge.ts';
import type { CheckedStatement, FileCheck } from '../features/checking/check-file.ts';
import { type Coverage, coverageOf } from '../features/checking/coverage.ts';
import { migrationCoverage } from '../features/checking/migration-coverage.ts';
import { type QuickCheck, quickCheck } from '../features/checking/quick-check.ts';
import { type JudgedBy, judgedBy, judgedByNobody, judgedSource } from '../features/judging/judged-schema.ts';
import { checkKept } from '../features/keeping/check-kept.ts';
import type { KeptChecks } from '../features/keeping/kept-checks.ts';
import type { Finding } from '../rules/finding.ts';
import type { WorkspaceSnapshot } from '../workspace/snapshot.ts';
import type { WorkspaceStore } from '../workspace/workspace-store.ts';
import { CheckedPaths } from './checked-paths.ts';

export interface AnalysisPorts {
  readonly store: WorkspaceStore;
  readonly logger: Logger;
  /** The judge for a snapshot, ready to be asked; null where SQL is not judged. */
  readonly judgeFor: (workspace: WorkspaceSnapshot) => Promise<Judge | null>;
  readonly found: (path: string, findings: readonly Finding[]) => void;
  /** What was found before, in this session or in an earlier one. */
  readonly kept: KeptChecks;
  /** Files of which `found` was told from there, before they were looked at. */
  readonly told?: Iterable<string>;
  /** After each round, and each second while one is under way. */
  readonly progressed: (state: 'checking' | 'ready') => void;
}

const progressMs = 1000;

export class Analysis {
  readonly #ports: AnalysisPorts;
  readonly #checks = new Map<string, FileCheck>();
  readonly #liveJudges = new WeakMap<Judge, JudgedBy>();
  /** Told of before anything was checked. */
  readonly #told: Set<string>;
  readonly #paths = new CheckedPaths();
  /** Those of the last round that came to its end. */
  #present: ReadonlySet<string> | null = null;
  #judges = 0;
  #isFirst = true;
  #round = new AbortController();
  #running: Promise<void> = Promise.resolve();
  #snapshot: WorkspaceSnapshot;

  constructor(ports: AnalysisPorts) {
    this.#ports = ports;
    this.#told = new Set(ports.told);
    this.#snapshot = ports.store.snapshot;
  }

  get workspace(): WorkspaceSnapshot {
    return this.#snapshot;
  }

  findingsOf(path: string): readonly Finding[] {
    return this.#checks.get(path)?.findings ?? [];
  }

  /** What was said of the statements of a file as it is now; nothing until it has been checked so. */
  statementsOf(path: string): readonly CheckedStatement[] {
    const check = this.#checks.get(path);
    return check && check.text === this.#snapshot.textOf(path) ? check.statements : [];
  }

  get checks(): readonly FileCheck[] {
    return [...this.#checks.values()];
  }

  /**
   * Checks a snapshot: the named files at once, by rules alone, then with PostgreSQL's verdict; then every file whose
   * facts may have changed with it.
   */
  update(workspace: WorkspaceSnapshot, first: readonly string[]): void {
    this.#round.abort();
    this.#round = new AbortController();
    this.#snapshot = workspace;
    const quick = new Map(first.flatMap(path => this.#publishQuickly(path)));
    const { signal } = this.#round;
    this.#running = this.#running
      .then(() => this.#check(workspace, quick, signal))
      .catch(error => this.#report(error, signal));
  }

  /** Resolves when the newest snapshot has been checked whole. */
  async settled(): Promise<void> {
    for (let running = this.#running; ; running = this.#running) {
      await running;
      if (running === this.#running) return;
    }
  }

  /** Writes down what was found since the last time. */
  keep(): void {
    this.#ports.kept.keep();
  }

  dispose(): void {
    this.#round.abort();
    this.keep();
  }

  /** A keystroke's answer: the rules' findings now, PostgreSQL's last ones until it has answered again. */
  #publishQuickly(path: string): readonly (readonly [string, QuickCheck])[] {
    const { pythonFiles, sqlFiles } = this.#snapshot;
    if (!pythonFiles.includes(path) && !sqlFiles.includes(path)) return [];
    const quick = quickCheck(this.#snapshot, path, this.#checks.get(path));
    this.#ports.found(path, quick.findings);
    return [[path, quick]];
  }

  async #check(
    workspace: WorkspaceSnapshot,
    quick: ReadonlyMap<string, QuickCheck>,
    signal: AbortSignal,
  ): Promise<void> {
    if (signal.aborted) return;
    const judge = await this.#ports.judgeFor(workspace);
    if (judge !== null) await this.#publishVerdicts(quick, judge, signal);
    if (signal.aborted) return;
    const { kept } = this.#ports;
    kept.follow(workspace, this.#judgedBy(workspace, judge));
    const paths = this.#paths.of(workspace);
    let told = performance.now();
    for (const path of new Set([...quick.keys(), ...paths])) {
      if (this.#checks.has(path) && kept.holds(path)) continue;
      await this.#checkOne(workspace, path, judge, signal);
      if (signal.aborted) return;
      if (performance.now() - told < progressMs) continue;
      told = performance.now();
      this.#ports.progressed('checking');
    }
    this.#forgetVanished(paths, quick.keys());
    this.#ports.progressed('ready');
    // Later ones are written down at rest: a word typed is no reason to write.
    if (this.#isFirst) {
      this.keep();
      workspace.project.rest();
    }
    this.#isFirst = false;
  }

  /** What PostgreSQL says of the edited functions, before the rest of their files is read. */
  async #publishVerdicts(
    quick: ReadonlyMap<string, QuickCheck>,
    judge: Judge,
    signal: AbortSignal,
  ): Promise<void> {
    for (const [path, { judged }] of quick) {
      if (judged === null) continue;
      const findings = await judged(judge, signal);
      if (signal.aborted) return;
      this.#ports.found(path, findings);
    }
    // A turn of the event loop, so that they are on their way before the longer work begins.
    await immediate();
  }

  async #checkOne(
    workspace: WorkspaceSnapshot,
    path: string,
    judge: Judge | null,
    signal: AbortSignal,
  ): Promise<void> {
    const { kept, found } = this.#ports;
    const isKnown = kept.holds(path);
    const check = await checkKept(workspace, path, judge, signal, kept);
    if (signal.aborted) return;
    const before = this.#checks.get(path);
    this.#checks.set(path, check);
    if (before !== undefined || this.#told.has(path) || check.findings.length > 0)
      found(path, check.findings);
    // Requests of the editor come first: a file's facts are worked out without a pause.
    if (!isKnown) await immediate();
  }

  #judgedBy(workspace: WorkspaceSnapshot, judge: Judge | null): JudgedBy {
    if (judge === null) return judgedByNobody;
    const source = judgedSource(workspace);
    if (source !== 'database') return judgedBy(workspace, source);
    // What a database says may change without any file: another connection is another judge.
    const known = this.#liveJudges.get(judge) ?? { name: `${source} ${++this.#judges}`, ddl: null };
    this.#liveJudges.set(judge, known);
    return known;
  }

  coverage(): Coverage {
    return coverageOf(this.checks, migrationCoverage(this.#snapshot, this.#snapshot.pythonFiles));
  }

  /** `checked`: what was checked though it may be none of the paths, being open. */
  #forgetVanished(paths: ReadonlySet<string>, checked: Iterable<string>): void {
    const perhaps = paths === this.#present ? checked : [...this.#checks.keys(), ...this.#told];
    this.#present = paths;
    for (const path of perhaps) {
      if (paths.has(path)) continue;
      this.#checks.delete(path);
      this.#ports.found(path, []);
    }
    this.#told.clear();
  }

  #report(error: unknown, signal: AbortSignal): void {
    if (signal.aborted) return;
    this.#ports.logger.error(
      `A check failed: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`,
    );
  }
}
