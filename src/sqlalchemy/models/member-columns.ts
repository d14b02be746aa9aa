/** The column behind a member of a class body: its call, its annotation and its `Annotated` settings together. */
import type { Expression } from '../../python/syntax.ts';
import { type LibraryCall, libraryCallOf } from '../reading/library-call.ts';
import type { Site } from '../reading/site.ts';
import { type TypeMap, typeOfAnnotation } from '../types/python-types.ts';
import { type Annotation, allowsNone, readAnnotation } from '../types/read-annotation.ts';
import type { BodyMember } from './class-body.ts';
import type { ColumnDraft } from './drafts.ts';
import {
  type ColumnPlace,
  type ColumnSettings,
  finishColumn,
  mergeSettings,
  noSettings,
  readColumnSettings,
} from './read-column.ts';

export interface MemberContext {
  /** The class body's file; `cls` is bound to the class that is being mapped. */
  readonly site: Site;
  /** The metadata's schema, for enums. */
  readonly schema: string | null;
  readonly typeMap: TypeMap;
}

/** The attribute's column from its annotation, its `Annotated` settings and its own call. */
export function annotatedColumn(
  member: BodyMember,
  annotated: Expression | null,
  found: LibraryCall | null,
  context: MemberContext,
): ColumnDraft {
  const own = found ? readColumnSettings(found.call, found.site, context.schema) : noSettings;
  return columnFrom(columnPlace(member, annotated, context), own, annotated, context);
}

/** A `Column`, also inside `deferred(…)`: its annotation says nothing of NULL. */
export function plainColumn(
  member: BodyMember,
  annotated: Expression | null,
  found: LibraryCall,
  context: MemberContext,
): ColumnDraft {
  const own = readColumnSettings(found.call, found.site, context.schema);
  const nullable = own.nullable ?? !(own.primaryKey ?? false);
  const column = columnFrom(
    columnPlace(member, annotated, context),
    { ...own, nullable },
    annotated,
    context,
  );
  return own.nullable === undefined ? { ...column, contradictsAnnotation: false } : column;
}

export function columnFrom(
  where: ColumnPlace,
  own: ColumnSettings,
  annotated: Expression | null,
  context: MemberContext,
): ColumnDraft {
  if (!annotated) return finishColumn(where, own, undefined);
  const annotation = readAnnotation(annotated, context.site);
  const shared = annotation.metadata
    .map(({ expression, site }) => ({ found: libraryCallOf(expression, site) }))
    .find(({ found }) => found?.name === 'mapped_column')?.found;
  const inherited = shared ? readColumnSettings(shared.call, shared.site, context.schema) : noSettings;
  const settings = mergeSettings(own, inherited);
  const derived =
    settings.type || settings.foreignKeys.length > 0
      ? null
      : typeOfAnnotation(annotation, context.typeMap, context.schema);
  return {
    ...finishColumn(where, derived ? { ...settings, type: derived } : settings, annotation),
    contradictsAnnotation: contradicts(annotation, settings),
  };
}

/** True where the column and the annotation are known to say different of None, which what follows from the annotation never does. */
export function contradicts(annotation: Annotation, { nullable, primaryKey }: ColumnSettings): boolean {
  return nullable !== undefined && !primaryKey && allowsNone(annotation) === !nullable;
}

export function columnPlace(
  member: BodyMember,
  annotated: Expression | null,
  context: MemberContext,
): ColumnPlace {
  const annotation = annotated ? textOf(annotated, context.site) : null;
  return { ...place(member, context), annotation };
}

export function place(
  member: BodyMember,
  context: MemberContext,
): Pick<ColumnDraft, 'name' | 'location' | 'nameRange'> {
  return {
    name: member.name,
    location: { path: context.site.file.path, range: member.range },
    nameRange: member.nameRange,
  };
}

function textOf(expression: Expression, site: Site): string {
  return site.file.text.slice(expression.start, expression.end);
}
