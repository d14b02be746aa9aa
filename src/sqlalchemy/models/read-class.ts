/** A mapped class as a draft: members of the class, its mixins and abstract bases, in SQLAlchemy's order. */
import { docstringOf } from '../../python/docstring.ts';
import { lastName } from '../../python/last-name.ts';
import type { Expression, Statement } from '../../python/syntax.ts';
import { argumentsOf } from '../reading/arguments.ts';
import { classMember, customBase } from '../reading/class-members.ts';
import { libraryCallOf } from '../reading/library-call.ts';
import { referenceOf } from '../reading/reference.ts';
import {
  enterSite,
  localsOfClass,
  maximumDepth,
  type NameResolver,
  type Site,
  siteOf,
} from '../reading/site.ts';
import { emptyTypeMap, readTypeMap, type TypeMap } from '../types/python-types.ts';
import { argumentsOfClass } from './class-arguments.ts';
import { type BodyMember, classBody } from './class-body.ts';
import { type Ancestry, type Hierarchy, unseenBase } from './class-hierarchy.ts';
import type { BaseFact, ClassNode } from './class-node.ts';
import {
  type AttributeDraft,
  type ColumnDraft,
  defaultMetadata,
  type Metadata,
  type ModelDraft,
  type TableDraft,
} from './drafts.ts';
import { readFixedTable } from './fixed-table.ts';
import { historyHookOf } from './history-tables.ts';
import { inheritConditionOf } from './inherit-condition.ts';
import type { MadeClasses } from './made-classes.ts';
import { discriminatorAttribute, isConcrete, mapperArgumentsOf, polymorphicOf } from './mapper-arguments.ts';
import type { MemberContext } from './member-columns.ts';
import { type ReadMember, readMember } from './read-member.ts';
import { metadataOfClass, metadataOfVariable } from './read-metadata.ts';
import { readSqlModelMember } from './read-sqlmodel.ts';
import { noTableArguments, type TableArguments } from './read-table-arguments.ts';
import { tableNameOf } from './table-name.ts';

/** An attribute assigned after the class, as in `User.orders = relationship(…)`. */
export interface LateMember {
  readonly member: BodyMember;
  readonly site: Site;
}

/** By the qualified name of the class. */
export type LateMembers = Pick<ReadonlyMap<string, readonly LateMember[]>, 'get'>;

/** `depth`: how many copies of tables led to the class; they may lead back to it. */
export function readClass(
  node: ClassNode,
  hierarchy: Hierarchy,
  made: MadeClasses,
  late: LateMembers,
  depth = 0,
): ModelDraft | null {
  const ancestry = hierarchy.ancestryOf(node);
  const { base } = ancestry;
  if (!base || !ancestry.mapped) return null;
  const site = siteOf(node.file, hierarchy.names);
  const metadata = metadataOf(base, ancestry, site);
  const typeMap = typeMapOf(base, site);
  const [, ...ancestors] = ancestry.order;
  const parentIndex = ancestors.findIndex(ancestor => hierarchy.ancestryOf(ancestor).mapped);
  const parent = ancestors[parentIndex] ?? null;
  const sources = [node, ...unmappedSources(ancestors, hierarchy)];
  const members = collectMembers(
    node,
    sources,
    { metadata, typeMap, names: hierarchy.names, base, made },
    late.get(node.qualifiedName) ?? [],
  );
  const given = mapperArgumentsOf(node, ancestry, hierarchy);
  const told = discriminatorAttribute(given);
  const tableOf = (source: ClassNode): TableDraft | null =>
    depth < maximumDepth ? (readClass(source, hierarchy, made, late, depth + 1)?.table ?? null) : null;
  const fixed = readFixedTable(node, site, metadata, tableOf);
  const name = fixed ? null : tableNameOf(node, sources, ancestry, base, members.columns, site);
  const args =
    name === null || fixed
      ? noTableArguments
      : argumentsOfClass(node, sources, members.columns, hierarchy.names);
  const table =
    typeof name === 'string'
      ? ownTable(name, args, members, metadata, ancestry.unresolved || hasUnknownMapper(sources, hierarchy))
      : (fixed?.table ?? null);
  return {
    name: node.node.name.id,
    module: node.file.name,
    qualifiedName: node.qualifiedName,
    kind: base.door === 'sqlmodel' ? 'sqlmodel' : 'declarative',
    location: { path: node.file.path, range: { start: node.node.start, end: node.node.end } },
    nameRange: { start: node.node.name.start, end: node.node.name.end },
    base: base === unseenBase ? null : base.qualifiedName,
    bases: ancestors
      .map(ancestor => ancestor.qualifiedName)
      .filter(ancestor => ancestor !== base.qualifiedName),
    table,
    // With `__table__`, annotations only tell types: the columns are the table's.
    attributes: [
      ...(fixed ? members.attributes.filter(({ kind }) => kind !== 'column') : members.attributes),
      ...(told === null ? [] : [told]),
    ],
    parent: parent?.qualifiedName ?? null,
    style: isConcrete(given, ancestry) ? 'concrete' : name === null && !fixed ? 'single' : 'joined',
    inheritCondition: inheritConditionOf(given),
    polymorphic: polymorphicOf(given),
    columns: name === null && !fixed ? members.columns : [],
    tableVariable: fixed?.variable ?? null,
    docstring: docstringOf(node.node.body),
    incomplete: ancestry.unresolved || members.unknown || hasHooks(node),
  };
}

