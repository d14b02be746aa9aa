/**
 * Keeps the workspace's snapshot up to date: reads all files once, then only what changed. Has a lifetime of its own
 * because it holds what snapshots share: texts, parsed files, the last project, and the parser.
 */
import type { Logger } from '../base/logger.ts';
import type { PythonParser } from '../python/reading/parser.ts';
import { emptySchema } from '../schema/schema.ts';
import type { SchemaKeys } from '../schema/schema-keys.ts';
import type { SqlParser } from '../sql/parser.ts';
import { createSqlKeys } from '../sql/sql-keys.ts';
import { schemaOfModels } from '../sqlalchemy/models/schema-of-models.ts';
import { decodeSource } from './files/decode-source.ts';
import type { FilePort, ReadOutcome } from './files/file-port.ts';
import { createPackagesReader, type PackagesReader } from './files/packages-reader.ts';
import { ProjectReader } from './files/project-reader.ts';
import { createSqlFileReader, type SqlFileReader } from './files/read-sql-file.ts';
import { isPython, isSql, SourceTexts } from './files/source-texts.ts';
import { foreignDatabase } from './foreign-database.ts';
import { createEnvironmentReader, type EnvironmentReader } from './migrations/environment-reader.ts';
import { graphWith } from './migrations/graph-with.ts';
import { dialectOf } from './migrations/migration-dialect.ts';
import {
  environmentSubjectsOf,
  type MigrationFacts,
  revisionSubjectsOf,
} from './migrations/migration-subjects.ts';
import { createOperationsReader, type OperationsReader } from './migrations/revision-operations.ts';
import { createTimelineReader, type TimelineReader } from './migrations/revision-timeline.ts';
import type { SizesByEnvironment } from './migrations/table-sizes.ts';
import { createSettingsReader, type SettingsReader } from './settings-reader.ts';
import type { FileProblem, WorkspaceSnapshot } from './snapshot.ts';

export interface WorkspacePorts {
  readonly files: FilePort;
  readonly parser: PythonParser;
  readonly sql: SqlParser;
  readonly logger: Logger;
  /** Facts of how many characters of source are kept: more for who reads all of them once and ends. */
  readonly keptFacts?: number;
  /** Lets others have their turn while the workspace is opened; without it nobody waits for one. */
  readonly pause?: () => Promise<void>;
}

/** A Python file larger than this is generated code or data: named in the log and left out. Bytes. */
const largestSource = 4_000_000;

/** Files that are read at once: the disk answers several as fast as one. */
const readers = 16;

/** How long files are parsed before others have their turn: what is read may be in memory, and then nobody waits for a disk. */
const sliceMs = 50;

/** What follows from the paths alone. */
interface Layout {
  readonly paths: readonly string[];
  readonly pythonFiles: readonly string[];
  readonly sqlFiles: readonly string[];
  readonly configurationFiles: readonly string[];
}

export class WorkspaceStore {
  readonly #ports: WorkspacePorts;
  readonly #texts: SourceTexts;
  readonly #problems = new Map<string, FileProblem>();
  /** Open documents that are too large. */
  readonly #leftOut = new Set<string>();
  readonly #project: ProjectReader;
  readonly #environments: EnvironmentReader;
  readonly #operations: OperationsReader;
  readonly #sqlFiles: SqlFileReader;
  readonly #readPackages: PackagesReader = createPackagesReader();
  readonly #timelines: TimelineReader;
  readonly #sqlKeys: SchemaKeys;
  readonly #readSettings: SettingsReader = createSettingsReader();
  #roots: readonly string[] = [];
  #settings: unknown = undefined;
  #layout: Layout = { paths: [], pythonFiles: [], sqlFiles: [], configurationFiles: [] };
  #sizes: SizesByEnvironment = new Map();
  #snapshot: WorkspaceSnapshot | null = null;

