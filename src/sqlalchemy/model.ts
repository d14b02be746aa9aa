/** What a mapped class or table means to SQLAlchemy: plain facts, inheritance and mixins already applied. */
import type { TextRange } from '../base/range.ts';
import type { EnumType, Sequence, Table } from '../schema/schema.ts';
import type { WrappedValues } from './types/wrapped-values.ts';

/** Where something stands in the workspace. */
export interface SourceLocation {
  readonly path: string;
  readonly range: TextRange;
}

export interface Model {
  /** Class name, or the variable's for a bare `Table(…)`. */
  readonly name: string;
  /** Dotted name of the module. */
  readonly module: string;
  /** `module.name`: the model's identity. */
  readonly qualifiedName: string;
  readonly kind: 'declarative' | 'imperative' | 'table' | 'sqlmodel';
  /** The whole class statement or table call. */
  readonly location: SourceLocation;
  readonly nameRange: TextRange;
  /** Qualified name of the declarative base or registry that it belongs to; null for a bare table. */
  readonly base: string | null;
  /** Qualified name of the base or variable whose metadata holds its table; null where it has none, or it is not known. */
  readonly metadata: string | null;
  /** Templates of its metadata's `naming_convention` by kind: `uq`, `fk`; absent where it has none. */
  readonly namingConvention?: Readonly<Record<string, string>>;
  /** Qualified names of the mapped classes and mixins that it inherits from, nearest first, base excluded. */
  readonly bases: readonly string[];
  /** Null for a class without a table of its own (single-table inheritance: see `table`, which is then the parent's). */
  readonly tableName: string | null;
  /** Qualified name of the variable that holds the table, where the class is mapped to one that stands by itself. */
  readonly tableVariable?: string;
  readonly schema: string | null;
  readonly attributes: readonly MappedAttribute[];
  /** The table as DDL will make it: the parent's for single-table inheritance. Null where the name is unknown. */
  readonly table: Table | null;
  /** What must exist before the table can be made; absent where it needs nothing. */
  readonly requires?: { readonly enums: readonly EnumType[]; readonly sequences: readonly Sequence[] };
  /** Set for subclasses in an inheritance hierarchy. */
  readonly inherits: Inheritance | null;
  /** Set for classes of a hierarchy with a discriminator. */
  readonly polymorphic?: PolymorphicMapping;
  readonly docstring: string | null;
  /**
   * True where a base class or a declaration could not be resolved, so that attributes may exist that are not
   * listed: “unknown attribute” stays silent then.
   */
  readonly incomplete: boolean;
}

export interface Inheritance {
  /** Qualified name of the nearest mapped ancestor. */
  readonly parent: string;
  readonly style: 'single' | 'joined' | 'concrete';
  /** How its table is joined to its parent's, where its mapping says so; `unknown` for more than columns that are equal. */
  readonly condition?: InheritCondition | 'unknown';
}

/** Pairs of columns that are equal, in the order in which they are written. */
export type InheritCondition = readonly { readonly left: InheritSide; readonly right: InheritSide }[];

export interface InheritSide {
  /** Qualified name of the class or table; null for the class itself. */
  readonly owner: string | null;
  /** Of the attribute, or the column's key. */
  readonly name: string;
}

/** How the rows of the classes of one hierarchy are told apart. */
export interface PolymorphicMapping {
  /** The discriminator by attribute or column; null where it is an expression or could not be read. */
  readonly on: string | null;
  /** `polymorphic_identity` as written; null without one. */
  readonly identity: string | null;
  /** True where no row is of this very class: `polymorphic_abstract=True`. */
  readonly abstract: boolean;
  /**
   * Subclasses whose columns are loaded with the class, by qualified name: `with_polymorphic="*"`,
   * `polymorphic_load="inline"`. Null where it is not understood, or leads to concrete tables.
   */
  readonly loadedWith: readonly string[] | null;
  /** Whoever loads its parent loads what it adds by a statement of its own. */
  readonly selectin?: true;
}

export type MappedAttribute =
  | ColumnAttribute
  | RelationshipAttribute
  | HybridAttribute
  | ColumnPropertyAttribute
  | SynonymAttribute
  | CompositeAttribute
  | AssociationProxyAttribute
  | PlainAttribute;

interface AttributeBase {
  readonly name: string;
  readonly location: SourceLocation;
  readonly nameRange: TextRange;
}