/** `AbstractConcreteBase` is mapped only after its subclasses, over all of them: to each it is a mixin. */
function isAbstractConcrete({ node }: ClassNode): boolean {
  return node.arguments.some(({ value }) => lastName(value) === 'AbstractConcreteBase');
}

/** Mixins and abstract bases of the class; those of a mapped parent belong to the parent already, unless shared. */
function unmappedSources(ancestors: readonly ClassNode[], hierarchy: Hierarchy): readonly ClassNode[] {
  const inherited = new Set<string>();
  for (const ancestor of ancestors) {
    const ancestry = hierarchy.ancestryOf(ancestor);
    if (ancestry.mapped && !isAbstractConcrete(ancestor))
      for (const above of ancestry.order) inherited.add(above.qualifiedName);
  }
  return ancestors.filter(ancestor => !inherited.has(ancestor.qualifiedName));
}

function metadataOf(base: BaseFact, ancestry: Ancestry, site: Site): Metadata {
  const own = ancestry.order.find(({ node: { body } }) =>
    body.some(statement => assigns(statement, 'metadata')),
  );
  if (own) return metadataOfClass(own.qualifiedName, site);
  if (base.variable)
    return metadataOfVariable(
      base.qualifiedName,
      base.variable.value,
      siteOf(base.variable.file, site.names),
    );
  if (base === unseenBase) return defaultMetadata;
  if (base.door === 'sqlmodel')
    return { owner: base.qualifiedName, schema: null, namingConvention: new Map() };
  return metadataOfClass(base.qualifiedName, site);
}

function assigns(statement: Statement, name: string): boolean {
  return (
    statement.kind === 'assignment' &&
    statement.value !== null &&
    statement.targets.some(target => target.kind === 'name' && target.id === name)
  );
}

function typeMapOf(base: BaseFact, site: Site): TypeMap {
  if (base.door === 'sqlmodel') return emptyTypeMap;
  const own = classMember(base.qualifiedName, 'type_annotation_map', site);
  if (own?.node.kind === 'assignment' && own.node.value)
    return followTypeMap(own.node.value, enterSite(site, own.file));
  const registry = classMember(base.qualifiedName, 'registry', site);
  if (registry?.node.kind === 'assignment' && registry.node.value)
    return registryTypeMap(registry.node.value, enterSite(site, registry.file));
  return base.variable
    ? registryTypeMap(base.variable.value, siteOf(base.variable.file, site.names))
    : emptyTypeMap;
}

function registryTypeMap(value: Expression, site: Site): TypeMap {
  const found = libraryCallOf(value, site);
  const given = found && argumentsOf(found.call);
  const map = given?.keywords.get('type_annotation_map');
  if (map && found) return followTypeMap(map, found.site);
  const modelClass = found && customBase(found.call);
  const reference = modelClass && referenceOf(modelClass, site);
  if (reference?.kind !== 'class') return emptyTypeMap;
  return typeMapOf({ qualifiedName: reference.qualifiedName, door: 'declarative', variable: null }, site);
}

