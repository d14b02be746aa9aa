/** All files of a project at one time, and what became of them from one time to the next. */
import { ReplacedMap } from '../base/replaced-map.ts';
import { surfaceOf } from '../python/modules/module-surface.ts';
import type { ModuleTable } from '../python/modules/modules.ts';
import type { SourceFile } from './project.ts';

export interface ModuleView {
  readonly table: ModuleTable;
  /** By module name. */
  readonly files: ReplacedMap<string, SourceFile>;
  /** In the order of the project. */
  readonly byPath: ReplacedMap<string, SourceFile>;
}

/** What became of the modules between two views. */
export interface ModuleChange {
  readonly view: ModuleView;
  /** Names of the modules of the view before that are not the same in this one. */
  readonly replaced: ReadonlySet<string>;
  /** Of those the ones whose names do not all lead where they led. */
  readonly resurfaced: ReadonlySet<string>;
  /** Whether the same paths bear the same names: then an import leads to the path that it led to before. */
  readonly sameNames: boolean;
}

/** Paths of the replaced modules that are there still. */
export function replacedPaths({ view, replaced }: ModuleChange): readonly string[] {
  return [...replaced].flatMap(name => view.files.get(name)?.path ?? []);
}

/** Stands for a file in what was read with it: the file itself would be kept with all of its tree. */
export interface FileStamp {
  readonly path: string;
  /** The same for as long as names lead through the file as they did. */
  readonly surface: SurfaceStamp;
}

export interface SurfaceStamp {
  readonly path: string;
}

/** The table is made of the files. */
export function viewOf(files: readonly SourceFile[], table: ModuleTable): ModuleView {
  return {
    table,
    files: new ReplacedMap(new Map(files.map(file => [file.name, file]))),
    byPath: new ReplacedMap(new Map(files.map(file => [file.path, file]))),
  };
}

/** With other files in place of those of the same paths and names. */
export function viewReplacing(view: ModuleView, replaced: readonly SourceFile[]): ModuleView {
  if (replaced.length === 0) return view;
  const { table, files, byPath } = view;
  return {
    table: table.replacing(replaced),
    files: files.replacing(replaced.map(file => [file.name, file])),
    byPath: byPath.replacing(replaced.map(file => [file.path, file])),
  };
}

interface KnownChange {
  /** Weak, or each view would keep all views before it. */
  readonly before: WeakRef<ModuleView>;
  readonly change: ModuleChange | null;
}

/** What led to a view from the one before it, which several readings ask for. */
const changes = new WeakMap<ModuleView, KnownChange>();

/** Null where nothing changed. */
export function changeBetween(before: ModuleView, view: ModuleView): ModuleChange | null {
  if (before === view) return null;
  const known = changes.get(view);
  if (known?.before.deref() === before) return known.change;
  const change = compareViews(before, view);
  changes.set(view, { before: new WeakRef(before), change });
  return change;
}

function compareViews(before: ModuleView, view: ModuleView): ModuleChange | null {
  const replaced = new Set<string>();
  const resurfaced = new Set<string>();
  let sameNames = before.files.size === view.files.size;
  for (const name of before.files.keysApart(view.files) ?? before.files.keys()) {
    const [file, now] = [before.files.get(name), view.files.get(name)];
    if (file === undefined || now === file) continue;
    replaced.add(name);
    sameNames &&= now?.path === file.path;
    if (now === undefined || !followStamp(file, now)) resurfaced.add(name);
  }
  return replaced.size === 0 && sameNames ? null : { view, replaced, resurfaced, sameNames };
}

const stamps = new WeakMap<SourceFile, FileStamp>();

/** The same stamp for the same file. */
export function stampOf(file: SourceFile): FileStamp {
  const known = stamps.get(file);
  if (known) return known;
  const { path } = file;
  const stamp = { path, surface: { path } };
  stamps.set(file, stamp);
  return stamp;
}

/** Whether names lead through the file as through the one that stood in its place: then both have one surface. */
function followStamp(before: SourceFile, now: SourceFile): boolean {
  const isAlike = before.path === now.path && surfaceOf(before.symbols) === surfaceOf(now.symbols);
  if (!stamps.has(now)) {
    const { path } = now;
    stamps.set(now, { path, surface: isAlike ? stampOf(before).surface : { path } });
  }
  return stampOf(before).surface === stampOf(now).surface;
}
