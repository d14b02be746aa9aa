/** Drafts of all files to models: inheritance applied, tables built, relationships and backrefs resolved. */

import { keepEqual, keepSameEntries } from '../../base/keep-equal.ts';
import { contains } from '../../base/range.ts';
import type { RelationshipJoin } from '../linked-project.ts';
import type { ColumnAttribute, Inheritance, MappedAttribute, Model } from '../model.ts';
import { type BuiltTable, buildTable, primaryKeyColumns } from './build-table.ts';
import type { AttributeDraft, ColumnDraft, ModelDraft } from './drafts.ts';
import { type LinkedRelationship, linkRelationships } from './link-relationships.ts';
import { createLinking, existingColumn, type Linking } from './linking.ts';
import { polymorphicMapping } from './polymorphic-mapping.ts';
import { type Relationships, shareJoins } from './share-joins.ts';
import type { TableEntry } from './table-registry.ts';

export interface LinkedModels {
  readonly models: ReadonlyMap<string, Model>;
  joinOf(model: Model, relationship: string): RelationshipJoin | null;
  /** By the qualified name of what declares them, and of the class that has them: for the next version to share. */
  readonly tables: ReadonlyMap<string, BuiltTable>;
  readonly relationships: Relationships;
}

/** Models, tables and joins that say the same as in `previous` are the same objects. */
export function linkModels(drafts: readonly ModelDraft[], previous?: LinkedModels): LinkedModels {
  const linking = createLinking(drafts);
  const relationships = shareJoins(linkRelationships(linking), previous?.relationships);
  const tables = new Map(
    linking.registry.entries.map(entry => [
      entry.owner,
      keepEqual(previous?.tables.get(entry.owner), buildTable(entry, linking.registry)),
    ]),
  );
  const models = new Map<string, Model>();
  for (const draft of linking.drafts.values()) {
    const model = modelOf(draft, linking, relationships, tables);
    models.set(draft.qualifiedName, keepEqual(previous?.models.get(draft.qualifiedName), model));
  }
  return {
    models: keepSameEntries(previous?.models, models),
    tables,
    relationships,
    joinOf(model, name) {
      for (const { qualifiedName } of linking.lineOf(model.qualifiedName)) {
        const named = relationships.get(qualifiedName)?.filter(({ attribute }) => attribute.name === name);
        const found = named?.find(({ reversed }) => reversed === isBackref(model, name)) ?? named?.[0];
        if (found) return found.join;
      }
      return null;
    },
  };
}

function isBackref({ attributes }: Model, name: string): boolean {
  return attributes.some(each => each.kind === 'relationship' && each.name === name && each.fromBackref);
}

function modelOf(
  draft: ModelDraft,
  linking: Linking,
  relationships: ReadonlyMap<string, readonly LinkedRelationship[]>,
  tables: ReadonlyMap<string, BuiltTable>,
): Model {
  const entry = linking.entryOf(draft.qualifiedName);
  const built = entry ? tables.get(entry.owner) : undefined;
  const line = linking.lineOf(draft.qualifiedName);
  const parent = draft.parent === null ? undefined : linking.drafts.get(draft.parent);
  return {
    name: draft.name,
    module: draft.module,
    qualifiedName: draft.qualifiedName,
    kind: draft.kind,
    location: draft.location,
    nameRange: draft.nameRange,
    base: draft.base,
    metadata: entry?.draft.metadata.owner ?? null,
    ...(entry && entry.draft.metadata.namingConvention.size > 0
      ? { namingConvention: Object.fromEntries(entry.draft.metadata.namingConvention) }
      : {}),
    bases: draft.bases,
    tableName: draft.table || draft.tableVariable !== null ? (entry?.draft.name ?? null) : null,
    schema: entry?.draft.schema ?? null,
    ...(draft.tableVariable === null ? {} : { tableVariable: draft.tableVariable }),
    attributes: attributesOf(draft, line, linking, relationships),
    table: built?.table ?? null,
    ...(built && built.enums.length + built.sequences.length > 0
      ? { requires: { enums: built.enums, sequences: built.sequences } }
      : {}),
    inherits: parent ? inheritanceOf(draft, parent) : null,
    ...polymorphicMapping(draft, line, linking),
    docstring: draft.docstring,
    incomplete:
      line.some(ancestor => ancestor.incomplete) || (draft.tableVariable !== null && entry === null),
  };
}

function inheritanceOf({ style, inheritCondition }: ModelDraft, parent: ModelDraft): Inheritance {
  const condition = inheritCondition === null ? {} : { condition: inheritCondition };
  return { parent: parent.qualifiedName, style, ...condition };
}

/** The class's own attributes, then those of its mapped ancestors that it does not override, each kind in its order. */
function attributesOf(
  draft: ModelDraft,
  line: readonly ModelDraft[],
  linking: Linking,
  relationships: ReadonlyMap<string, readonly LinkedRelationship[]>,
): readonly MappedAttribute[] {
  const byName = new Map<string, MappedAttribute>();
  for (const ancestor of line) {
    // A concrete subclass has a table of its own and shares no mapping with its parent.
    if (ancestor !== draft && draft.style === 'concrete') break;
    for (const attribute of ownAttributes(ancestor, linking, relationships)) {
      const before = byName.get(attribute.name);
      if (!before) byName.set(attribute.name, attribute);
    }
  }
  return [...byName.values()];
}

