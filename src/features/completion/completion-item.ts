/** What may be typed at a place, as an editor shows it. */
import type { TextRange } from '../../base/range.ts';
import type { TableName } from '../../schema/schema-change.ts';

export interface Completions {
  readonly items: readonly CompletionItem[];
  /** What an item stands in place of: up to the cursor, and the whole word that the cursor is in. */
  readonly inserted: TextRange;
  readonly replaced: TextRange;
  /** There are more, which one more character brings. */
  readonly isIncomplete: boolean;
}

export type CompletionKind =
  | 'table'
  | 'column'
  | 'alias'
  | 'function'
  | 'keyword'
  | 'type'
  | 'condition'
  | 'class'
  | 'relationship'
  | 'attribute'
  | 'revision'
  | 'parameter'
  | 'setting'
  | 'choice';

export interface CompletionItem {
  readonly label: string;
  readonly kind: CompletionKind;
  /** Behind the label: a type, a signature. */
  readonly detail: string;
  /** At the end of the line: where it comes from. */
  readonly from: string;
  readonly insert: string;
  /** Where the cursor goes within what is inserted; absent behind it. */
  readonly cursor?: number;
  /** What the typed word is held against; absent where that is the label. */
  readonly filter?: string;
  /** Items stand in the order of this text. */
  readonly order: string;
  /** Of which the documentation is asked for later; null where there is none. */
  readonly subject: CompletionSubject | null;
}

/** Plain data: it goes to the editor and comes back. */
export type CompletionSubject =
  | { readonly kind: 'table'; readonly schema: string | null; readonly name: string }
  | { readonly kind: 'model'; readonly qualifiedName: string }
  | { readonly kind: 'text'; readonly text: string };

export function tableSubject({ schema, name }: TableName): CompletionSubject {
  return { kind: 'table', schema, name };
}

export function orderOf(group: number, index: number): string {
  return `${group}${String(index).padStart(5, '0')}`;
}
