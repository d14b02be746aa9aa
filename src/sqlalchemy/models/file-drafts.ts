/**
 * The drafts of all files, each file's kept until something that it was read from changes. In two steps: what a file
 * declares by itself, then its classes, which may be added to by other files (`User.orders = relationship(…)`).
 */
import { keepSameItems } from '../../base/keep-equal.ts';
import type { Expression } from '../../python/syntax.ts';
import type { SourceFile } from '../project.ts';
import { referenceOf } from '../reading/reference.ts';
import { type NameResolver, type Site, siteOf } from '../reading/site.ts';
import {
  changeBetween,
  type ModuleChange,
  type ModuleView,
  type RecordedModules,
  recordModules,
} from '../recorded-modules.ts';
import { type ClassNode, createHierarchy, type Hierarchy } from './class-hierarchy.ts';
import { declarationsOf } from './declarations.ts';
import type { ModelDraft } from './drafts.ts';
import { historyHookOf, withHistory } from './history-tables.ts';
import { withLateIndexes } from './late-indexes.ts';
import { createMadeClasses } from './made-classes.ts';
import { readBareTables } from './read-bare-table.ts';
import { type LateMember, type LateMembers, readClass } from './read-class.ts';
import { readImperative } from './read-imperative.ts';

export interface DraftedModels {
  readonly view: ModuleView;
  /** Bare tables, classes, imperative mappings: each kind in the order of the files. */
  readonly drafts: readonly ModelDraft[];
  readonly readings: ReadonlyMap<string, FileReading>;
  readonly declared: readonly Declared[];
  readonly mapped: readonly Mapped[];
  readonly others: Others;
}

/** One file's part, by its path. */
interface FileReading {
  readonly file: SourceFile;
  readonly declared: Declared;
  readonly mapped: Mapped;
}

interface Declared {
  readonly modules: RecordedModules;
  readonly tables: readonly ModelDraft[];
  readonly late: readonly { readonly owner: string; readonly member: LateMember }[];
}

interface Mapped {
  readonly modules: RecordedModules;
  /** What other files said when it was asked for. */
  readonly added: ReadonlyMap<string, readonly LateMember[]>;
  readonly tables: ReadonlyMap<string, ModelDraft | undefined>;
  readonly classes: readonly ModelDraft[];
  readonly imperative: readonly ModelDraft[];
}

/** Those that went on as another version: what is kept of them answers from that version's modules. */
const continuedOnce = new WeakSet<DraftedModels>();

/** What is kept of `previous` belongs to the new version: continued a second time, nothing of it is kept. */
export function readDrafts(
  files: readonly SourceFile[],
  view: ModuleView,
  previous?: DraftedModels,
): DraftedModels {
  const continued = continuing(previous, view);
  const declared = keepSameItems(
    previous?.declared,
    files.map(file => declaredIn(file, view, continued)),
  );
  const others: Others =
    previous?.declared === declared
      ? previous.others
      : { late: lateMembers(declared), tables: tablesByName(declared) };
  const mapped = keepSameItems(
    previous?.mapped,
    files.map(file => mappedIn(file, view, others, continued)),
  );
  if (previous?.declared === declared && previous.mapped === mapped) return { ...previous, view };
  const drafts = [
    ...declared.flatMap(each => each.tables),
    ...mapped.flatMap(each => each.classes),
    ...mapped.flatMap(each => each.imperative),
  ];
  const readings = new Map(
    files.map((file, index) => [
      file.path,
      { file, declared: declared[index] as Declared, mapped: mapped[index] as Mapped },
    ]),
  );
  return {
    view,
    drafts: keepSameItems(previous?.drafts, drafts),
    readings,
    declared,
    mapped,
    others,
  };
}

interface Continued {
  readonly previous: DraftedModels;
  readonly change: ModuleChange | null;
}

function continuing(previous: DraftedModels | undefined, view: ModuleView): Continued | null {
  if (previous === undefined || continuedOnce.has(previous)) return null;
  continuedOnce.add(previous);
  return { previous, change: changeBetween(previous.view, view) };
}

function knownReading(file: SourceFile, continued: Continued | null): FileReading | null {
  const known = continued?.previous.readings.get(file.path);
  return known?.file === file ? known : null;
}

