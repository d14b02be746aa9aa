/**
 * The Python of a workspace as a project: chooses the files, parses them and links them, and after a change does again
 * only what the change is about. Has a lifetime: it holds the parsed files and the last project.
 */
import { nameModules } from '../../python/modules/module-names.ts';
import { createModuleTable, filesByImport } from '../../python/modules/modules.ts';
import type { WorkspacePackages } from '../../python/packages/packages.ts';
import type { PythonParser } from '../../python/reading/parser.ts';
import { ModelNames } from '../../sqlalchemy/model-names.ts';
import { type ModuleView, viewOf, viewReplacing } from '../../sqlalchemy/module-view.ts';
import type { SourceFile, SqlAlchemyProject } from '../../sqlalchemy/project.ts';
import { readProjectIn } from '../../sqlalchemy/read-project.ts';
import { missingModules, surfaceOf } from '../model-parts.ts';
import { createPackageDeclarations, type PackageDeclarations } from './package-declarations.ts';
import { parseFile } from './parse-file.ts';
import { constantModules, mentionsUs, type SourceOutline } from './select-sources.ts';
import type { SourceTexts, TextChanges } from './source-texts.ts';
import { searchFor, type WordSet } from './word-set.ts';

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

/** How many modules away a constant is still looked for. */
const CONSTANTS_LIMIT = 3;

export interface ProjectSurroundings {
  readonly roots: readonly string[];
  readonly packages: WorkspacePackages;
}

interface Source extends SourceOutline {
  readonly path: string;
  readonly name: string;
}

type SourcesByImport = ReturnType<typeof filesByImport<Source>>;

/** The files chosen first, and with them those that use a model by name. */
interface Views {
  readonly first: ModuleView;
  readonly users: Users;
  readonly whole: ModuleView;
}

/** Files beside those chosen first that use a model by name. */
interface Users {
  readonly names: ReadonlySet<string>;
  readonly isUser: (words: WordSet) => boolean;
  readonly paths: ReadonlySet<string>;
}

export class ProjectReader {
  readonly #parser: PythonParser;
  readonly #packages: PackageDeclarations;
  readonly #texts: SourceTexts;
  readonly #keptFacts: number | undefined;
  readonly #parsed = new Map<string, SourceFile>();
  /** Until they are read: not linked yet, and without the names of their modules. */
  readonly #parsedAhead = new Map<string, SourceFile>();
  #moduleNames: ReadonlyMap<string, string> = new Map();
  /** In the order of their paths. */
  #sources = new Map<string, Source>();
  #modelNames: ModelNames | null = null;
  #views: Views | null = null;
  #project: SqlAlchemyProject | undefined;

  /** `keptFacts`: see `ProjectOptions`. */
  constructor(parser: PythonParser, texts: SourceTexts, keptFacts?: number) {
    this.#parser = parser;
    this.#packages = createPackageDeclarations(parser);
    this.#texts = texts;
    this.#keptFacts = keptFacts;
  }

