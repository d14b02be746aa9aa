/** Relationships with their targets, directions and joins, worked out from foreign keys as SQLAlchemy does; backrefs added. */
import type { ColumnPair, CustomJoin, RelationshipJoin, SecondaryJoin } from '../linked-project.ts';
import type { RelationshipAttribute } from '../model.ts';
import { type ReferenceContext, type ResolvedColumn, resolveColumns } from './column-references.ts';
import { customDirection, customJoin } from './custom-join.ts';
import type { JoinedLoadingDraft, ModelDraft, RelationshipDraft } from './drafts.ts';
import { type ForeignKeyGroup, foreignKeysBetween } from './foreign-key-groups.ts';
import type { Linking } from './linking.ts';
import { secondaryEntry, secondaryText, targetOf } from './relationship-targets.ts';
import { reverseJoin } from './reverse-join.ts';
import { type TableEntry, tableKey } from './table-registry.ts';

export interface LinkedRelationship {
  readonly attribute: RelationshipAttribute;
  readonly join: RelationshipJoin | null;
  /** True where a `backref` on the other class made it. */
  readonly reversed: boolean;
}

type Direction = RelationshipAttribute['direction'];

/** By the qualified name of the class that has them. */
export function linkRelationships(linking: Linking): ReadonlyMap<string, readonly LinkedRelationship[]> {
  const linked = new Map<string, LinkedRelationship[]>();
  const add = (owner: string, relationship: LinkedRelationship) =>
    linked.set(owner, [...(linked.get(owner) ?? []), relationship]);
  for (const draft of linking.drafts.values()) {
    for (const attribute of draft.attributes) {
      if (attribute.kind !== 'relationship') continue;
      const { relationship, backref } = linkOne(draft, attribute, linking);
      add(draft.qualifiedName, relationship);
      if (backref) add(backref.owner, backref.relationship);
    }
  }
  return linked;
}

interface Linked {
  readonly relationship: LinkedRelationship;
  readonly backref: { readonly owner: string; readonly relationship: LinkedRelationship } | null;
}

function linkOne(draft: ModelDraft, written: RelationshipDraft, linking: Linking): Linked {
  const target = targetOf(draft, written, linking);
  const secondary = written.secondary ? secondaryEntry(draft, written, linking) : null;
  const found = target
    ? findJoin({ draft, written, target, secondary, linking })
    : { direction: written.secondary ? ('many-to-many' as const) : null, join: null };
  const { direction, join } = found;
  const attribute: RelationshipAttribute = {
    kind: 'relationship',
    name: written.name,
    location: written.location,
    nameRange: written.nameRange,
    target: target?.qualifiedName ?? null,
    targetText: written.target.text,
    direction,
    collection:
      written.collection ?? (direction === null ? written.annotatedCollection : direction !== 'many-to-one'),
    backPopulates: written.backPopulates,
    backref: written.backref?.name ?? null,
    lazy: written.lazy,
    secondary: secondary ? tableKey(secondary.draft.name, secondary.draft.schema) : secondaryText(written),
    viewOnly: written.viewOnly,
    cascade: written.cascade,
    ...(written.singleParent ? { singleParent: true } : {}),
    ...loadingOf(written.loading),
  };
  const relationship = { attribute, join: ordered(join, written.loading, written), reversed: false };
  const backref =
    target && written.backref
      ? { owner: target.qualifiedName, relationship: reverse(draft, written, attribute, join) }
      : null;
  return { relationship, backref };
}