function ownAttributes(
  draft: ModelDraft,
  linking: Linking,
  relationships: ReadonlyMap<string, readonly LinkedRelationship[]>,
): readonly MappedAttribute[] {
  const entry = linking.entryOf(draft.qualifiedName);
  const related = relationships.get(draft.qualifiedName) ?? [];
  const backrefs = related.filter(({ reversed }) => reversed).map(({ attribute }) => attribute);
  const reversed = new Set(backrefs.map(({ name }) => name));
  const shared =
    draft.tableVariable !== null && draft.kind !== 'imperative' && entry
      ? entry.columns
      : entry?.draft === draft.table
        ? hiddenColumns(draft)
        : [];
  const columns = new Set(shared.map(({ name }) => name));
  const own = draft.attributes
    // A bare annotation on a plain class names what the mapping fills; a method of a mixin gives way to a column.
    // What is assigned to a class that a backref has given it already, SQLAlchemy refuses: such code is not run.
    .filter(attribute => {
      const isElsewhere = isInherited(attribute, draft);
      if (attribute.kind === 'relationship') return !(reversed.has(attribute.name) && isElsewhere);
      if (attribute.kind !== 'plain') return true;
      return !(reversed.has(attribute.name) || (columns.has(attribute.name) && isElsewhere));
    })
    .flatMap(attribute => finishAttribute(attribute, entry, linking, related));
  const known = new Set(own.map(({ name }) => name));
  const extra = shared
    .filter(column => !known.has(column.name))
    .map(column => columnAttribute(column, entry, linking));
  return [
    ...own.filter(isColumn),
    ...extra,
    ...own.filter(attribute => !isColumn(attribute)),
    ...backrefs.filter(({ name }) => !known.has(name)),
  ];
}

function isInherited({ location: { path, range } }: AttributeDraft, { location }: ModelDraft): boolean {
  return path !== location.path || !contains(location.range, range);
}

function isColumn(attribute: MappedAttribute): boolean {
  return attribute.kind === 'column';
}

/** Columns that a composite makes are mapped under their own names. */
function hiddenColumns(draft: ModelDraft): readonly ColumnDraft[] {
  return draft.table?.columns ?? [];
}

function finishAttribute(
  attribute: AttributeDraft,
  entry: TableEntry | null,
  linking: Linking,
  related: readonly LinkedRelationship[],
): readonly MappedAttribute[] {
  if (attribute.kind === 'column') return [columnAttribute(attribute, entry, linking)];
  if (attribute.kind !== 'relationship') return [attribute];
  const linked = related.find(
    candidate => !candidate.reversed && candidate.attribute.name === attribute.name,
  );
  return linked ? [linked.attribute] : [];
}

function columnAttribute(own: ColumnDraft, entry: TableEntry | null, linking: Linking): ColumnAttribute {
  const { name, location, nameRange, annotation } = own;
  const existing = entry ? existingColumn(own, entry.columns) : null;
  const column = existing ? { ...existing, name, location, nameRange, annotation } : own;
  const type = entry ? linking.registry.typeOf(column, entry) : column.type;
  const primaryKey = entry ? primaryKeyColumns(entry).includes(column.column) : column.primaryKey;
  return {
    kind: 'column',
    name: column.name,
    location: column.location,
    nameRange: column.nameRange,
    column: column.column,
    type: type?.text ?? null,
    sqlType: type?.sql ?? null,
    ...(type?.wraps === undefined ? {} : { wraps: type.wraps }),
    nullable: column.nullable && !primaryKey,
    ...(own.contradictsAnnotation && !primaryKey ? { contradictsAnnotation: true } : {}),
    primaryKey,
    unique: column.unique,
    index: column.index,
    default: column.default,
    onUpdate: column.onUpdate,
    serverDefault: column.serverDefault ? (column.serverDefault.sql ?? column.serverDefault.text) : null,
    ...(type?.enumClass ? { enumClass: type.enumClass } : {}),
    ...(type?.tracked ? { tracked: type.tracked } : {}),
    foreignKey: entry ? foreignKeyText(column, entry, linking) : null,
    annotation: column.annotation,
    ...(column.deferred === null ? {} : { deferred: column.deferred }),
    ...(column.sequence === null || column.sequence.optional ? {} : { sequence: column.sequence.name }),
    ...(column.omitted ? { omitted: true } : {}),
  };
}

function foreignKeyText(column: ColumnDraft, entry: TableEntry, linking: Linking): string | null {
  const constraint = entry.draft.constraints.find(
    candidate =>
      candidate.kind === 'foreign-key' &&
      candidate.columns.some(({ name, by }) => name === (by === 'key' ? column.column : column.name)),
  );
  const position =
    constraint?.kind === 'foreign-key'
      ? constraint.columns.findIndex(({ name }) => name === column.column || name === column.name)
      : -1;
  const target =
    column.foreignKeys[0]?.target ??
    (constraint?.kind === 'foreign-key' ? constraint.targets[position] : undefined);
  const found = target && linking.registry.resolve(target, column.column, entry);
  if (!found) return null;
  return `${found.schema === null ? '' : `${found.schema}.`}${found.table}.${found.column}`;
}
