/**
 * Digests of the code of a workspace, file by file and part by part. After an edit those of the replaced files alone are read:
 * the maps share the others with those before.
 */
import { firstPart } from '../../base/dotted-name.ts';
import { keysApart, ReplacedMap } from '../../base/replaced-map.ts';
import { partsOf, surfaceOf } from '../../sqlalchemy/file-parts.ts';
import type { SourceFile } from '../../sqlalchemy/project.ts';
import type { WorkspaceSnapshot } from '../../workspace/snapshot.ts';
import type { SurfaceDigests } from './surface-digests.ts';

export interface DigestedCode {
  /** Of the texts of Python and SQL, by path. */
  readonly texts: ReadonlyMap<string, string>;
  /** Of what names lead to in Python files, by path. */
  readonly surfaces: ReadonlyMap<string, SurfaceDigests>;
  /** Of the code that binds names in Python files, by path and name. */
  readonly parts: ReadonlyMap<string, ReadonlyMap<string, string>>;
  /** Names of the top-level packages and modules, sorted. */
  readonly packages: readonly string[];
}

interface ReadCode extends DigestedCode {
  readonly texts: ReplacedMap<string, string>;
  readonly surfaces: ReplacedMap<string, SurfaceDigests>;
  readonly parts: ReplacedMap<string, ReadonlyMap<string, string>>;
}

interface LastRead {
  readonly files: ReadonlyMap<string, SourceFile>;
  readonly sqlFiles: readonly string[];
  readonly code: ReadCode;
}

type KnownDigests = Omit<DigestedCode, 'packages'>;

/** Of versions of one workspace, one after another. */
export class CodeDigests {
  readonly #digest: (text: string) => string;
  readonly #digestOf: (path: string) => string | undefined;
  readonly #texts = new Map<string, { readonly text: string; readonly digest: string }>();
  readonly #surfaces = new WeakMap<SourceFile, SurfaceDigests>();
  readonly #parts = new WeakMap<SourceFile, ReadonlyMap<string, string>>();
  #last: LastRead | null = null;

  constructor(digest: (text: string) => string, digestOf: (path: string) => string | undefined) {
    this.#digest = digest;
    this.#digestOf = digestOf;
  }

  /** `before`: what is known of another version, of which that of unchanged texts is taken. */
  read(workspace: WorkspaceSnapshot, before: KnownDigests | null): DigestedCode {
    const code = this.#goOn(workspace, before) ?? this.#readAll(workspace, before);
    this.#last = { files: workspace.project.files, sqlFiles: workspace.sqlFiles, code };
    return code;
  }

  /** Null where files came or went. */
  #goOn(workspace: WorkspaceSnapshot, before: KnownDigests | null): ReadCode | null {
    const last = this.#last;
    const { project, sqlFiles } = workspace;
    if (last === null || last.sqlFiles !== sqlFiles) return null;
    const apart = keysApart(last.files, project.files);
    if (apart === null) return null;
    const files = [...apart].flatMap(path => project.files.get(path) ?? []);
    const { texts, surfaces, parts, packages } = last.code;
    const sql = this.#ofSql(workspace).filter(([path, digest]) => texts.get(path) !== digest);
    const own = this.#ofFiles(files, before);
    return {
      texts: texts.replacing([...own.texts, ...sql]),
      surfaces: surfaces.replacing(own.surfaces),
      parts: parts.replacing(own.parts),
      packages,
    };
  }

  #readAll(workspace: WorkspaceSnapshot, before: KnownDigests | null): ReadCode {
    const files = [...workspace.project.files.values()];
    const { texts, surfaces, parts } = this.#ofFiles(files, before);
    return {
      texts: new ReplacedMap(new Map([...texts, ...this.#ofSql(workspace)])),
      surfaces: new ReplacedMap(new Map(surfaces)),
      parts: new ReplacedMap(new Map(parts)),
      packages: [...new Set(files.map(({ name }) => firstPart(name)))].sort(),
    };
  }

  #ofSql({ sqlFiles, textOf }: WorkspaceSnapshot): readonly (readonly [path: string, digest: string])[] {
    return sqlFiles.map(path => [path, this.ofText(path, textOf(path))]);
  }

  #ofFiles(files: readonly SourceFile[], before: KnownDigests | null) {
    const texts = new Map(files.map(({ path, text }) => [path, this.ofText(path, text)]));
    for (const file of files) this.#takeOver(file, texts, before);
    return {
      texts,
      surfaces: files.map(file => [file.path, this.#ofSurface(file)] as const),
      parts: files.map(file => [file.path, this.#ofParts(file)] as const),
    };
  }

  ofText(path: string, text = ''): string {
    const known = this.#texts.get(path);
    if (known?.text === text) return known.digest;
    const digest = (known === undefined ? this.#digestOf(path) : undefined) ?? this.#digest(text);
    this.#texts.set(path, { text, digest });
    return digest;
  }

  /** All of a file by itself follows from its text and the name of its module. */
  #takeOver(file: SourceFile, texts: ReadonlyMap<string, string>, before: KnownDigests | null): void {
    const { path, name } = file;
    if (this.#surfaces.has(file) || before?.texts.get(path) !== texts.get(path)) return;
    const [surface, parts] = [before?.surfaces.get(path), before?.parts.get(path)];
    if (surface?.module !== name || parts === undefined) return;
    this.#surfaces.set(file, surface);
    this.#parts.set(file, parts);
  }

  #ofSurface(file: SourceFile): SurfaceDigests {
    const known = this.#surfaces.get(file);
    if (known !== undefined) return known;
    const { shared, bindings } = surfaceOf(file);
    const digests = {
      module: file.name,
      shared: this.#ofPart(shared),
      bindings: bindings.map(({ name, text }) => [name, this.#ofPart(text)] as const),
    };
    this.#surfaces.set(file, digests);
    return digests;
  }

  #ofParts(file: SourceFile): ReadonlyMap<string, string> {
    const known = this.#parts.get(file);
    if (known !== undefined) return known;
    const digests = new Map([...partsOf(file)].map(([name, code]) => [name, this.#ofPart(code)]));
    this.#parts.set(file, digests);
    return digests;
  }

  #ofPart(text: string): string {
    return this.#digest(text).slice(0, partDigits);
  }
}

/**
 * There are ten times as many as files, and each is held against the one before alone. A slice that is longer would keep
 * the whole digest in memory.
 */
const partDigits = 12;
