/** The drafts of a whole workspace, seen together: lines of inheritance, tables, classes by the names that strings use. */
import { lastPart } from '../../base/dotted-name.ts';
import { groupBy } from '../../base/group-by.ts';
import type { ColumnDraft, ModelDraft } from './drafts.ts';
import { createTableRegistry, type TableEntry, type TableRegistry } from './table-registry.ts';

export interface Linking {
  /** By qualified name. */
  readonly drafts: ReadonlyMap<string, ModelDraft>;
  readonly registry: TableRegistry;
  /** The class and its mapped ancestors, nearest first. */
  lineOf(qualifiedName: string): readonly ModelDraft[];
  /** Direct mapped subclasses, in the order of the drafts. */
  subclassesOf(qualifiedName: string): readonly ModelDraft[];
  /** The table that a class's own columns are in: its parent's in single-table inheritance. */
  entryOf(qualifiedName: string): TableEntry | null;
  /** The column behind a mapped attribute, inherited ones included, or of a bare table. */
  columnOf(
    qualifiedName: string,
    attribute: string,
  ): { readonly entry: TableEntry; readonly column: string } | null;
  /** The class that a string names in a relationship of another: by name within one base, or by dotted path. */
  modelNamed(text: string, from: ModelDraft): ModelDraft | null;
}

export function createLinking(given: readonly ModelDraft[]): Linking {
  const drafts = new Map(given.map(draft => [draft.qualifiedName, draft]));
  const lineOf = (qualifiedName: string) => lineIn(qualifiedName, drafts);
  const ownerOf = (qualifiedName: string) => tableOwner(lineOf(qualifiedName));
  const entryOf = (qualifiedName: string): TableEntry | null => {
    const owner = ownerOf(qualifiedName);
    return owner === null ? null : registry.entryOf(owner);
  };
  const columnOf: Linking['columnOf'] = (qualifiedName, attribute) => {
    for (const draft of lineOf(qualifiedName)) {
      const entry = entryOf(draft.qualifiedName);
      const found = [...draft.attributes, ...(entry?.columns ?? [])].find(({ name }) => name === attribute);
      if (entry && found?.kind === 'column') return { entry, column: found.column };
    }
    return null;
  };
  const registry = createTableRegistry(tableEntries([...drafts.values()], ownerOf), columnOf);
  const byParent = groupBy(drafts.values(), ({ parent }) => parent ?? []);
  const byName = groupBy(given, ({ kind, name }) => (kind === 'table' ? [] : name));
  return {
    drafts,
    registry,
    lineOf,
    subclassesOf: qualifiedName => byParent.get(qualifiedName) ?? [],
    entryOf,
    columnOf,
    modelNamed: (text, from) => findModel(text, from, byName),
  };
}

function lineIn(qualifiedName: string, drafts: ReadonlyMap<string, ModelDraft>): readonly ModelDraft[] {
  const line: ModelDraft[] = [];
  let draft = drafts.get(qualifiedName);
  while (draft && !line.includes(draft)) {
    line.push(draft);
    draft = draft.parent === null ? undefined : drafts.get(draft.parent);
  }
  return line;
}

/** The class or variable whose table the first class of a line is mapped to; null where that is not known. */
function tableOwner(line: readonly ModelDraft[]): string | null {
  for (const draft of line) {
    if (draft.table) return draft.qualifiedName;
    if (draft.tableVariable !== null) return draft.tableVariable;
    if (draft.style !== 'single') return null;
  }
  return null;
}

/** Columns of single-table subclasses are appended to the parent's table. */
function tableEntries(
  drafts: readonly ModelDraft[],
  ownerOf: (name: string) => string | null,
): readonly TableEntry[] {
  const entries = new Map<string, TableEntry>();
  for (const { qualifiedName, table } of drafts) {
    if (table) entries.set(qualifiedName, { owner: qualifiedName, draft: table, columns: table.columns });
  }
  for (const draft of drafts) {
    const entry = draft.columns.length === 0 ? undefined : entries.get(ownerOf(draft.qualifiedName) ?? '');
    if (!entry) continue;
    const added = draft.columns.filter(column => existingColumn(column, entry.columns) === null);
    entries.set(entry.owner, { ...entry, columns: [...entry.columns, ...added] });
  }
  return [...entries.values()];
}

/** What `use_existing_column=True` finds: a column of the same name that its table has already. */
export function existingColumn(column: ColumnDraft, columns: readonly ColumnDraft[]): ColumnDraft | null {
  if (!column.useExisting) return null;
  return columns.find(each => each !== column && each.column === column.column) ?? null;
}

function findModel(
  text: string,
  from: ModelDraft,
  byName: ReadonlyMap<string, readonly ModelDraft[]>,
): ModelDraft | null {
  const named = byName.get(lastPart(text)) ?? [];
  const fitting = text.includes('.')
    ? named.filter(({ qualifiedName }) => `.${qualifiedName}`.endsWith(`.${text}`))
    : named;
  const sameBase = fitting.filter(({ base }) => base === from.base);
  // Two bases that are known have a registry each: a class of the other one is not what the name means.
  const unsure = fitting.filter(({ base }) => base === null || from.base === null);
  const candidates = sameBase.length > 0 ? sameBase : unsure;
  return candidates.length === 1 ? (candidates[0] ?? null) : null;
}
