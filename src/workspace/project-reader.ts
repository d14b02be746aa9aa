/**
 * The Python of a workspace as a project: chooses the files, parses them and links them, and after a change does again
 * only what the change is about. Has a lifetime: it holds the parsed files and the last project.
 */
import { nameModules } from '../python/module-names.ts';
import { createModuleTable, type ModuleTable } from '../python/modules.ts';
import type { WorkspacePackages } from '../python/packages/packages.ts';
import type { PythonParser } from '../python/parser.ts';
import { type ModelNames, readModelNames } from '../sqlalchemy/model-names.ts';
import type { SourceFile, SqlAlchemyProject } from '../sqlalchemy/project.ts';
import { readProject } from '../sqlalchemy/read-project.ts';
import { missingModules, surfaceOf } from './model-parts.ts';
import { createPackageDeclarations, type PackageDeclarations } from './package-declarations.ts';
import { parseFile } from './parse-file.ts';
import { mentionsUs, type SourceOutline, settingsModules } from './select-sources.ts';
import type { SourceTexts, TextChanges } from './source-texts.ts';
import { searchFor } from './word-set.ts';

/** Names that are libraries wherever a file of the workspace happens to share them. */
export const externalModules: ReadonlySet<string> = new Set([
  'sqlalchemy',
  'sqlmodel',
  'alembic',
  'flask_sqlalchemy',
  'typing',
  'pydantic',
]);

/** How many base classes away from a mapped class a file is still looked for. */
const GENERATION_LIMIT = 5;

export interface ProjectSurroundings {
  readonly roots: readonly string[];
  readonly packages: WorkspacePackages;
}

interface Source extends SourceOutline {
  readonly path: string;
  readonly name: string;
}

export class ProjectReader {
  readonly #parser: PythonParser;
  readonly #packages: PackageDeclarations;
  readonly #texts: SourceTexts;
  readonly #parsed = new Map<string, SourceFile>();
  #moduleNames: ReadonlyMap<string, string> = new Map();
  #sources = new Map<string, Source>();
  #list: readonly Source[] = [];
  #chosen: readonly SourceFile[] = [];
  #modelNames: ModelNames | undefined;
  /** Of the files chosen first, and of all. */
  readonly #tables: readonly [TableKeeper, TableKeeper] = [new TableKeeper(), new TableKeeper()];
  /** Which sources use a model by name, for as long as the models' names are the same. */
  #users = new WeakMap<Source, boolean>();
  #project: SqlAlchemyProject | undefined;

  constructor(parser: PythonParser, texts: SourceTexts) {
    this.#parser = parser;
    this.#packages = createPackageDeclarations(parser);
    this.#texts = texts;
  }

  read(
    paths: readonly string[],
    { roots, packages }: ProjectSurroundings,
    changes: TextChanges,
  ): SqlAlchemyProject {
    if (changes.layout) this.#moduleNames = nameModules(paths, roots);
    const sources = this.#readSources(paths, changes);
    const own = this.#choose(sources, changes);
    const isOwn = (module: string) => sources.some(source => source.name === module);
    const files = [...own, ...this.#packages(own, isOwn)];
    const [firstTable, wholeTable] = this.#tables;
    const table = firstTable.tableOf(files);
    const users = this.#usersAmong(sources, files, table);
    const all = users.length === 0 ? files : [...files, ...this.#parse(users)];
    this.#project = readProject(all, users.length === 0 ? table : wholeTable.tableOf(all), {
      packages,
      previous: this.#project,
    });
    this.#forgetExcept(this.#project.files);
    return this.#project;
  }

