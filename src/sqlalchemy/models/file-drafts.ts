/**
 * The drafts of all files, each file's kept until something that it was read from changes. In two steps: what a file
 * declares by itself, then its classes, which may be added to by other files (`User.orders = relationship(…)`).
 */
import { keepSameItems } from '../../base/keep-equal.ts';
import { lastName } from '../../python/last-name.ts';
import type { Expression } from '../../python/syntax.ts';
import { FileReadings } from '../file-readings.ts';
import type { ModuleView } from '../module-view.ts';
import type { SourceFile } from '../project.ts';
import { referenceOf } from '../reading/reference.ts';
import { type NameResolver, type Site, siteOf } from '../reading/site.ts';
import type { RecordedModules } from '../recorded-modules.ts';
import type { BodyMember } from './class-body.ts';
import { createHierarchy, type Hierarchy } from './class-hierarchy.ts';
import type { ClassNode } from './class-node.ts';
import { declarationsOf } from './declarations.ts';
import type { ModelDraft } from './drafts.ts';
import { historyHookOf, withHistory } from './history-tables.ts';
import { withLateIndexes } from './late-indexes.ts';
import { createMadeClasses } from './made-classes.ts';
import { readBareTables } from './read-bare-table.ts';
import { type LateMember, type LateMembers, readClass } from './read-class.ts';
import { readImperative } from './read-imperative.ts';

interface Declared {
  readonly modules: RecordedModules;
  readonly tables: readonly ModelDraft[];
  readonly late: readonly { readonly owner: string; readonly member: LateMember }[];
}

interface Mapped<Kept> {
  readonly modules: RecordedModules;
  /** What other files said when it was asked for. */
  readonly added: ReadonlyMap<string, readonly LateMember[]>;
  readonly tables: ReadonlyMap<string, ModelDraft | undefined>;
  readonly classes: readonly Kept[];
  readonly imperative: readonly Kept[];
}

/** Has a lifetime: it goes on with each version of a project. */
export class FileDrafts<Kept> {
  readonly #declared: FileReadings<Declared>;
  readonly #mapped: FileReadings<Mapped<Kept>>;
  readonly #keep: (draft: ModelDraft) => Kept;
  #others: Others;
  #drafts: readonly Kept[];

  /** `keep`: what is wanted of a draft, all of which takes more memory than its code. */
  constructor(view: ModuleView, keep: (draft: ModelDraft) => Kept) {
    this.#keep = keep;
    this.#declared = new FileReadings(view, declaredIn);
    this.#others = othersOf(this.#declared);
    this.#mapped = new FileReadings(view, (file, record) => {
      const { classes, imperative, ...asked } = mappedIn(file, record(), this.#others);
      return { ...asked, classes: classes.map(keep), imperative: imperative.map(keep) };
    });
    this.#drafts = this.#together();
  }

  /**
   * Bare tables, classes, imperative mappings: each kind in the order of the files, of the version that it went on to last.
   * The same list for as long as it holds the same.
   */
  get drafts(): readonly Kept[] {
    return this.#drafts;
  }

  moveTo(view: ModuleView): void {
    const declared = this.#declared.moveTo(view);
    const areOthers =
      declared.reordered || declared.reread.some(each => declares(each.before) || declares(each.now));
    if (areOthers) this.#others = othersOf(this.#declared);
    const mapped = this.#mapped.moveTo(
      view,
      areOthers ? known => othersAgree(known, this.#others) : undefined,
    );
    const isSame = !areOthers && !mapped.reread.some(each => maps(each.before) || maps(each.now));
    if (!isSame) this.#drafts = keepSameItems(this.#drafts, this.#together());
  }

  #together(): readonly Kept[] {
    const mapped = [...this.#mapped.values()];
    return [
      ...[...this.#declared.values()].flatMap(each => each.tables.map(this.#keep)),
      ...mapped.flatMap(each => each.classes),
      ...mapped.flatMap(each => each.imperative),
    ];
  }
}

function declares(reading: Declared | undefined): boolean {
  return reading !== undefined && reading.tables.length + reading.late.length > 0;
}

function maps(reading: Mapped<unknown> | undefined): boolean {
  return reading !== undefined && reading.classes.length + reading.imperative.length > 0;
}

function declaredIn(file: SourceFile, record: () => RecordedModules): Declared {
  const modules = record();
  const site = siteOf(file, modules.names);
  const late = declarationsOf(file).late.flatMap(({ owner, member }) => {
    const qualifiedName = classNamed(owner, member, site);
    return qualifiedName === null ? [] : [{ owner: qualifiedName, member: { member, site } }];
  });
  const tables = withLateIndexes(readBareTables(file, modules.names), declarationsOf(file).indexes, site);
  return { modules, tables, late };
}

/** Of a class that a call made, which its variable names, what can be nothing but a mapping counts. */
function classNamed(owner: Expression, { value }: BodyMember, site: Site): string | null {
  const reference = referenceOf(owner, site);
  if (reference.kind === 'class') return reference.qualifiedName;
  if (reference.kind !== 'variable' || value?.kind !== 'call') return null;
  return lastName(value.function) === 'relationship' ? reference.qualifiedName : null;
}

interface Others {
  readonly late: LateMembers;
  readonly tables: Pick<ReadonlyMap<string, ModelDraft>, 'get'>;
}

function mappedIn(file: SourceFile, modules: RecordedModules, others: Others): Mapped<ModelDraft> {
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
): Pick<Mapped<ModelDraft>, 'classes' | 'imperative'> {
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

function othersAgree(known: Mapped<unknown>, others: Others): boolean {
  for (const [owner, members] of known.added) {
    const now = others.late.get(owner) ?? [];
    if (keepSameItems(members, now) !== members) return false;
  }
  for (const [name, table] of known.tables) if (others.tables.get(name) !== table) return false;
  return true;
}

function othersOf(readings: FileReadings<Declared>): Others {
  const declared = [...readings.values()];
  return { late: lateMembers(declared), tables: tablesByName(declared) };
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
