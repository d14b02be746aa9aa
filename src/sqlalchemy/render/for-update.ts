/** FOR UPDATE and its kin. */
import type { ForUpdate, FromElement } from '../statements/ir.ts';
import { quoted } from './quoting.ts';
import { renderFrom } from './render-from.ts';
import { give, type Rendering } from './rendering.ts';
import { joined, type Sql } from './sql.ts';

export function forUpdate(rendering: Rendering, clause: ForUpdate): Sql {
  if (clause.unknown !== null) return give(rendering, clause.unknown);
  const strength = clause.read
    ? clause.keyShare
      ? ' FOR KEY SHARE'
      : ' FOR SHARE'
    : clause.keyShare
      ? ' FOR NO KEY UPDATE'
      : ' FOR UPDATE';
  const names = [...new Set(clause.of.flatMap(surfaceFroms))].map((from): Sql => {
    if (from.kind === 'text-from') return renderFrom(rendering, from);
    return 'name' in from && from.name !== null ? quoted(rendering.names.nameOf(from.name)) : '';
  });
  if (names.includes('')) {
    const detail = 'What the rows are locked of is not understood.';
    return give(rendering, { reason: 'unsupported-construct', detail, location: null });
  }
  const of = names.length === 0 ? '' : [' OF ', joined(names, ', ')];
  return [strength, of, clause.nowait ? ' NOWAIT' : '', clause.skipLocked ? ' SKIP LOCKED' : ''];
}

/** `surface_selectables_only`: a join stands for what it joins, its right side first. */
function surfaceFroms(from: FromElement): readonly FromElement[] {
  return from.kind === 'join' ? [...surfaceFroms(from.right), ...surfaceFroms(from.left)] : [from];
}
