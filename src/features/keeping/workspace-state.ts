/**
 * A workspace as digests of all that the check of a file may depend on, part by part, so that it can be told what is
 * different in another one: also in that of an earlier run, which has only written its digests down.
 */
import { groupBy } from '../../base/group-by.ts';
import type { DdlStatement } from '../../schema/ddl.ts';
import { partKey } from '../../sqlalchemy/file-parts.ts';
import type { LinkedData } from '../../sqlalchemy/project.ts';
import { processesOf } from '../../workspace/connections/pool-declarations.ts';
import { foreignDatabase } from '../../workspace/foreign-database.ts';
import { belongsToMigrations } from '../../workspace/migrations/migration-files.ts';
import type { WorkspaceSnapshot } from '../../workspace/snapshot.ts';
import type { JudgedBy, JudgedDdl } from '../judging/judged-schema.ts';
import { CodeDigests } from './code-digests.ts';
import { differingKeys } from './differing-keys.ts';
import { type DifferingSurfaces, differingSurfaces, type SurfaceDigests } from './surface-digests.ts';

export interface WorkspaceState {
  /** Of what the check of any file may depend on. */
  readonly ground: string;
  /** Of what the check of a revision depends on besides. */
  readonly history: string;
  /** Digests of the texts of checked files, by path. */
  readonly texts: ReadonlyMap<string, string>;
  /** Of what names lead to in Python files, by path. */
  readonly surfaces: ReadonlyMap<string, SurfaceDigests>;
  /** Of the code that binds names in Python files, by path and name. */
  readonly parts: ReadonlyMap<string, ReadonlyMap<string, string>>;
  /** Of models with their joins, by qualified name. */
  readonly models: ReadonlyMap<string, string>;
  /** Of the DDL of each table that statements are judged by, by its name alone. */
  readonly tables: ReadonlyMap<string, string>;
}

/** What of a workspace is different from another one: what came and what went are among it. */
export interface StateChange extends DifferingSurfaces {
  readonly ground: boolean;
  readonly history: boolean;
  readonly texts: ReadonlySet<string>;
  /** As `partKey` names them. */
  readonly parts: ReadonlySet<string>;
  readonly models: ReadonlySet<string>;
  readonly tables: ReadonlySet<string>;
  /** Last parts of the names of modules that came or went. */
  readonly modules: ReadonlySet<string>;
}

export function changeOf(before: WorkspaceState, now: WorkspaceState): StateChange {
  const texts = differingKeys(before.texts, now.texts);
  const { surfaces, names } = differingSurfaces(before.surfaces, now.surfaces);
  const moved = [...surfaces].filter(path => before.surfaces.has(path) !== now.surfaces.has(path));
  return {
    ground: before.ground !== now.ground,
    history: before.history !== now.history,
    texts,
    surfaces,
    names,
    parts: differingParts(texts, before, now),
    models: differingKeys(before.models, now.models),
    tables: differingKeys(before.tables, now.tables),
    modules: new Set(moved.map(moduleEnd)),
  };
}

function differingParts(
  texts: ReadonlySet<string>,
  before: WorkspaceState,
  now: WorkspaceState,
): ReadonlySet<string> {
  const keys = new Set<string>();
  for (const path of texts) {
    const names = differingKeys(before.parts.get(path) ?? noDigests, now.parts.get(path) ?? noDigests);
    for (const name of names) keys.add(partKey(path, name));
  }
  return keys;
}

/** `user` of `app/models/user.py` and of `app/user/__init__.py`. */
function moduleEnd(path: string): string {
  return /([^/]*?)(?:\/__init__)?\.pyi?$/.exec(path)?.[1] ?? path;
}

/** Reads states of one workspace, one after another: of what is the same object as before the digest is known. */
export class StateReader {
  readonly #digest: (text: string) => string;
  readonly #code: CodeDigests;
  readonly #data = new WeakMap<object, string>();
  readonly #models = new WeakMap<LinkedData['models'], ReadonlyMap<string, string>>();
  readonly #ddl = new WeakMap<JudgedDdl, ReadonlyMap<string, string>>();

  /** `digestOf`: of the content of a file, where that is known already. */
  constructor(
    digest: (text: string) => string,
    digestOf: (path: string) => string | undefined = () => undefined,
  ) {
    this.#digest = digest;
    this.#code = new CodeDigests(digest, digestOf);
  }