function followTypeMap(expression: Expression, site: Site): TypeMap {
  const reference = referenceOf(expression, site);
  if (reference.kind !== 'variable' || !reference.node.value) return readTypeMap(expression, site);
  return readTypeMap(reference.node.value, enterSite(site, reference.file));
}

interface Members {
  readonly attributes: readonly AttributeDraft[];
  /** In the order of the table. */
  readonly columns: readonly ColumnDraft[];
  /** True where a declaration may map something that is not listed. */
  readonly unknown: boolean;
}

interface Collecting {
  readonly metadata: Metadata;
  readonly typeMap: TypeMap;
  readonly names: NameResolver;
  readonly base: BaseFact;
  readonly made: MadeClasses;
}

function collectMembers(
  node: ClassNode,
  sources: readonly ClassNode[],
  from: Collecting,
  late: readonly LateMember[],
): Members {
  const locals = localsOfClass(node.qualifiedName);
  const found = new Map<string, ReadMember>();
  // Pydantic collects the fields of base classes first; SQLAlchemy scans the class first.
  const ordered = from.base.door === 'sqlmodel' ? [...sources].reverse() : sources;
  for (const source of ordered) {
    const site: Site = { ...siteOf(source.file, from.names), locals };
    const context: MemberContext = { site, schema: from.metadata.schema, typeMap: from.typeMap };
    const read = from.made
      .membersOf(source, node.qualifiedName)
      .filter(member => !member.name.startsWith('__') || member.name === '__init__')
      .map(member => readWith(from, member, context));
    for (const member of source === node ? read : columnsFirst(read)) {
      if (from.base.door === 'sqlmodel' || !found.has(member.attribute.name))
        found.set(member.attribute.name, member);
    }
  }
  for (const { member, site } of late) {
    found.set(member.name, readMember(member, { site, schema: from.metadata.schema, typeMap: from.typeMap }));
  }
  return summarise([...found.values()]);
}

function readWith(from: Collecting, member: BodyMember, context: MemberContext): ReadMember {
  return from.base.door === 'sqlmodel' ? readSqlModelMember(member, context) : readMember(member, context);
}

/** A mixin's plain columns are copied before its `declared_attr` functions run. */
function columnsFirst(read: readonly ReadMember[]): readonly ReadMember[] {
  const isDirect = (member: ReadMember) => member.attribute.kind === 'column' && !member.declared;
  return [...read.filter(isDirect), ...read.filter(member => !isDirect(member))];
}

function summarise(members: readonly ReadMember[]): Members {
  const columns = members.flatMap(({ attribute, columns: extra }) =>
    attribute.kind === 'column' ? [attribute, ...extra] : extra,
  );
  const sorted = columns
    .map((column, index) => ({ column, index }))
    .sort((a, b) => a.column.sortOrder - b.column.sortOrder || a.index - b.index);
  const others = members.map(member => member.attribute).filter(attribute => attribute.kind !== 'column');
  return {
    attributes: [...sorted.map(({ column }) => column), ...others],
    columns: sorted.map(({ column }) => column),
    unknown: members.some(member => !member.known),
  };
}

function ownTable(
  name: string,
  args: TableArguments,
  members: Members,
  metadata: Metadata,
  unresolved: boolean,
): TableDraft {
  return {
    name,
    schema: args.schema === undefined ? metadata.schema : args.schema,
    columns: members.columns,
    constraints: args.constraints,
    comment: args.comment,
    metadata,
    incomplete: args.incomplete || unresolved || members.unknown,
  };
}

/** `__mapper_cls__`: a mapper of the project's own may add columns, other than those of a history. */
function hasUnknownMapper(sources: readonly ClassNode[], { names }: Hierarchy): boolean {
  return sources.some(
    each =>
      classBody(each.node).some(({ name }) => name === '__mapper_cls__') &&
      historyHookOf(each, names) === null,
  );
}

/** Hooks that may add columns when the mapping is configured. */
function hasHooks(node: ClassNode): boolean {
  return node.node.body.some(
    statement => statement.kind === 'function' && statement.name.id === '__declare_first__',
  );
}