function reverse(
  draft: ModelDraft,
  written: RelationshipDraft,
  attribute: RelationshipAttribute,
  join: RelationshipJoin | null,
): LinkedRelationship {
  const opposite: Record<string, Direction> = {
    'one-to-many': 'many-to-one',
    'many-to-one': 'one-to-many',
    'many-to-many': 'many-to-many',
  };
  const { innerJoin: _, joinDepth: _depth, singleParent: _single, ...plain } = attribute;
  const direction = attribute.direction === null ? null : (opposite[attribute.direction] ?? null);
  return {
    reversed: true,
    join: ordered(join && reverseJoin(join, draft.qualifiedName), written.backref?.loading, written),
    attribute: {
      ...plain,
      name: written.backref?.name ?? '',
      target: draft.qualifiedName,
      targetText: draft.name,
      direction,
      collection: written.backref?.collection ?? (direction !== null && direction !== 'many-to-one'),
      backPopulates: attribute.name,
      backref: null,
      fromBackref: true,
      lazy: written.backref?.lazy ?? 'select',
      viewOnly: written.backref?.viewOnly ?? attribute.viewOnly,
      cascade: written.backref?.cascade ?? null,
      ...(written.backref?.singleParent ? { singleParent: true } : {}),
      ...loadingOf(written.backref?.loading),
    },
  };
}

function loadingOf(
  given: JoinedLoadingDraft | undefined,
): Pick<RelationshipAttribute, 'innerJoin' | 'joinDepth'> {
  const { innerJoin = null, joinDepth = null } = given ?? {};
  return { ...(innerJoin === null ? {} : { innerJoin }), ...(joinDepth === null ? {} : { joinDepth }) };
}

function ordered(
  join: RelationshipJoin | null,
  loading: JoinedLoadingDraft | undefined,
  { site }: RelationshipDraft,
): RelationshipJoin | null {
  if (join === null || !loading?.orderBy) return join;
  return { ...join, order: { file: site.file, written: loading.orderBy } };
}

interface JoinQuestion {
  readonly draft: ModelDraft;
  readonly written: RelationshipDraft;
  readonly target: ModelDraft;
  readonly secondary: TableEntry | null;
  readonly linking: Linking;
}

interface FoundJoin {
  readonly direction: Direction;
  readonly join: RelationshipJoin | null;
}

function findJoin(question: JoinQuestion): FoundJoin {
  const { written, target } = question;
  const context: ReferenceContext = { draft: question.draft, site: written.site, linking: question.linking };
  const custom = customJoin(written, context);
  if (written.secondary) return { direction: 'many-to-many', join: throughSecondary(question, custom) };
  const found = written.primaryJoin ? null : keyDirection(question, context);
  const pairs = found?.pairs ?? [];
  const join =
    pairs.length > 0 || custom ? { target: target.qualifiedName, pairs, secondary: null, custom } : null;
  const tables = {
    sources: entriesOf(question.draft, question.linking),
    targets: entriesOf(target, question.linking),
  };
  const direction = found?.direction ?? customDirection(written, context, tables);
  return { direction: direction ?? directionToSubclasses(question, context), join };
}

/** Of a class that is mapped over the tables of its subclasses, as an `AbstractConcreteBase` is: all of them have the key. */
function directionToSubclasses(question: JoinQuestion, context: ReferenceContext): Direction {
  const { target, written, linking } = question;
  if (written.primaryJoin || entriesOf(target, linking).length > 0) return null;
  const subclasses = linking.subclassesOf(target.qualifiedName);
  const directions = new Set(
    subclasses.map(each => keyDirection({ ...question, target: each }, context)?.direction ?? null),
  );
  const [only, ...others] = directions;
  return others.length === 0 ? (only ?? null) : null;
}

/** Where keys do not tell how, the association table is known all the same. */
function throughSecondary(question: JoinQuestion, custom: CustomJoin | null): RelationshipJoin | null {
  const { target, secondary } = question;
  const derived = secondaryJoin(question);
  if (!derived && !custom) return null;
  const table = secondary && { ...associationOf(secondary), pairs: [] };
  return {
    target: target.qualifiedName,
    pairs: derived?.pairs ?? [],
    secondary: derived?.secondary ?? table,
    custom,
  };
}

