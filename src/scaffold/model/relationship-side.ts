/** One side of a relationship, before it is code: what the declarative style and SQLModel's write differently. */
import type { OnDelete } from './model-plan.ts';

export interface RelationshipSide {
  readonly name: string;
  /** The file of the class that it stands in. */
  readonly path: string;
  /** The class that it leads to. */
  readonly target: string;
  /** True where that class stands above in the same file, so that its name can be used at once. */
  readonly targetIsAbove: boolean;
  readonly holds: 'one' | 'one-or-none' | 'list';
  readonly backPopulates: string;
  /** The foreign key that it goes by, as Python; null where there is only one. */
  readonly foreignKeys: string | null;
  /** The primary key of a model that points to itself, as Python. */
  readonly remoteSide: string | null;
  /** Both joins of a model that is linked to itself many to many, as Python; absent where SQLAlchemy finds them. */
  readonly joins?: { readonly primary: string; readonly secondary: string } | null;
  /** What the foreign key does, on the side that is pointed to; null on the other. */
  readonly deletion: { readonly onDelete: OnDelete; readonly nullable: boolean } | null;
}