  /**
   * Parses a file that the next `read` is sure to need. Who does this as the files come from the disk lets others have
   * their turn between them; `read` parses all that is left at once.
   */
  parseAhead(path: string): void {
    if (this.#texts.isOpen(path) || !this.#texts.outlineOf(path).mentionsUs) return;
    const text = this.#texts.textOf(path) ?? '';
    this.#parsedAhead.set(path, parseFile(this.#parser, { path, name: '', text }));
  }

  read(
    paths: readonly string[],
    { roots, packages }: ProjectSurroundings,
    changes: TextChanges,
  ): SqlAlchemyProject {
    if (changes.layout) this.#moduleNames = nameModules(paths, roots);
    this.#readSources(paths, changes);
    const first = this.#firstView(changes);
    const users = this.#usersBeside(first, changes);
    const whole = this.#wholeView(first, users, changes);
    this.#views = { first, users, whole };
    this.#project = readProjectIn(whole, {
      packages,
      previous: this.#project,
      keptFacts: this.#keptFacts,
    });
    this.#forgetExcept(this.#project.files);
    this.#parsedAhead.clear();
    return this.#project;
  }

  /** All but those that use a model by name: files that mention us, and what these need to be understood. */
  #firstView(changes: TextChanges): ModuleView {
    const before = this.#views?.first ?? null;
    const replaced = before && this.#replacedIn(before, changes);
    if (before && replaced) return viewReplacing(before, replaced);
    const own = this.#chooseAnew([...this.#sources.values()]);
    const names = new Set([...this.#sources.values()].map(({ name }) => name));
    return viewFollowing(before, [...own, ...this.#packages.of(own, module => names.has(module))]);
  }

  /** Null where a change may lead to other files. */
  #replacedIn({ byPath }: ModuleView, { layout, paths }: TextChanges): readonly SourceFile[] | null {
    if (layout) return null;
    const replaced: SourceFile[] = [];
    for (const path of paths) {
      const source = this.#sources.get(path);
      const before = byPath.get(path);
      if (before === undefined && source?.mentionsUs) return null;
      if (before === undefined || source === undefined) continue;
      const file = this.#parse(source);
      if (!this.#leadsAsBefore(before, file)) return null;
      replaced.push(file);
    }
    return replaced;
  }

  #usersBeside(first: ModuleView, { layout, paths }: TextChanges): Users {
    if (this.#modelNames === null) this.#modelNames = new ModelNames(first);
    else this.#modelNames.moveTo(first);
    const { names } = this.#modelNames;
    const before = this.#views;
    const isUser = before?.users.names === names ? before.users.isUser : searchFor(names);
    const isSameChoice =
      !layout && before?.users.names === names && before.first.byPath.keysApart(first.byPath) !== null;
    const uses = (source: Source) => !first.byPath.has(source.path) && isUser(source.words);
    if (isSameChoice) {
      const changed = [...paths].flatMap(path => this.#sources.get(path) ?? []);
      if (changed.every(source => uses(source) === before.users.paths.has(source.path))) return before.users;
    }
    const users = [...this.#sources.values()].filter(uses);
    return { names, isUser, paths: new Set(users.map(({ path }) => path)) };
  }

  #wholeView(first: ModuleView, users: Users, changes: TextChanges): ModuleView {
    if (users.paths.size === 0) return first;
    const before = this.#views;
    const apart = before?.users === users ? before.first.byPath.keysApart(first.byPath) : null;
    const parsed = (path: string) => {
      const source = this.#sources.get(path);
      return source === undefined ? [] : [this.#parse(source)];
    };
    if (before && apart) {
      const edited = [...changes.paths].filter(path => users.paths.has(path)).flatMap(parsed);
      const others = [...apart].flatMap(path => first.byPath.get(path) ?? []);
      return viewReplacing(before.whole, [...others, ...edited]);
    }
    const files = [...first.byPath.values(), ...[...users.paths].flatMap(parsed)];
    return viewFollowing(before?.whole ?? null, files);
  }

  #leadsAsBefore(before: SourceFile, file: SourceFile): boolean {
    return (
      mentionsUs(before.path, before.text) === mentionsUs(file.path, file.text) &&
      surfaceOf(before) === surfaceOf(file) &&
      this.#packages.areAlike(before, file) &&
      constantModules(before).join() === constantModules(file).join()
    );
  }

  #chooseAnew(sources: readonly Source[]): readonly SourceFile[] {
    const first = sources.filter(source => source.mentionsUs).map(source => this.#parse(source));
    const named = filesByImport(sources);
    return this.#withModelParts(this.#withConstants(first, named), named);
  }

  /** Constants may be made of others, those of yet another module: one round for each. */
  #withConstants(files: readonly SourceFile[], named: SourcesByImport): readonly SourceFile[] {
    const chosen = new Map(files.map(file => [file.path, file]));
    let last = files;
    for (let round = 0; round < CONSTANTS_LIMIT && last.length > 0; round++) {
      const found = last.flatMap(file => constantModules(file).flatMap(name => named(name, file)));
      const unread = new Set(found.filter(({ path }) => !chosen.has(path)));
      last = [...unread].map(source => this.#parse(source));
      for (const file of last) chosen.set(file.path, file);
    }
    return [...chosen.values()];
  }

  /** Base classes may stand in modules of their own, which name no library of ours either: one round a generation. */
  #withModelParts(files: readonly SourceFile[], named: SourcesByImport): readonly SourceFile[] {
    const added = new Set<SourceFile>();
    for (let round = 0; round < GENERATION_LIMIT; round++) {
      const all = [...files, ...added];
      const known = new Set(all.map(file => file.path));
      const missing = missingModules(all, added, externalModules);
      const found = missing.flatMap(({ name, importer }) => named(name, importer));
      const unread = new Set(found.filter(({ path }) => !known.has(path)));
      if (unread.size === 0) break;
      for (const source of unread) added.add(this.#parse(source));
    }
    return [...files, ...added];
  }

  #readSources(paths: readonly string[], changes: TextChanges): void {
    for (const path of changes.paths) this.#parsed.delete(path);
    if (!changes.layout) {
      for (const path of changes.paths) {
        const known = this.#sources.get(path);
        if (known) this.#sources.set(path, this.#readSource(path, known.name));
      }
      return;
    }
    const sources = paths.map(path => {
      const name = this.#moduleNames.get(path) ?? '';
      const known = this.#sources.get(path);
      return known?.name === name && !changes.paths.has(path) ? known : this.#readSource(path, name);
    });
    this.#sources = new Map(sources.map(source => [source.path, source]));
  }

  #readSource(path: string, name: string): Source {
    return { path, name, ...this.#texts.outlineOf(path) };
  }

  #parse({ path, name }: Source): SourceFile {
    const known = this.#parsed.get(path);
    if (known?.name === name) return known;
    const text = this.#texts.textOf(path) ?? '';
    const isOpen = this.#texts.isOpen(path);
    const ahead = isOpen ? undefined : this.#parsedAhead.get(path);
    const file =
      ahead?.text === text ? { ...ahead, name } : parseFile(this.#parser, { path, name, text }, isOpen);
    this.#parsed.set(path, file);
    return file;
  }

  #forgetExcept(files: ReadonlyMap<string, SourceFile>): void {
    if (this.#parsed.size === files.size) return;
    for (const path of this.#parsed.keys()) if (!files.has(path)) this.#parsed.delete(path);
  }
}

/** A view of the files, which shares with the one before what it can. */
function viewFollowing(before: ModuleView | null, files: readonly SourceFile[]): ModuleView {
  const replaced = before && replacedIn([...before.byPath.values()], files);
  return before && replaced
    ? viewReplacing(before, replaced)
    : viewOf(files, createModuleTable(files, { external: externalModules }));
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
