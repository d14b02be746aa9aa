/** `composite(…)`: an attribute over several columns, which it may declare itself. */
import type { Expression } from '../../python/syntax.ts';
import { argumentsOf } from '../reading/arguments.ts';
import { classOf, stringOf } from '../reading/constants.ts';
import { type LibraryCall, libraryCallOf } from '../reading/library-call.ts';
import { referenceOfName } from '../reading/reference.ts';
import { enterSite, type Site } from '../reading/site.ts';
import { readAnnotation } from '../types/read-annotation.ts';
import { type BodyMember, classBody } from './class-body.ts';
import type { ColumnDraft } from './drafts.ts';
import { columnFrom, type MemberContext, place } from './member-columns.ts';
import { readColumnSettings } from './read-column.ts';

export interface ReadComposite {
  /** Attribute names of its columns. */
  readonly names: readonly string[];
  /** Those that it adds to the table. */
  readonly columns: readonly ColumnDraft[];
}

/** `composite(Point, "x", "y")` names columns; `composite(Point, mapped_column("x"), …)` makes them, typed by the class's fields. */
export function readComposite(
  member: BodyMember,
  found: LibraryCall,
  annotated: Expression | null,
  context: MemberContext,
): ReadComposite {
  const columns: ColumnDraft[] = [];
  const names: string[] = [];
  const className = compositeClass(found, annotated, context);
  const fields = className ? fieldsOf(className, context) : [];
  let position = 0;
  for (const argument of argumentsOf(found.call).positional) {
    // A name is that of an attribute, whatever the attribute is made of.
    const inner = argument.kind === 'call' ? libraryCallOf(argument, found.site) : null;
    const isColumn = inner?.name === 'mapped_column' || inner?.name === 'Column';
    const text = inner
      ? undefined
      : (stringOf(argument, found.site) ??
        (argument.kind === 'name' && classOf(argument, found.site) === null ? argument.id : undefined));
    if (!isColumn && text === undefined) continue;
    const field = fields[position++];
    if (text !== undefined) names.push(text);
    if (!isColumn || !inner) continue;
    const own = readColumnSettings(inner.call, inner.site, context.schema);
    const name = own.name ?? field?.name ?? member.name;
    const fieldSite = className ? siteOfClass(className, context.site) : null;
    const column = columnFrom(
      { ...place(member, context), name, annotation: null },
      own,
      field?.annotation ?? null,
      fieldSite ? { ...context, site: fieldSite } : context,
    );
    columns.push(column);
    names.push(column.name);
  }
  return { names, columns };
}

function compositeClass(
  found: LibraryCall,
  annotated: Expression | null,
  context: MemberContext,
): string | null {
  const first = argumentsOf(found.call).positional[0];
  const given = first ? classOf(first, found.site) : null;
  const core = annotated && readAnnotation(annotated, context.site).core;
  return given ?? (core ? classOf(core.expression, core.site) : null);
}

function fieldsOf(qualifiedName: string, context: MemberContext): readonly BodyMember[] {
  const reference = referenceOfName(qualifiedName, context.site);
  return reference.kind === 'class'
    ? classBody(reference.node).filter(field => field.annotation !== null)
    : [];
}

function siteOfClass(qualifiedName: string, site: Site): Site | null {
  const reference = referenceOfName(qualifiedName, site);
  return reference.kind === 'class' ? enterSite(site, reference.file) : null;
}