/** Recordings that still hold are asked by the linking too, which is to see the new view. */
function isKept(modules: RecordedModules, view: ModuleView, continued: Continued | null): boolean {
  if (!continued || (continued.change && !modules.holds(continued.change))) return false;
  modules.moveTo(view);
  return true;
}

function declaredIn(file: SourceFile, view: ModuleView, continued: Continued | null): Declared {
  const known = knownReading(file, continued)?.declared;
  if (known && isKept(known.modules, view, continued)) return known;
  const modules = recordModules(view);
  const site = siteOf(file, modules.names);
  const late = declarationsOf(file).late.flatMap(({ owner, member }) => {
    const qualifiedName = classNamed(owner, site);
    return qualifiedName === null ? [] : [{ owner: qualifiedName, member: { member, site } }];
  });
  const tables = withLateIndexes(readBareTables(file, modules.names), declarationsOf(file).indexes, site);
  return { modules, tables, late };
}

function classNamed(owner: Expression, site: Site): string | null {
  const reference = referenceOf(owner, site);
  return reference.kind === 'class' ? reference.qualifiedName : null;
}

interface Others {
  readonly late: LateMembers;
  readonly tables: Pick<ReadonlyMap<string, ModelDraft>, 'get'>;
}

function mappedIn(file: SourceFile, view: ModuleView, others: Others, continued: Continued | null): Mapped {
  const known = knownReading(file, continued)?.mapped;
  if (known && othersAgree(known, others) && isKept(known.modules, view, continued)) return known;
  const modules = recordModules(view);
  const added = new Map<string, readonly LateMember[]>();
  const tables = new Map<string, ModelDraft | undefined>();
  const asked: Others = {
    late: { get: owner => noted(added, owner, others.late.get(owner) ?? []) },
    tables: { get: name => noted(tables, name, others.tables.get(name)) },
  };
  const { classes, imperative } = readMapped(file, modules.names, asked);
  return { modules, added, tables, classes, imperative };
}

function noted<Answer>(answers: Map<string, Answer>, name: string, answer: Answer): Answer {
  answers.set(name, answer);
  return answer;
}

function readMapped(
  file: SourceFile,
  names: NameResolver,
  { late, tables }: Others,
): Pick<Mapped, 'classes' | 'imperative'> {
  const declarations = declarationsOf(file);
  const made = createMadeClasses(names);
  const hierarchy = createHierarchy(made.names, made);
  made.readFile(file);
  const classes: ModelDraft[] = [];
  const read = new Set<string>();
  const readAll = (nodes: Iterable<ClassNode>) => {
    for (const node of nodes) {
      if (read.has(node.qualifiedName)) continue;
      read.add(node.qualifiedName);
      const draft = readClass(node, hierarchy, made, late);
      if (draft) classes.push(...beside(draft, node, hierarchy));
    }
  };
  readAll(declarations.classes);
  // Grows while it is walked: a mixin of a class that is made may make others.
  readAll(made.classes.values());
  return {
    classes: withLateIndexes(classes, declarations.indexes, siteOf(file, names)),
    imperative: declarations.imperative
      .map(call => readImperative(call, siteOf(file, names), tables))
      .filter(draft => draft !== null),
  };
}

/** The class, and that of its history where a mixin makes one. */
function beside(draft: ModelDraft, node: ClassNode, hierarchy: Hierarchy): readonly ModelDraft[] {
  for (const each of hierarchy.ancestryOf(node).order) {
    const hook = historyHookOf(each, hierarchy.names);
    const made = hook && withHistory(draft, hook);
    if (made) return [made.model, made.history];
  }
  return [draft];
}

function othersAgree(known: Mapped, others: Others): boolean {
  for (const [owner, members] of known.added) {
    const now = others.late.get(owner) ?? [];
    if (keepSameItems(members, now) !== members) return false;
  }
  for (const [name, table] of known.tables) if (others.tables.get(name) !== table) return false;
  return true;
}

function lateMembers(declared: readonly Declared[]): ReadonlyMap<string, readonly LateMember[]> {
  const late = new Map<string, LateMember[]>();
  for (const { owner, member } of declared.flatMap(each => each.late)) {
    const members = late.get(owner);
    if (members) members.push(member);
    else late.set(owner, [member]);
  }
  return late;
}

function tablesByName(declared: readonly Declared[]): ReadonlyMap<string, ModelDraft> {
  return new Map(declared.flatMap(each => each.tables.map(draft => [draft.qualifiedName, draft] as const)));
}
