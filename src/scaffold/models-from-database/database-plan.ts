/** What the chosen tables become: classes, tables without a class, enums, and how they are related. Names are final. */
import type { Column, EnumType, ForeignKey, Table } from '../../schema/schema.ts';
import type { EnumMember } from '../model/column-types.ts';
import type { ModelFact } from '../project-facts.ts';

export interface DatabasePlan {
  readonly models: readonly PlannedModel[];
  /** Associations without columns of their own, and tables without a primary key, which no class can be mapped to. */
  readonly tables: readonly PlannedTable[];
  readonly enums: readonly PlannedEnum[];
  /** What the models of the project get that the new ones point to. */
  readonly additions: readonly { readonly model: ModelFact; readonly link: Link }[];
}

export interface PlannedModel {
  readonly table: Table;
  readonly name: string;
  /** In the table's order. */
  readonly columns: readonly PlannedColumn[];
  readonly links: readonly Link[];
}

export interface PlannedColumn {
  readonly column: Column;
  readonly attribute: string;
}

export interface PlannedTable {
  readonly table: Table;
  readonly variable: string;
}

export interface PlannedEnum {
  readonly type: EnumType;
  readonly name: string;
  readonly members: readonly EnumMember[];
}

/** One side of a relationship. */
export interface Link {
  readonly name: string;
  /** The class on the other side. */
  readonly target: string;
  readonly shape: 'one' | 'optional' | 'many';
  readonly backPopulates: string;
  /** `owner`: this class has the foreign key; `target`: the other one; `secondary`: a table between them. */
  readonly side: 'owner' | 'target' | 'secondary';
  readonly key: ForeignKey;
  /** The class that has the foreign key, with its attributes by column. */
  readonly owner: KeyOwner;
  /** True where the foreign key must be named, since there are others between the two. */
  readonly ambiguous: boolean;
  /** Relationships that set some of the same columns. */
  readonly overlaps: readonly string[];
  /** For `secondary`. */
  readonly through?: Through;
}

export interface KeyOwner {
  readonly name: string;
  readonly table: Table;
  readonly attributes: ReadonlyMap<string, string>;
}

export interface Through {
  readonly table: Table;
  /** The association's foreign key to the other side. */
  readonly other: ForeignKey;
  /** True where both sides are the same class. */
  readonly reflexive: boolean;
}
