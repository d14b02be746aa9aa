/** What one declaration says, before it is linked with the others: keys not resolved, names not given. */
import type { TextRange } from '../../base/range.ts';
import type { Expression } from '../../python/syntax.ts';
import type { InheritCondition, MappedAttribute, SourceLocation } from '../model.ts';
import type { Site } from '../reading/site.ts';
import type { SqlType } from '../types/sql-type.ts';

export interface ColumnDraft {
  readonly kind: 'column';
  /** Attribute name; the column's key for a bare table. */
  readonly name: string;
  readonly location: SourceLocation;
  readonly nameRange: TextRange;
  /** Name in the database. */
  readonly column: string;
  /** Null where it comes from the foreign key's target, or is unknown. */
  readonly type: SqlType | null;
  readonly nullable: boolean;
  /** True where `nullable=` is written against what the annotation says of None. */
  readonly contradictsAnnotation: boolean;
  readonly primaryKey: boolean;
  readonly unique: boolean;
  readonly index: boolean;
  readonly autoincrement: Autoincrement;
  /** Python-side default as written. */
  readonly default: string | null;
  /** Python-side `onupdate` as written. */
  readonly onUpdate: string | null;
  /** Name of an explicit `Sequence(…)`. */
  readonly sequence: { readonly name: string; readonly optional: boolean } | null;
  readonly serverDefault: ServerDefault | null;
  readonly identity: 'always' | 'by-default' | null;
  readonly computed: { readonly expression: string; readonly stored: boolean } | null;
  readonly foreignKeys: readonly ForeignKeyDraft[];
  readonly checks: readonly CheckDraft[];
  readonly comment: string | null;
  readonly annotation: string | null;
  readonly deferred: { readonly group: string | null } | null;
  readonly sortOrder: number;
  /** True for a column that statements leave out, such as one that only orders the rows of a bulk INSERT. */
  readonly omitted: boolean;
  /** `use_existing_column=True`: where the parent's table has a column of this name, it is that one. */
  readonly useExisting: boolean;
}

export type Autoincrement = 'auto' | 'ignore_fk' | boolean;

export interface ServerDefault {
  /** Null where it cannot be rendered, or where the database makes it by other means (`FetchedValue`). */
  readonly sql: string | null;
  readonly text: string;
}

export interface ForeignKeyDraft {
  readonly name: string | null;
  readonly target: ForeignTarget;
  readonly onDelete: string | null;
  readonly onUpdate: string | null;
}

export type ForeignTarget =
  /** `table.column` or `schema.table.column`, as in the string. */
  | { readonly kind: 'text'; readonly text: string }
  /** `User.id`: an attribute of a mapped class, or `users.c.id`. */
  | { readonly kind: 'attribute'; readonly owner: string; readonly attribute: string }
  | { readonly kind: 'unknown' };

export interface CheckDraft {
  readonly name: string | null;
  /** Null where it cannot be rendered: the check is then left out of the table. */
  readonly expression: string | null;
}

/** A column named in a constraint: by its key in the table, or as an attribute of the class body. */
export interface ColumnName {
  readonly by: 'key' | 'attribute';
  readonly name: string;
}

export type ConstraintDraft =
  | {
      readonly kind: 'unique' | 'primary-key';
      readonly name: string | null;
      readonly columns: readonly ColumnName[];
    }
  | ({ readonly kind: 'check' } & CheckDraft)
  | {
      readonly kind: 'foreign-key';
      readonly name: string | null;
      readonly columns: readonly ColumnName[];
      readonly targets: readonly ForeignTarget[];
      readonly onDelete: string | null;
      readonly onUpdate: string | null;
    }
  | {
      readonly kind: 'index';
      readonly name: string | null;
      readonly elements: readonly (ColumnName | string)[];
      readonly unique: boolean;
      readonly method: string | null;
      readonly where: string | null;
      readonly include: readonly ColumnName[];
    };

