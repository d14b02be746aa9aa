/** What a new model is to be, read from the answers: checked data that the rendering can rely on. */
import type { NamedThing } from '../named-thing.ts';
import type { KeySample, MixinFact, ModelFact, ModelPlace } from '../project-facts.ts';
import type { ColumnTypePlan } from './column-types.ts';

export interface ModelPlan {
  readonly name: string;
  /** Null where the base names the table. */
  readonly table: string | null;
  /** The table's name as foreign keys to the model itself need it. */
  readonly ownTable: string;
  readonly place: ModelPlace;
  readonly key: KeyPlan;
  readonly mixins: readonly MixinFact[];
  /** True for `created_at` and `updated_at` written into the model itself. */
  readonly timestamps: boolean;
  readonly columns: readonly ColumnPlan[];
  /** Columns that no two rows may have the same values in, all together; absent for none. */
  readonly unique?: readonly string[];
}

export type KeyPlan =
  /** `columns` are foreign keys that are the primary key together. */
  | { readonly kind: 'integer' | 'bigint' | 'uuid' | 'inherited' | 'columns' }
  | { readonly kind: 'mixin'; readonly mixin: MixinFact }
  | { readonly kind: 'usual'; readonly sample: KeySample }
  | { readonly kind: 'alias'; readonly alias: NamedThing };

export type ColumnPlan = ValueColumn | ReferenceColumn;

export interface ValueColumn {
  readonly kind: 'value';
  readonly name: string;
  readonly type: ColumnTypePlan;
  readonly nullable: boolean;
  readonly unique: boolean;
  readonly index: boolean;
}

export interface ReferenceColumn {
  readonly kind: 'reference';
  readonly name: string;
  /** Null for the model itself. */
  readonly target: (ModelFact & { readonly key: NonNullable<ModelFact['key']> }) | null;
  readonly nullable: boolean;
  /** True where at most one row may reference the same target. */
  readonly unique: boolean;
  /** Its place in the primary key, from 0; null where it is no part of it. */
  readonly keyPlace: number | null;
  /** True where a constraint of several columns begins with it, whose index serves it too. */
  readonly covered?: boolean;
  readonly onDelete: OnDelete;
  /** Null where no relationship is wanted. */
  readonly relationship: RelationshipNames | null;
}

export type OnDelete = 'NO ACTION' | 'CASCADE' | 'SET NULL' | 'RESTRICT';

export interface RelationshipNames {
  /** The attribute of the new model. */
  readonly own: string;
  /** The attribute of the model that it points to. */
  readonly other: string;
}
