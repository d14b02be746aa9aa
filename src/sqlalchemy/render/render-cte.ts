/** Where a CTE prints: in front of the outermost statement, or of the one that it is nested in (`visit_cte`). */
import { columnsOf } from '../statements/columns.ts';
import type { CteFrom } from '../statements/ir.ts';
import { quoted } from './quoting.ts';
import type { Rendering } from './rendering.ts';
import { joined, mapped, type Sql } from './sql.ts';

/** Renders the CTE's text once, where it is first met. `nestHere` moves it to the statement being rendered. */
export function renderCte(rendering: Rendering, cte: CteFrom, nestHere = false): void {
  const origin = cte.restates ?? cte;
  const depth = rendering.stack.length;
  let known = rendering.placedCtes.get(origin);
  if (known !== undefined && nestHere && !known.nested) {
    known = { ...known, level: depth, nested: true };
    rendering.placedCtes.set(origin, known);
  }
  if (known !== undefined) {
    if (known.cte === cte || known.cte.restates === cte) return;
    // What it restates was met inside of it: the whole takes its place.
    rendering.ctes.delete(known.cte);
  }
  const nested = nestHere || cte.nesting;
  rendering.placedCtes.set(origin, { cte, level: known?.level ?? (nested ? depth : 1), nested });
  const name = quoted(rendering.names.nameOf(cte.name));
  // VALUES has no names of its own.
  const listsColumns = cte.recursive || cte.statement.kind === 'values-statement';
  const columns = listsColumns ? `(${columnNames(rendering, cte).join(', ')})` : '';
  const prefixes = cte.prefixes.map(each => `${each} `).join('');
  const suffixes = cte.suffixes.map(each => ` ${each}`).join('');
  const place = { asFrom: true, lateral: false, embedded: false };
  const inner = rendering.renderStatement(rendering, cte.statement, place);
  // CTEs that this one reads from were met inside it, and come before it.
  rendering.ctes.set(cte, mapped(cte.at, [name, columns, ' AS ', prefixes, '\n(', inner, ')', suffixes]));
}

function columnNames(rendering: Rendering, cte: CteFrom): readonly string[] {
  return [...new Set(columnsOf(cte).map(each => quoted(rendering.names.nameOf(each.name))))];
}

/**
 * The WITH of the statement being rendered: the CTEs nested in it, in the outermost one all. `following` adds those of
 * its parts: of a UNION, of the source of an INSERT.
 */
export function renderCteClause(rendering: Rendering, following = false): Sql {
  const level = rendering.stack.length;
  const ctes = [...rendering.ctes].filter(
    ([cte]) => level === 1 || isPrintedAt(rendering, cte, level, following),
  );
  if (ctes.length === 0) return '';
  for (const [cte] of ctes) {
    rendering.ctes.delete(cte);
    if (level > 1) rendering.placedCtes.delete(cte.restates ?? cte);
  }
  const recursive = ctes.some(([cte]) => cte.recursive);
  const texts = ctes.map(([, text]) => text);
  return [recursive ? 'WITH RECURSIVE ' : 'WITH ', joined(texts, ', \n'), '\n'];
}

function isPrintedAt(rendering: Rendering, cte: CteFrom, level: number, following: boolean): boolean {
  const placed = rendering.placedCtes.get(cte.restates ?? cte);
  if (placed === undefined || !placed.nested) return false;
  return placed.level === level || (following && placed.level === level + 1);
}
