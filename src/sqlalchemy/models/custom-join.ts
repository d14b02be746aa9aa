/** A written-out `primaryjoin` or `secondaryjoin`: what of it is known without rendering it, and the direction that it gives. */
import type { Expression } from '../../python/syntax.ts';
import type { CustomJoin } from '../linked-project.ts';
import type { RelationshipAttribute } from '../model.ts';
import {
  equalitiesOf,
  type ReferenceContext,
  type ResolvedColumn,
  resolveColumns,
} from './column-references.ts';
import type { RelationshipDraft } from './drafts.ts';
import { foreignKeysBetween } from './foreign-key-groups.ts';
import type { Linking } from './linking.ts';
import type { TableEntry } from './table-registry.ts';

/** Null where no condition is written out. */
export function customJoin(written: RelationshipDraft, context: ReferenceContext): CustomJoin | null {
  const { primaryJoin: primary, secondaryJoin: secondary } = written;
  if (primary === null && secondary === null) return null;
  const columns = (expressions: readonly Expression[]) =>
    resolveColumns(expressions, context).map(({ entry: { draft }, column }) => ({
      table: draft.name,
      schema: draft.schema,
      column,
    }));
  return {
    file: written.site.file,
    primary,
    secondary,
    remote: columns(written.remoteSide),
    foreign: columns(written.foreignKeys),
    reversed: false,
  };
}

/** The tables of the class that has the relationship and of its target, their own first. */
export interface JoinedTables {
  readonly sources: readonly TableEntry[];
  readonly targets: readonly TableEntry[];
}

/** Of a written-out `primaryjoin`: the side that holds the foreign columns refers to the other. Null where none does. */
export function customDirection(
  written: RelationshipDraft,
  context: ReferenceContext,
  { sources, targets }: JoinedTables,
): RelationshipAttribute['direction'] {
  const { linking } = context;
  const equalities = written.primaryJoin ? equalitiesOf(written.primaryJoin, context) : [];
  const chosen = resolveColumns(written.foreignKeys, context);
  const remoteSide = resolveColumns(written.remoteSide, context);
  const self = sources.some(entry => targets.includes(entry));
  for (const { sides } of equalities) {
    for (const [index, side] of sides.entries()) {
      const other = sides[1 - index];
      if (!other) continue;
      const foreign =
        side.marked === 'foreign' ||
        side.marked === 'both' ||
        chosen.some(column => sameColumn(column, side.column)) ||
        (chosen.length === 0 && !isMarked(sides) && refersTo(side.column, other.column, linking));
      if (!foreign) continue;
      const remote =
        side.marked === 'remote' ||
        side.marked === 'both' ||
        remoteSide.some(column => sameColumn(column, side.column));
      const marked = remote || other.marked === 'remote' || other.marked === 'both' || remoteSide.length > 0;
      const manyToOne = self ? marked && !remote : sources.includes(side.column.entry);
      return manyToOne ? 'many-to-one' : 'one-to-many';
    }
  }
  return null;
}

function isMarked(sides: readonly { readonly marked: string | null }[]): boolean {
  return sides.some(({ marked }) => marked === 'foreign' || marked === 'both');
}

function sameColumn(left: ResolvedColumn, right: ResolvedColumn): boolean {
  return left.entry === right.entry && left.column === right.column;
}

function refersTo(column: ResolvedColumn, other: ResolvedColumn, linking: Linking): boolean {
  return foreignKeysBetween([column.entry], [other.entry], linking.registry).some(group =>
    group.pairs.some(({ local, remote }) => local.column === column.column && remote.column === other.column),
  );
}
