/** A place in code where a name of a table, a column, a class or a revision stands, or may be typed, inside of a string. */
import type { TextRange } from '../../base/range.ts';
import type { Model, SourceLocation } from '../model.ts';

/** Text that stands in a file, perhaps with escapes and in pieces. */
export interface PlacedText {
  readonly text: string;
  /** Where the cursor is, as an offset of the text. */
  readonly cursor: number;
  /** The range in the file; a part of an escape counts as the whole. */
  toSource(range: TextRange): TextRange;
  /** A piece of text as it is written at the cursor, quotes escaped. */
  written(text: string): string;
}

export interface TableReference {
  readonly schema: string | null;
  readonly name: string;
}

/** Whose columns are named. */
export type ColumnOwner =
  | { readonly kind: 'model'; readonly model: Model }
  | { readonly kind: 'table'; readonly table: TableReference }
  /** A table that is written out around the place: `op.create_table("name", Column("a"), UniqueConstraint("a"))`. */
  | { readonly kind: 'written'; readonly columns: readonly WrittenColumn[] };

export interface WrittenColumn {
  readonly name: string;
  readonly range: TextRange;
}

export type NamePlace =
  | SqlPlace
  | { readonly kind: 'name'; readonly name: PlacedText; readonly role: StringRole }
  /** A keyword that names a mapped attribute: `filter_by(email=…)`. */
  | { readonly kind: 'keyword'; readonly keyword: TextRange; readonly call: KeywordCall };

export interface SqlPlace {
  readonly kind: 'sql';
  readonly sql: PlacedText;
  /** Set where the text is an expression over the columns of a table. */
  readonly of: ColumnOwner | null;
  /** Where the code that sends it gives values to its parameters: the keys, by name. */
  readonly parameters: ReadonlyMap<string, SourceLocation>;
}

export type StringRole =
  /** `schema.table.column`: a foreign key's target. */
  | { readonly kind: 'column-path' }
  | { readonly kind: 'table'; readonly schema: string | null }
  | { readonly kind: 'column'; readonly owner: ColumnOwner }
  /** A mapped class, as `relationship()` names it. */
  | { readonly kind: 'class' }
  /** Python over mapped classes: `primaryjoin="User.id == foreign(Order.user_id)"`. */
  | { readonly kind: 'class-expression' }
  /** An attribute of a class. */
  | { readonly kind: 'attribute'; readonly model: Model }
  /** A relationship of a class; one that leads back to another where that is given. */
  | { readonly kind: 'back-populates'; readonly model: Model; readonly leadsTo: Model | null }
  | { readonly kind: 'revision' }
  /** A key beside SQL text that names one of its parameters. */
  | { readonly kind: 'parameter'; readonly names: readonly string[] };

export interface KeywordCall {
  readonly models: readonly Model[];
  /** What the call takes: criteria, columns to write, or the attributes of a new object. */
  readonly takes: 'criteria' | 'values' | 'attributes';
  /** Keywords that the call has already. */
  readonly given: ReadonlySet<string>;
}