  constructor(ports: WorkspacePorts) {
    this.#ports = ports;
    this.#texts = new SourceTexts(ports.files);
    this.#project = new ProjectReader(ports.parser, this.#texts, ports.keptFacts);
    this.#environments = createEnvironmentReader(ports.parser);
    this.#operations = createOperationsReader(ports.parser);
    this.#sqlFiles = createSqlFileReader(ports.sql);
    this.#timelines = createTimelineReader(ports.sql);
    this.#sqlKeys = createSqlKeys(ports.sql);
  }

  /** The newest snapshot; only after `open`. */
  get snapshot(): WorkspaceSnapshot {
    if (!this.#snapshot) throw new Error('The workspace is not open yet');
    return this.#snapshot;
  }

  /** Reads every file under the roots. Settings from the editor win over `pyproject.toml`, key by key. */
  async open(roots: readonly string[], settings: unknown, signal: AbortSignal): Promise<WorkspaceSnapshot> {
    this.#roots = roots;
    this.#settings = settings;
    const rest = this.#rests();
    for (const root of roots) {
      const files = (await this.#ports.files.list(root, signal)).values();
      const reader = async () => {
        for (const { path } of files) {
          signal.throwIfAborted();
          const problem = await this.#load(path);
          if (problem !== null) this.#ports.logger.warn(`${path} cannot be read: ${problem}`);
          this.#project.parseAhead(path);
          await rest();
        }
      };
      await Promise.all(Array.from({ length: readers }, reader));
    }
    const snapshot = this.#rebuild();
    if (this.#ports.pause) await readRevisions(snapshot, rest, signal);
    return snapshot;
  }

  /** Lets others have their turn where the work since the last time took long. */
  #rests(): () => Promise<void> {
    let begun = performance.now();
    return async () => {
      if (performance.now() - begun < sliceMs) return;
      await this.#ports.pause?.();
      begun = performance.now();
    };
  }

  setSettings(settings: unknown): WorkspaceSnapshot {
    this.#settings = settings;
    return this.#rebuild();
  }

  /** What connected databases tell of their tables, in place of what they told before. */
  setTableSizes(sizes: SizesByEnvironment): WorkspaceSnapshot {
    this.#sizes = sizes;
    return this.#rebuild();
  }

  /** An open document's text, or null when it is closed and the disk counts again. */
  setOverlay(path: string, text: string | null): WorkspaceSnapshot {
    if (text !== null && text.length > largestSource) this.#leaveOut(path, text.length);
    else {
      if (this.#leftOut.delete(path)) this.#take(path, this.#ports.files.readNow(path));
      this.#texts.overlay(path, text);
    }
    return this.#texts.hasChanges || !this.#snapshot ? this.#rebuild() : this.#snapshot;
  }

  /** The workspace as it would be with other texts; the store goes on with its own. */
  snapshotWith(texts: ReadonlyMap<string, string>): WorkspaceSnapshot {
    const before = [...texts.keys()].map(path => [path, this.#texts.overlayOf(path)] as const);
    for (const [path, text] of texts) this.#texts.overlay(path, text);
    const supposed = this.#rebuild();
    for (const [path, text] of before) this.#texts.overlay(path, text);
    this.#rebuild();
    return supposed;
  }

  /** Files that changed on disk, were made or deleted. */
  async refresh(paths: readonly string[]): Promise<WorkspaceSnapshot> {
    for (const path of paths) await this.#load(path);
    return this.#rebuild();
  }

  /** Gives what the system says where the file cannot be read. */
  async #load(path: string): Promise<string | null> {
    const outcome = await this.#ports.files.read(path);
    return this.#leftOut.has(path) ? null : this.#take(path, outcome);
  }

  #take(path: string, outcome: ReadOutcome): string | null {
    this.#problems.delete(path);
    if (outcome.kind === 'failed') {
      this.#texts.store(path, null);
      return outcome.reason;
    }
    if (outcome.bytes.length > largestSource) {
      this.#texts.store(path, null);
      this.#complainOfSize(path, outcome.bytes.length);
      return null;
    }
    const { text, problem } = decodeSource(outcome.bytes);
    if (problem !== null) this.#complain(path, 'encoding', problem);
    this.#texts.store(path, text);
    return null;
  }

  /** An open document that has become too large is as little read as a file that is. */
  #leaveOut(path: string, size: number): void {
    if (this.#leftOut.has(path)) return;
    this.#leftOut.add(path);
    this.#texts.overlay(path, null);
    this.#texts.store(path, null);
    this.#complainOfSize(path, size);
  }

  #complainOfSize(path: string, size: number): void {
    this.#complain(path, 'too-large', `${Math.round(size / 1e6)} MB is too large to be read`);
  }

  #complain(path: string, code: string, message: string): void {
    this.#problems.set(path, { path, code, message });
    this.#ports.logger.warn(`${path}: ${message}`);
  }

  #rebuild(): WorkspaceSnapshot {
    const changes = this.#texts.takeChanges();
    if (changes.layout) this.#layout = layoutOf(this.#texts.paths);
    const { paths, pythonFiles, sqlFiles, configurationFiles } = this.#layout;
    const textOf = this.#texts.frozen();
    const environments = this.#environments.read(paths, textOf, changes);
    const { settings, problems } = this.#readSettings({ roots: this.#roots, textOf, editor: this.#settings });
    const packages = this.#readPackages(paths, textOf, changes);
    const project = this.#project.read(pythonFiles, { roots: this.#roots, packages }, changes);
    const operationsOf = (path: string) =>
      this.#operations.operationsOf(path, textOf(path), project.files.get(path)?.module);
    const timelineOf: MigrationFacts['timelineOf'] = environment =>
      this.#timelines.timelineOf(environment, operationsOf);
    const facts: MigrationFacts = {
      environments,
      project,
      foreignDatabase: () => foreignDatabase(snapshot),
      timelineOf,
      settings: settings.migrations,
      parser: this.#ports.sql,
      sizes: this.#sizes,
    };
    const snapshot: WorkspaceSnapshot = {
      roots: this.#roots,
      pythonFiles,
      sqlFiles,
      sqlFileOf: path => (isSql(path) ? this.#sqlFiles.fileOf(path, textOf(path)) : null),
      configurationFiles,
      project,
      environments,
      settings,
      problems: [...this.#problems.values(), ...problems],
      sql: this.#ports.sql,
      textOf,
      schemaOf: schemaOfModels,
      operationsOf,
      simulationOf: environment => timelineOf(environment).moments,
      schemaOfRevisions: () => (environments[0] ? timelineOf(environments[0]).latest : emptySchema),
      revisionSubjects: path => revisionSubjectsOf(path, facts),
      tableSizes: this.#sizes,
      environmentSubjects: () => environmentSubjectsOf(facts),
      dialectOf: environment => dialectOf(environment, facts),
      graphWith: (environment, files) =>
        graphWith(environment, files, text => this.#ports.parser.parse(text)),
      sqlKeys: this.#sqlKeys,
    };
    this.#snapshot = snapshot;
    return snapshot;
  }
}

/** Which schema counts is asked next, and follows from all revisions: who waits for others reads them between their turns. */
async function readRevisions(
  { environments, operationsOf }: WorkspaceSnapshot,
  rest: () => Promise<void>,
  signal: AbortSignal,
): Promise<void> {
  for (const { graph } of environments)
    for (const { revision } of graph.nodes) {
      signal.throwIfAborted();
      operationsOf(revision.path);
      await rest();
    }
}

function layoutOf(paths: readonly string[]): Layout {
  return {
    paths,
    pythonFiles: paths.filter(isPython),
    sqlFiles: paths.filter(isSql),
    configurationFiles: paths.filter(path => !isPython(path) && !isSql(path)),
  };
}
