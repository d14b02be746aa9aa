/** Which revisions are shown: those that say a text, and those that touched a table. */
import type { RevisionInfo } from '../../protocol/migrations.ts';

export interface RevisionFilter {
  /** Words; each has to be found. */
  readonly text: string;
  /** Empty for all tables. */
  readonly table: string;
}

export const noFilter: RevisionFilter = { text: '', table: '' };

export function isFiltered({ text, table }: RevisionFilter): boolean {
  return text.trim() !== '' || table !== '';
}

export function matches(revision: RevisionInfo, { text, table }: RevisionFilter): boolean {
  if (table !== '' && !revision.tables.includes(table)) return false;
  const words = text
    .toLowerCase()
    .split(/\s+/)
    .filter(word => word !== '');
  if (words.length === 0) return true;
  const { id, message, summary, branchLabels, tables } = revision;
  const said = [id, message, summary, ...branchLabels, ...tables].join(' ').toLowerCase();
  return words.every(word => said.includes(word));
}

/** Every table that a revision touched, by name. */
export function tablesOf(revisions: readonly RevisionInfo[]): readonly string[] {
  return [...new Set(revisions.flatMap(({ tables }) => tables))].sort();
}