export interface ColumnAttribute extends AttributeBase {
  readonly kind: 'column';
  /** Name in the database. */
  readonly column: string;
  /** SQLAlchemy's type as written or derived, such as `String(100)`; null where unknown. */
  readonly type: string | null;
  /** PostgreSQL's DDL type; null where unknown. */
  readonly sqlType: string | null;
  readonly nullable: boolean;
  /** Set where `nullable=` is written against what the annotation says of None. */
  readonly contradictsAnnotation?: true;
  readonly primaryKey: boolean;
  readonly unique: boolean;
  readonly index: boolean;
  /** Python-side default as written; null for none. */
  readonly default: string | null;
  /** Python-side `onupdate` as written; null for none. */
  readonly onUpdate?: string | null;
  /** SQL text of the server default; null for none. */
  readonly serverDefault: string | null;
  /** The Python Enum whose members the column holds; absent for other columns. */
  readonly enumClass?: EnumClass | undefined;
  /** Which changes in place the session sees: of the value, or also of values in it; absent where it sees none. */
  readonly tracked?: 'outermost' | 'all' | undefined;
  /** `table.column` or `schema.table.column` of the first foreign key. */
  readonly foreignKey: string | null;
  /** The annotation inside `Mapped[…]` as written; null without one. */
  readonly annotation: string | null;
  /** Set for a column that is loaded when it is asked for: `deferred=True`. */
  readonly deferred?: { readonly group: string | null };
  /** Name of an explicit `Sequence(…)`, whose next value every INSERT asks for. */
  readonly sequence?: string;
  /** Set where its type puts functions of its own around what is written or read. */
  readonly wraps?: WrappedValues;
  /** Set for a column that statements leave out, such as one that only orders the rows of a bulk INSERT. */
  readonly omitted?: boolean;
}

export interface EnumClass {
  /** Without its module. */
  readonly name: string;
  /** In order. A value is null where it is no constant string. */
  readonly members: readonly { readonly name: string; readonly value: string | null }[];
  /** True where members are strings themselves: `class Status(str, Enum)`. */
  readonly isText: boolean;
  /** What is stored in the database for the members: names, or what `values_callable` gives. Null where unknown. */
  readonly stored: readonly string[] | null;
}

export interface RelationshipAttribute extends AttributeBase {
  readonly kind: 'relationship';
  /** Qualified name of the target model, or null where it cannot be resolved. */
  readonly target: string | null;
  /** As written: `"Order"`. */
  readonly targetText: string;
  readonly direction: 'one-to-many' | 'many-to-one' | 'many-to-many' | null;
  readonly collection: boolean;
  readonly backPopulates: string | null;
  readonly backref: string | null;
  /** Set where a `backref=` on the other side made it. */
  readonly fromBackref?: boolean;
  readonly lazy: string;
  /** `innerjoin=` for joined loading; absent for an outer join. */
  readonly innerJoin?: 'nested' | 'unnested';
  /** `join_depth=`; absent where no class is loaded twice on the way. */
  readonly joinDepth?: number;
  /** Name of the association table; null where there is none. */
  readonly secondary: string | null;
  readonly viewOnly: boolean;
  readonly cascade: string | null;
  /** Set for `single_parent=True`, and where arguments that cannot be read may say so. */
  readonly singleParent?: true;
}

export interface HybridAttribute extends AttributeBase {
  readonly kind: 'hybrid';
}
/** `column_property(…)` and its kin over an SQL expression. */
export interface ColumnPropertyAttribute extends AttributeBase {
  readonly kind: 'column-property';
  /** Set for one that is loaded when it is asked for. */
  readonly deferred?: { readonly group: string | null };
  /** Set for `query_expression()`, which an option of the statement gives. */
  readonly given?: true;
}
export interface SynonymAttribute extends AttributeBase {
  readonly kind: 'synonym';
  readonly target: string | null;
}
export interface CompositeAttribute extends AttributeBase {
  readonly kind: 'composite';
  readonly columns: readonly string[];
}
export interface AssociationProxyAttribute extends AttributeBase {
  readonly kind: 'association-proxy';
  /** Names of the relationship and of the attribute at its end; null where they are no constants. */
  readonly through: string | null;
  readonly remote: string | null;
}
/** A method, property or class variable: known to exist, not mapped. */
export interface PlainAttribute extends AttributeBase {
  readonly kind: 'plain';
}