  /** All but those that use a model by name: files that mention us, and what these need to be understood. */
  #choose(sources: readonly Source[], changes: TextChanges): readonly SourceFile[] {
    this.#chosen = this.#chosenAgain(changes) ?? this.#chooseAnew(sources);
    return this.#chosen;
  }

  /** Null where a change may lead to other files. */
  #chosenAgain({ layout, paths }: TextChanges): readonly SourceFile[] | null {
    if (layout) return null;
    const chosen = new Map(this.#chosen.map(file => [file.path, file]));
    for (const path of paths) {
      const source = this.#sources.get(path);
      const before = chosen.get(path);
      if (before === undefined && source?.mentionsUs) return null;
      if (before === undefined || source === undefined) continue;
      const [file] = this.#parse([source]);
      if (!file || !this.#leadsAsBefore(before, file)) return null;
      chosen.set(path, file);
    }
    return [...chosen.values()];
  }

  #leadsAsBefore(before: SourceFile, file: SourceFile): boolean {
    return (
      mentionsUs(before.path, before.text) === mentionsUs(file.path, file.text) &&
      surfaceOf(before) === surfaceOf(file) &&
      settingsModules(before).join() === settingsModules(file).join()
    );
  }

  #chooseAnew(sources: readonly Source[]): readonly SourceFile[] {
    const first = this.#parse(sources.filter(source => source.mentionsUs));
    const settings = new Set(first.flatMap(settingsModules));
    const more = sources.filter(source => !source.mentionsUs && settings.has(source.name));
    return this.#withModelParts([...first, ...this.#parse(more)], sources);
  }

  /** Base classes may stand in modules of their own, which name no library of ours either: one round a generation. */
  #withModelParts(files: readonly SourceFile[], sources: readonly Source[]): readonly SourceFile[] {
    const added = new Set<SourceFile>();
    for (let round = 0; round < GENERATION_LIMIT; round++) {
      const all = [...files, ...added];
      const known = new Set(all.map(file => file.path));
      const missing = missingModules(all, added);
      const found = sources.filter(source => missing.has(source.name) && !known.has(source.path));
      if (found.length === 0) break;
      for (const file of this.#parse(found)) added.add(file);
    }
    return [...files, ...added];
  }

  #readSources(paths: readonly string[], changes: TextChanges): readonly Source[] {
    for (const path of changes.paths) this.#parsed.delete(path);
    if (!changes.layout) return this.#readChanged(changes.paths);
    const sources = paths.map(path => {
      const name = this.#moduleNames.get(path) ?? '';
      const known = this.#sources.get(path);
      return known?.name === name && !changes.paths.has(path) ? known : this.#readSource(path, name);
    });
    this.#sources = new Map(sources.map(source => [source.path, source]));
    this.#list = sources;
    return sources;
  }

  /** No file came or went. */
  #readChanged(paths: ReadonlySet<string>): readonly Source[] {
    const replaced = new Map<Source, Source>();
    for (const path of paths) {
      const known = this.#sources.get(path);
      if (!known) continue;
      const source = this.#readSource(path, known.name);
      replaced.set(known, source);
      this.#sources.set(path, source);
    }
    if (replaced.size > 0) this.#list = this.#list.map(source => replaced.get(source) ?? source);
    return this.#list;
  }

  #readSource(path: string, name: string): Source {
    return { path, name, ...this.#texts.outlineOf(path) };
  }

  #usersAmong(
    sources: readonly Source[],
    files: readonly SourceFile[],
    table: ModuleTable,
  ): readonly Source[] {
    const before = this.#modelNames?.names;
    this.#modelNames = readModelNames(files, table, this.#modelNames);
    const { names } = this.#modelNames;
    if (names !== before) this.#users = new WeakMap();
    const isUser = searchFor(names);
    const known = new Set(files.map(file => file.path));
    return sources.filter(source => {
      if (known.has(source.path)) return false;
      const uses = this.#users.get(source) ?? isUser(source.words);
      this.#users.set(source, uses);
      return uses;
    });
  }

  #parse(sources: readonly Source[]): readonly SourceFile[] {
    return sources.map(({ path, name }) => {
      const known = this.#parsed.get(path);
      if (known?.name === name) return known;
      const text = this.#texts.textOf(path) ?? '';
      const file = parseFile(this.#parser, { path, name, text }, this.#texts.isOpen(path));
      this.#parsed.set(path, file);
      return file;
    });
  }

  #forgetExcept(files: ReadonlyMap<string, SourceFile>): void {
    if (this.#parsed.size === files.size) return;
    for (const path of this.#parsed.keys()) if (!files.has(path)) this.#parsed.delete(path);
  }
}

/** The table of a list of files, which follows the list from one snapshot to the next. */
class TableKeeper {
  #files: readonly SourceFile[] = [];
  #table: ModuleTable | null = null;

  tableOf(files: readonly SourceFile[]): ModuleTable {
    const replaced = this.#table === null ? null : replacedIn(this.#files, files);
    this.#table =
      this.#table === null || replaced === null
        ? createModuleTable(files, { external: externalModules })
        : replaced.length === 0
          ? this.#table
          : this.#table.replacing(replaced);
    this.#files = files;
    return this.#table;
  }
}

/** The files that are others than before; null where paths or names are. */
function replacedIn(
  before: readonly SourceFile[],
  files: readonly SourceFile[],
): readonly SourceFile[] | null {
  if (before.length !== files.length) return null;
  const replaced: SourceFile[] = [];
  for (const [index, file] of files.entries()) {
    const old = before[index];
    if (old === file) continue;
    if (old?.path !== file.path || old.name !== file.name) return null;
    replaced.push(file);
  }
  return replaced;
}