function secondaryJoin({
  draft,
  target,
  secondary,
  linking,
}: JoinQuestion): { pairs: readonly ColumnPair[]; secondary: SecondaryJoin } | null {
  if (!secondary) return null;
  const toSource = foreignKeysBetween([secondary], entriesOf(draft, linking), linking.registry);
  const toTarget = foreignKeysBetween([secondary], entriesOf(target, linking), linking.registry);
  const [source] = toSource;
  const [goal] = toTarget;
  if (!source || !goal || toSource.length > 1 || toTarget.length > 1) return null;
  return {
    pairs: source.pairs.map(({ local, remote }) => ({ local: remote, remote: local })),
    secondary: { ...associationOf(secondary), pairs: goal.pairs },
  };
}

function associationOf({ owner, draft }: TableEntry): Omit<SecondaryJoin, 'pairs'> {
  return { owner, table: draft.name, schema: draft.schema };
}

/** Tables of a class and its mapped parents, its own first. */
function entriesOf(draft: ModelDraft, linking: Linking): readonly TableEntry[] {
  const entries = linking
    .lineOf(draft.qualifiedName)
    .map(({ qualifiedName }) => linking.entryOf(qualifiedName));
  return [...new Set(entries.filter(entry => entry !== null))];
}

interface KeyDirection {
  readonly direction: Direction;
  readonly pairs: readonly ColumnPair[];
}

function keyDirection(question: JoinQuestion, context: ReferenceContext): KeyDirection | null {
  const { draft, target, written, linking } = question;
  const chosen = resolveColumns(written.foreignKeys, context);
  const sources = entriesOf(draft, linking);
  const targets = entriesOf(target, linking);
  for (const [from, to] of [
    [sources.slice(0, 1), targets.slice(0, 1)],
    [sources, targets],
  ] as const) {
    const forward = restrict(foreignKeysBetween(from, to, linking.registry), chosen);
    const backward = restrict(foreignKeysBetween(to, from, linking.registry), chosen);
    if (from[0] !== undefined && from[0] === to[0])
      return selfDirection(forward, resolveColumns(written.remoteSide, context));
    if (forward.length > 0 && backward.length === 0)
      return { direction: 'many-to-one', pairs: onlyPairs(forward) };
    if (backward.length > 0 && forward.length === 0)
      return {
        direction: 'one-to-many',
        pairs: onlyPairs(backward).map(({ local, remote }) => ({ local: remote, remote: local })),
      };
  }
  return null;
}

/** Several keys between the same tables are ambiguous: SQLAlchemy asks for `foreign_keys` then. */
function onlyPairs(groups: readonly ForeignKeyGroup[]): readonly ColumnPair[] {
  return groups.length === 1 ? (groups[0]?.pairs ?? []) : [];
}

function restrict(
  groups: readonly ForeignKeyGroup[],
  chosen: readonly ResolvedColumn[],
): readonly ForeignKeyGroup[] {
  if (chosen.length === 0) return groups;
  const fitting = groups.filter(group =>
    group.pairs.some(({ local }) =>
      chosen.some(({ entry, column }) => column === local.column && entry === group.from),
    ),
  );
  return fitting;
}

/** A tree: many children, unless `remote_side` names the referred column, which makes it the parent. */
function selfDirection(
  groups: readonly ForeignKeyGroup[],
  remoteSide: readonly ResolvedColumn[],
): KeyDirection | null {
  if (groups.length === 0) return null;
  const pairs = onlyPairs(groups);
  const upward =
    remoteSide.length > 0 &&
    groups.some(group =>
      group.pairs.some(
        ({ remote, local }) => hasColumn(remoteSide, remote.column) && !hasColumn(remoteSide, local.column),
      ),
    );
  if (upward) return { direction: 'many-to-one', pairs };
  return {
    direction: 'one-to-many',
    pairs: pairs.map(({ local, remote }) => ({ local: remote, remote: local })),
  };
}

function hasColumn(columns: readonly ResolvedColumn[], name: string): boolean {
  return columns.some(({ column }) => column === name);
}
