/** A SELECT before anything was added to it. */
import type { SourceLocation } from '../model.ts';
import type { FromElement, SelectItem, SelectNode } from './ir.ts';

const nothing = {
  orderBy: [], groupBy: [], limit: null, offset: null, fetch: null, forUpdate: null, addedCtes: [],
} as const; // biome-ignore format: one line of nothing

export const noRows = nothing;

export function selectOf(items: readonly SelectItem[], at: SourceLocation | null): SelectNode {
  return {
    kind: 'select',
    items,
    froms: [],
    joins: [],
    where: [],
    having: [],
    distinct: false,
    distinctOn: [],
    prefixes: [],
    suffixes: [],
    correlate: null,
    tableLabels: false,
    legacy: false,
    eager: [],
    contained: [],
    loading: [],
    unknown: null,
    at,
    ...nothing,
  };
}

/** All columns of one FROM element. */
export function emptySelect(from: FromElement, at: SourceLocation | null): SelectNode {
  return selectOf([{ kind: 'from', from, at }], at);
}
