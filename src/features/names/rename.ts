/**
 * A new name for what SQL names itself: aliases and common table expressions. Tables and columns are renamed by a migration,
 * and Python's names by who knows Python.
 */
import type { TextEdit } from '../../base/edit.ts';
import type { TextRange } from '../../base/range.ts';
import { quoteIdentifier } from '../../schema/identifier.ts';
import type { WorkspaceSnapshot } from '../../workspace/snapshot.ts';
import type { Refusal } from '../refusal.ts';
import { placedLocalName } from './local-name.ts';
import { namedThingAt } from './named-thing.ts';

export interface RenamedName {
  readonly range: TextRange;
  readonly name: string;
}

/** Null where the name is none of SQL's. */
export function renamedNameAt(
  workspace: WorkspaceSnapshot,
  path: string,
  offset: number,
): RenamedName | Refusal | null {
  const found = placedLocalName(workspace, path, offset);
  if (found) return { range: found.sql.toSource(found.local.range), name: found.local.name };
  const thing = namedThingAt(workspace, path, offset)?.thing;
  if (thing?.kind !== 'table' && thing?.kind !== 'column') return null;
  const name = thing.kind === 'table' ? thing.table.name : `${thing.table.name}.${thing.column}`;
  return {
    refusal: `“${name}” is in the database. Give it a new name by a migration: run “Database Patterns: New Migration…”.`,
  };
}

/** One edit for each place that says the name. */
export function renameAt(
  workspace: WorkspaceSnapshot,
  path: string,
  offset: number,
  name: string,
): readonly TextEdit[] | Refusal {
  const found = placedLocalName(workspace, path, offset);
  if (!found) return { refusal: 'Only aliases and common table expressions of SQL are renamed here.' };
  const { local, sql } = found;
  if (name.trim() === '') return { refusal: 'A name has at least one character.' };
  if (name.toLowerCase() !== local.name && local.taken.has(name.toLowerCase()))
    return { refusal: `The statement has another “${name}” already. Choose another name.` };
  if (local.unread.length > 0)
    return { refusal: `“${local.name}” stands where it is not clear what it means. Rename it by hand.` };
  const ranges = local.places.map(place => sql.toSource(place));
  if (ranges.some(({ start, end }) => start === end))
    return {
      refusal: `The SQL is put together from several places that say “${local.name}”. Rename it by hand.`,
    };
  const newText = sql.written(writtenName(name));
  return ranges.map(range => ({ range, newText }));
}

/** In the case that it is given in, which PostgreSQL folds, unless it needs quotes anyway. */
function writtenName(name: string): string {
  const folded = name.toLowerCase();
  return quoteIdentifier(folded) === folded ? name : quoteIdentifier(name);
}