  /** `before`: what is known of another version, of which that of unchanged texts is taken. */
  read(workspace: WorkspaceSnapshot, judged: JudgedBy, before: WorkspaceState | null): WorkspaceState {
    const linked = workspace.project.linkedData();
    const { packages, ...code } = this.#code.read(workspace, before);
    const ddl = this.#ofDdl(judged.ddl);
    return {
      ground: this.#ground(workspace, linked, [judged.name, ddl.get(shared) ?? null, packages]),
      history: this.#history(workspace),
      ...code,
      models: this.#ofModels(linked.models),
      tables: ddl,
    };
  }

  #ground(workspace: WorkspaceSnapshot, linked: LinkedData, judged: unknown): string {
    const { configurationFiles, settings, roots, textOf } = workspace;
    const unread = workspace.schemaOfRevisions().tables.filter(each => each.unread?.includes('columns'));
    return this.#digest(
      writtenOut([
        judged,
        roots,
        settings.rules,
        settings.migrations,
        configurationFiles.map(path => [path, this.#code.ofText(path, textOf(path))]),
        processesOf(workspace),
        foreignDatabase(workspace),
        this.#ofData(linked.engines),
        this.#ofData(linked.sessionFactories),
        unread,
      ]),
    );
  }

  #history(workspace: WorkspaceSnapshot): string {
    const { environments, pythonFiles, sqlFiles, tableSizes, textOf } = workspace;
    const migrations = migrationsAmong(pythonFiles, workspace);
    const scripts = environments.flatMap(({ script }) => script?.path ?? []);
    const texts = [...migrations, ...scripts, ...sqlFiles];
    return this.#digest(
      writtenOut([
        this.#ofData(environments),
        environments.map(workspace.dialectOf),
        this.#ofData(tableSizes),
        texts.map(path => [path, this.#code.ofText(path, textOf(path))]),
      ]),
    );
  }

  #ofData(data: object): string {
    const known = this.#data.get(data) ?? this.#digest(withoutPlaces(data));
    this.#data.set(data, known);
    return known;
  }

  #ofModels(models: LinkedData['models']): ReadonlyMap<string, string> {
    const known = this.#models.get(models);
    if (known !== undefined) return known;
    const digests = new Map([...models].map(([name, model]) => [name, this.#ofData(model)]));
    this.#models.set(models, digests);
    return digests;
  }

  #ofDdl(ddl: JudgedDdl | null): ReadonlyMap<string, string> {
    if (ddl === null) return noDigests;
    const known = this.#ddl.get(ddl);
    if (known !== undefined) return known;
    const digests = new Map(
      [...groupBy(ddl.statements, nameIn)].map(([key, statements]) => [
        key,
        this.#digest(statements.map(({ sql }) => sql).join(';\n')),
      ]),
    );
    this.#ddl.set(ddl, digests);
    return digests;
  }
}

const noDigests: ReadonlyMap<string, string> = new Map();

const migrationFiles = new WeakMap<WorkspaceSnapshot['environments'], ListedMigrations>();

interface ListedMigrations {
  readonly among: readonly string[];
  readonly paths: readonly string[];
}

/** The same for as long as files and environments are the same. */
function migrationsAmong(pythonFiles: readonly string[], workspace: WorkspaceSnapshot): readonly string[] {
  const { environments } = workspace;
  const known = migrationFiles.get(environments);
  if (known?.among === pythonFiles) return known.paths;
  const paths = pythonFiles.filter(path => belongsToMigrations(workspace, path));
  migrationFiles.set(environments, { among: pythonFiles, paths });
  return paths;
}

/** Of extensions, schemas, types and sequences, which are no table's own. */
const shared = '';

function nameIn({ table }: DdlStatement): string {
  return table === null ? shared : table.name;
}

/** Where something stands is nothing that others depend on who did not look at its file, and so is what explains it. */
const places: ReadonlySet<string> = new Set(['range', 'nameRange', 'docstring']);

function withoutPlaces(data: object): string {
  return JSON.stringify(data, (key, value: unknown) => (places.has(key) ? undefined : plain(value)));
}

function writtenOut(data: unknown): string {
  return JSON.stringify(data, (_key, value: unknown) => plain(value));
}

function plain(value: unknown): unknown {
  return value instanceof Map || value instanceof Set ? [...value] : value;
}