export interface RelationshipDraft {
  readonly kind: 'relationship';
  readonly name: string;
  readonly location: SourceLocation;
  readonly nameRange: TextRange;
  readonly target: TargetReference;
  /** From `uselist`, a scalar annotation or a dynamic one; null where the direction decides. */
  readonly collection: boolean | null;
  /** True where the annotation is a collection: counts only where the direction is not known. */
  readonly annotatedCollection: boolean;
  readonly backPopulates: string | null;
  readonly backref: {
    readonly name: string;
    readonly collection: boolean | null;
    readonly lazy: string;
    /** Null where it is as the relationship that makes it. */
    readonly viewOnly: boolean | null;
    readonly cascade: string | null;
    readonly singleParent: boolean;
    readonly loading: JoinedLoadingDraft;
  } | null;
  readonly lazy: string;
  readonly loading: JoinedLoadingDraft;
  readonly secondary: SecondaryReference | null;
  readonly viewOnly: boolean;
  readonly cascade: string | null;
  /** `single_parent=True`; true also where arguments that cannot be read may say so. */
  readonly singleParent: boolean;
  /** `foreign_keys`, `remote_side`, `primaryjoin`, `secondaryjoin` as written, unwrapped from lambdas. */
  readonly foreignKeys: readonly Expression[];
  readonly remoteSide: readonly Expression[];
  readonly primaryJoin: Expression | null;
  readonly secondaryJoin: Expression | null;
  readonly site: Site;
}

/** What counts where a relationship is loaded by a join. */
export interface JoinedLoadingDraft {
  /** `order_by` as written, unwrapped from lambdas. */
  readonly orderBy: Expression | null;
  readonly innerJoin: 'nested' | 'unnested' | null;
  readonly joinDepth: number | null;
}

export interface TargetReference {
  readonly text: string;
  /** Qualified name where the name resolves in its module; null for one that only the registry knows. */
  readonly qualifiedName: string | null;
}

export type SecondaryReference =
  | { readonly kind: 'name'; readonly text: string }
  | { readonly kind: 'variable'; readonly qualifiedName: string }
  | { readonly kind: 'unknown' };

/** Attributes that need no linking are complete already. */
export type AttributeDraft =
  | ColumnDraft
  | RelationshipDraft
  | Exclude<MappedAttribute, { kind: 'column' | 'relationship' }>;

/** What a table is made of, apart from its columns. */
export interface TableDraft {
  readonly name: string;
  readonly schema: string | null;
  readonly columns: readonly ColumnDraft[];
  readonly constraints: readonly ConstraintDraft[];
  readonly comment: string | null;
  readonly metadata: Metadata;
  /** True where columns or constraints may exist that could not be read. */
  readonly incomplete: boolean;
}

export interface Metadata {
  /** Qualified name of the base or variable that owns it: tables of one metadata find each other first. */
  readonly owner: string | null;
  readonly schema: string | null;
  readonly namingConvention: ReadonlyMap<string, string>;
}

export const defaultMetadata: Metadata = { owner: null, schema: null, namingConvention: new Map() };

/** What `polymorphic_on` and its kin say of one class. */
export interface PolymorphicDraft {
  /** The discriminator by attribute or column; null where none is named here. */
  readonly on: { readonly name: string } | 'unknown' | null;
  /** As written. */
  readonly identity: string | null;
  readonly abstract: boolean;
  /** `with_polymorphic=…`: whoever loads the class loads what these subclasses add. */
  readonly loads: 'all' | 'unknown' | null;
  /** `polymorphic_load="inline"`: whoever loads its parent loads what it adds. */
  readonly inline: boolean;
  /** `polymorphic_load="selectin"`: a statement of its own loads what it adds, for the rows of its parent. */
  readonly selectin: boolean;
}

/** A mapped class (or a bare table) with its own and its mixins' attributes; those of mapped parents come when linked. */
export interface ModelDraft {
  readonly name: string;
  readonly module: string;
  readonly qualifiedName: string;
  readonly kind: 'declarative' | 'imperative' | 'table' | 'sqlmodel';
  readonly location: SourceLocation;
  readonly nameRange: TextRange;
  readonly base: string | null;
  readonly bases: readonly string[];
  /** Null for a class that is mapped to its parent's table, or whose table's name is not known. */
  readonly table: TableDraft | null;
  readonly attributes: readonly AttributeDraft[];
  /** Nearest mapped ancestor. */
  readonly parent: string | null;
  readonly style: 'single' | 'joined' | 'concrete';
  /** `inherit_condition=`. */
  readonly inheritCondition: InheritCondition | 'unknown' | null;
  readonly polymorphic: PolymorphicDraft | null;
  /** Columns of a class without a table of its own. */
  readonly columns: readonly ColumnDraft[];
  /** For `__table__ = users`: the variable, whose columns are the class's. */
  readonly tableVariable: string | null;
  readonly docstring: string | null;
  readonly incomplete: boolean;
}
