/**
 * Remembers, in the workspace's own storage, what each revision said when it was first seen as applied to a database, and
 * tells in the Problems panel what does not fit. Holds fingerprints only.
 */
import type { Disposable, Event, Memento } from 'vscode';
import { Diagnostic, DiagnosticSeverity, EventEmitter, languages, Range, Uri } from 'vscode';
import { diagnosticSource } from '../../protocol/diagnostic-source.ts';
import type { MigrationEnvironmentInfo, MigrationsSnapshot } from '../../protocol/migrations.ts';
import type { MigrationsFeed } from '../server/migrations-feed.ts';
import { type Fingerprints, readApplied, type StateProblem, stateProblems } from './state-problems.ts';

export interface JudgedMigrations extends MigrationsSnapshot {
  /** By environment. */
  readonly stateProblems: ReadonlyMap<string, readonly StateProblem[]>;
}

export class AppliedRevisions implements Disposable {
  readonly #memory: Memento;
  readonly #diagnostics = languages.createDiagnosticCollection('database-patterns-migrations');
  readonly #changed = new EventEmitter<JudgedMigrations>();
  readonly #listener: Disposable;
  #snapshot: MigrationsSnapshot = { environments: [] };

  constructor(memory: Memento, feed: MigrationsFeed) {
    this.#memory = memory;
    this.#listener = feed.onDidChange(snapshot => {
      this.#snapshot = snapshot;
      this.#judge();
    });
  }

  get onDidChange(): Event<JudgedMigrations> {
    return this.#changed.event;
  }

  /** The file as it is now counts as what was applied. */
  async accept(environment: MigrationEnvironmentInfo, revision: string): Promise<void> {
    const { [revision]: _, ...others } = this.#known(environment);
    await this.#memory.update(keyOf(environment), others);
    this.#judge();
  }

  dispose(): void {
    this.#listener.dispose();
    this.#diagnostics.dispose();
    this.#changed.dispose();
  }

  #judge(): void {
    const found = new Map(
      this.#snapshot.environments.map(environment => [environment.id, this.#problemsOf(environment)]),
    );
    this.#publish([...found.values()].flat());
    this.#changed.fire({ ...this.#snapshot, stateProblems: found });
  }

  #problemsOf(environment: MigrationEnvironmentInfo): readonly StateProblem[] {
    const configuration = Uri.file(environment.configPath).toString();
    if (environment.database.kind !== 'read') return stateProblems(environment, [], configuration);
    const known = this.#known(environment);
    const { fingerprints, edited } = readApplied(known, environment.revisions);
    if (JSON.stringify(fingerprints) !== JSON.stringify(known))
      void this.#memory.update(keyOf(environment), fingerprints);
    return stateProblems(environment, edited, configuration);
  }

  #known(environment: MigrationEnvironmentInfo): Fingerprints {
    return this.#memory.get<Fingerprints>(keyOf(environment), {});
  }

  #publish(problems: readonly StateProblem[]): void {
    this.#diagnostics.clear();
    const byUri = new Map<string, Diagnostic[]>();
    for (const { code, message, place } of problems) {
      const range = new Range(place.line, place.character, place.line, place.character + 1);
      const diagnostic = new Diagnostic(range, message, DiagnosticSeverity.Warning);
      // Not the source of findings: those stand below their revision, and this has a row of its own.
      diagnostic.source = `${diagnosticSource}: migrations`;
      diagnostic.code = code;
      byUri.set(place.uri, [...(byUri.get(place.uri) ?? []), diagnostic]);
    }
    for (const [uri, diagnostics] of byUri) this.#diagnostics.set(Uri.parse(uri), diagnostics);
  }
}

/** Of an environment on one database. */
function keyOf({ id, database }: MigrationEnvironmentInfo): string {
  return `applied ${id} ${database.kind === 'none' ? '' : database.connectionId}`;
}
