/** `Index("ix", users.c.email)` and `Index("ix", User.email)` as statements of their own, after the table of their columns. */
import type { Call, Expression } from '../../python/syntax.ts';
import { walkExpressions } from '../../python/walk.ts';
import type { Site } from '../reading/site.ts';
import type { ColumnDraft, ConstraintDraft, ModelDraft } from './drafts.ts';
import { readConstraint } from './read-table-arguments.ts';

/** The drafts of one file with the indexes that the file adds to them. */
export function withLateIndexes(
  drafts: readonly ModelDraft[],
  calls: readonly Call[],
  site: Site,
): readonly ModelDraft[] {
  return calls.length === 0
    ? drafts
    : drafts.map(draft => {
        const { table } = draft;
        if (table === null) return draft;
        const added = calls.flatMap(call =>
          isAbout(call, draft.name) ? (lateIndex(call, draft.name, table.columns, site) ?? []) : [],
        );
        return added.length === 0
          ? draft
          : { ...draft, table: { ...table, constraints: [...table.constraints, ...added] } };
      });
}

/** All of an index's columns are of one table. */
function isAbout(call: Call, name: string): boolean {
  let found = false;
  for (const { value } of call.arguments)
    walkExpressions(value, each => {
      found ||= each.kind === 'attribute' && ownerOf(each) === name;
    });
  return found;
}

/** `User` of `User.email`, `users` of `users.c.email`; null for other chains. */
function ownerOf({ value }: Expression & { kind: 'attribute' }): string | null {
  if (value.kind === 'name') return value.id;
  const isColumns =
    value.kind === 'attribute' && (value.attribute.id === 'c' || value.attribute.id === 'columns');
  return isColumns && value.value.kind === 'name' ? value.value.id : null;
}

function lateIndex(
  call: Call,
  owner: string,
  columns: readonly ColumnDraft[],
  site: Site,
): ConstraintDraft | null {
  const constraint = readConstraint(call, site, expression =>
    expression.kind === 'attribute' && ownerOf(expression) === owner
      ? (columns.find(({ name }) => name === expression.attribute.id)?.column ?? null)
      : null,
  );
  return constraint?.kind === 'index' ? constraint : null;
}
