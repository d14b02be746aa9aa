/**
 * SQLAlchemy's expression language as immutable data: what Python code has built, before any SQL is printed.
 * Names follow SQLAlchemy's own classes. Objects are compared by reference, as SQLAlchemy compares them by identity.
 */
import type { GivenValue } from '../given-value.ts';
import type { ColumnAttribute, Model, SourceLocation } from '../model.ts';
import type { HoleFilling, RawSqlSender } from '../raw-sql.ts';
import type { Unknown } from '../statement.ts';
import type { Operator } from './operators.ts';
import type { SqlType } from './sql-type.ts';

/** A name as it stands, or one whose number is only known while the whole statement is rendered (`users_1`). */
export type Identifier = string | AnonymousIdentifier;

export interface AnonymousIdentifier {
  readonly pieces: readonly (string | AnonymousPiece)[];
}

/** Pieces with the same identity and seed get the same number. */
export interface AnonymousPiece {
  readonly identity: object;
  readonly seed: string;
}

interface Made {
  /** The Python expression that made it; null for what SQLAlchemy adds by itself. */
  readonly at: SourceLocation | null;
}

export type Element =
  | ColumnElement
  | BindElement
  | LiteralColumn
  | TextElement
  | ConstantElement
  | BinaryElement
  | ListElement
  | UnaryElement
  | AsBooleanElement
  | GroupElement
  | LabelElement
  | FunctionElement
  | FilterElement
  | OverElement
  | WithinGroupElement
  | AggregateOrderElement
  | CaseElement
  | CastElement
  | TypeCoerceElement
  | ExtractElement
  | CollationElement
  | NextValueElement
  | FieldElement
  | WrittenValueElement
  | TupleElement
  | ArrayElement
  | SliceElement
  | ScalarSelectElement
  | ExistsElement
  | LabelReference
  | TableReference
  | UnknownElement;

export interface ColumnElement extends Made {
  readonly kind: 'column';
  readonly from: FromElement | null;
  readonly name: Identifier;
  /** Under which `.c` knows it: the attribute's name for mapped classes. */
  readonly key: string;
  readonly type: SqlType;
  /** Of a table that is read from a database, and not declared by the workspace. */
  readonly undeclared?: true;
  /** Its name is a piece of SQL: `literal_column(…)` seen from outside of a subquery. */
  readonly literal?: boolean;
  /** The joined tables of the class that it was read from, which a SELECT of it selects from. */
  readonly entity?: FromElement;
  /** The class that it was read from, where that shares the table with others. */
  readonly owner?: Model;
  /** What `foreign()` and `remote()` say of it in the condition of a relationship. */
  readonly marks?: { readonly foreign: boolean; readonly remote: boolean };
}

export interface BindElement extends Made {
  readonly kind: 'bind';
  /** Base of its name; a number is appended where it is `unique`. */
  readonly name: string;
  readonly unique: boolean;
  readonly type: SqlType;
  /** How many values an IN list has: null for a scalar, 'open' where the number is unknown. */
  readonly expanding: number | 'open' | null;
  /** `constant`: written in the code. `unsure`: may turn out to be a column of a class that is not known. */
  readonly source?: 'constant' | 'unsure';
  /** The value that is bound, where it is one of Python's. */
  readonly given?: GivenValue;
}

/** `literal_column("…")`, and `column("x")` without a table when `quoted`. */
export interface LiteralColumn extends Made {
  readonly kind: 'literal-column';
  readonly text: string;
  /** The same with its places in the source, where it was written out. */
  readonly pieces?: readonly TextPiece[];
  readonly type: SqlType;
}

/** `text("…")` inside a larger statement. */
export interface TextElement extends Made {
  readonly kind: 'text';
  readonly pieces: readonly TextPiece[];
}

/** Space between words stays a plain string. */
export type TextPiece = string | BindElement | VerbatimText | HoleText | EmbeddedElement;

export interface VerbatimText extends Made {
  readonly kind: 'verbatim';
  readonly text: string;
}

/** A stretch of the text that is only known while the program runs. */
export interface HoleText {
  readonly kind: 'hole';
  readonly source: SourceLocation;
  readonly how: HoleFilling;
  readonly at: SourceLocation;
}

/** An expression inside of a template: `tstring(t"… {User.name} …")`. */
export interface EmbeddedElement {
  readonly kind: 'embedded';
  readonly element: Element;
}

export interface ConstantElement extends Made {
  readonly kind: 'constant';
  readonly value: 'NULL' | 'true' | 'false' | 'DEFAULT' | '*';
  /** Stands for whatever a variable holds when the program runs: True, False or None. */
  readonly assumed?: true;
}

export interface BinaryElement extends Made {
  readonly kind: 'binary';
  readonly left: Element;
  readonly right: Element;
  readonly operator: Operator;
  readonly negate: Operator | null;
  readonly type: SqlType;
  /** ESCAPE character of the LIKE family, flags of the regular expressions. */
  readonly modifier: string | null;
}

/** Several operands of one operator: `a AND b AND c`, `a, b`. */
export interface ListElement extends Made {
  readonly kind: 'list';
  readonly operator: Operator;
  readonly elements: readonly Element[];
  readonly type: SqlType;
  /** False where it never gets parentheses, as the two ends of BETWEEN. */
  readonly group: boolean;
}

export interface UnaryElement extends Made {
  readonly kind: 'unary';
  readonly element: Element;
  readonly operator: Operator;
  readonly position: 'before' | 'after';
  readonly type: SqlType;
}

/** A boolean column where a condition is expected: `x` or `NOT x`. */
export interface AsBooleanElement extends Made {
  readonly kind: 'as-boolean';
  readonly element: Element;
  readonly negated: boolean;
}

export interface GroupElement extends Made {
  readonly kind: 'group';
  readonly element: Element;
}

export interface LabelElement extends Made {
  readonly kind: 'label';
  readonly name: Identifier;
  readonly element: Element;
}

export interface FunctionElement extends Made {
  readonly kind: 'function';
  readonly name: string;
  readonly packages: readonly string[];
  /** Set where the name is printed in quotes, whatever it is. */
  readonly isQuoted?: boolean;
  readonly arguments: readonly Element[];
  readonly type: SqlType;
  /** `func.count().distinct()` has none; CURRENT_TIMESTAMP and its kin print no parentheses. */
  readonly bare: boolean;
}

export interface FilterElement extends Made {
  readonly kind: 'filter';
  readonly element: Element;
  readonly criterion: Element;
}

export interface OverElement extends Made {
  readonly kind: 'over';
  readonly element: Element;
  readonly partitionBy: readonly Element[];
  readonly orderBy: readonly Element[];
  readonly frame: WindowFrame | null;
}

export interface WindowFrame {
  readonly unit: 'ROWS' | 'RANGE' | 'GROUPS';
  readonly start: FrameBound;
  readonly end: FrameBound;
  /** EXCLUDE: `CURRENT ROW`, `GROUP`, `TIES`, `NO OTHERS`. */
  readonly exclude: string | null;
}

export type FrameBound =
  | { readonly kind: 'unbounded' | 'current' }
  | { readonly kind: 'preceding' | 'following'; readonly value: Element };

export interface WithinGroupElement extends Made {
  readonly kind: 'within-group';
  readonly element: Element;
  readonly orderBy: readonly Element[];
}

export interface AggregateOrderElement extends Made {
  readonly kind: 'aggregate-order';
  readonly element: Element;
  readonly orderBy: readonly Element[];
}

export interface CaseElement extends Made {
  readonly kind: 'case';
  readonly value: Element | null;
  readonly whens: readonly { readonly when: Element; readonly result: Element }[];
  readonly otherwise: Element | null;
  readonly type: SqlType;
}

export interface CastElement extends Made {
  readonly kind: 'cast';
  readonly element: Element;
  readonly type: SqlType;
}

export interface TypeCoerceElement extends Made {
  readonly kind: 'type-coerce';
  readonly element: Element;
  readonly type: SqlType;
}

export interface ExtractElement extends Made {
  readonly kind: 'extract';
  readonly field: string;
  readonly element: Element;
}

export interface CollationElement extends Made {
  readonly kind: 'collation';
  readonly name: string;
  readonly schema?: string | null;
}

/** `Sequence("s").next_value()`. */
export interface NextValueElement extends Made {
  readonly kind: 'next-value';
  readonly name: string;
  readonly schema: string | null;
}

/** `from_dml_column(table.c.x)`: what the statement itself writes to the column. */
export interface WrittenValueElement extends Made {
  readonly kind: 'written-value';
  readonly column: ColumnElement;
}

/** One column of a function's composite result: `(jsonb_each(x)).key`. */
export interface FieldElement extends Made {
  readonly kind: 'field';
  readonly element: Element;
  readonly name: string;
}

export interface TupleElement extends Made {
  readonly kind: 'tuple';
  readonly elements: readonly Element[];
}

export interface ArrayElement extends Made {
  readonly kind: 'array';
  readonly elements: readonly Element[];
  readonly type: SqlType;
}

export interface SliceElement extends Made {
  readonly kind: 'slice';
  readonly start: Element;
  readonly stop: Element;
}

export interface ScalarSelectElement extends Made {
  readonly kind: 'scalar-select';
  readonly statement: StatementNode;
  readonly type: SqlType;
}

export interface ExistsElement extends Made {
  readonly kind: 'exists';
  readonly statement: StatementNode;
}

/** An element of ORDER BY, GROUP BY or DISTINCT given as a string: the name of a label or column. */
export interface LabelReference extends Made {
  readonly kind: 'label-reference';
  readonly name: string;
  readonly direction: 'DESC' | 'ASC' | null;
}

/** A whole FROM element as a value: `func.row_to_json(t)`, `func.count(alias)`. */
export interface TableReference extends Made {
  readonly kind: 'table-reference';
  readonly from: FromElement;
}

export interface UnknownElement extends Made {
  readonly kind: 'unknown';
  readonly unknown: Unknown;
}

export type FromElement =
  | TableFrom
  | AliasFrom
  | SubqueryFrom
  | CteFrom
  | JoinFrom
  | FunctionFrom
  | ValuesFrom
  | TextFrom;

export interface TableFrom {
  readonly kind: 'table';
  /** Made by `table(…)`, whose columns know nothing but their name and type. */
  readonly lightweight?: boolean;
  readonly name: string;
  readonly schema: string | null;
  readonly columns: readonly TableColumn[];
  readonly foreignKeys: readonly TableForeignKey[];
  readonly model: Model | null;
  /** False where columns may exist that are not listed. */
  readonly complete: boolean;
  /** Read from a database as the program runs: a column that is asked for is there, whatever the workspace declares. */
  readonly reflected?: true;
  /** The workspace declares it with other columns, or not at all: it stands here as it was once. */
  readonly unlikeDeclared?: true;
  /** Set for a table that holds the rows of subclasses too. */
  readonly shared?: SharedTable;
}

/** What classes without a table of their own make of their parent's. */
export interface SharedTable {
  /** Their columns, which the parent does not map. */
  readonly columns: readonly ColumnAttribute[];
  /** The columns that are loaded with a class, by its qualified name: in the database's names, own ones first. */
  readonly loaded: ReadonlyMap<string, readonly string[]>;
  /** By the qualified name of the class: the attribute or column that tells its rows apart, and how many values it may have. */
  readonly discriminators: ReadonlyMap<string, { readonly on: string | null; readonly identities: number }>;
}

export interface TableColumn {
  readonly name: string;
  readonly key: string;
  readonly type: SqlType;
  readonly primaryKey: boolean;
  readonly autoincrement: boolean;
  /** What Python adds to an INSERT that does not set it: a value or an SQL expression. */
  readonly insertDefault: 'bind' | Element | null;
  /** The same for UPDATE: `onupdate=`. */
  readonly updateDefault: 'bind' | Element | null;
  readonly serverDefault: boolean;
  /** Left out of what statements list by themselves. */
  readonly omitted?: boolean;
}

export interface TableForeignKey {
  readonly columns: readonly string[];
  readonly targetSchema: string | null;
  readonly targetTable: string;
  readonly targetColumns: readonly string[];
}

export interface AliasFrom extends Made {
  readonly kind: 'alias';
  readonly of: FromElement;
  readonly name: Identifier;
  readonly lateral: boolean;
  readonly tablesample: TableSample | null;
}

/** Which rows of the table are read. */
export interface TableSample {
  readonly method: FunctionElement;
  /** REPEATABLE. */
  readonly seed: Element | null;
}

export interface SubqueryFrom extends Made {
  readonly kind: 'subquery';
  readonly statement: StatementNode;
  /** The joined tables that it lists, of `aliased(…)` of a class with several. */
  readonly of?: FromElement;
  readonly name: Identifier;
  readonly lateral: boolean;
}

export interface CteFrom extends Made {
  readonly kind: 'cte';
  readonly statement: StatementNode;
  readonly name: Identifier;
  readonly recursive: boolean;
  readonly nesting: boolean;
  /** The CTE of which this one is the recursive completion: both are the same to those who read from it. */
  readonly restates: CteFrom | null;
  /** MATERIALIZED, NOT MATERIALIZED. */
  readonly prefixes: readonly string[];
  /** CYCLE and SEARCH. */
  readonly suffixes: readonly string[];
  /** Set for `cte.alias("x")`. */
  readonly aliasOf: CteFrom | null;
}

export interface JoinFrom extends Made {
  readonly kind: 'join';
  /** Set for the tables that one class of a joined-table inheritance is mapped to, its own on the right. */
  readonly model?: Model;
  /** The class and the subclasses that are read together with it: `with_polymorphic(…)`. */
  readonly polymorphic?: readonly Model[];
  readonly left: FromElement;
  readonly right: FromElement;
  readonly on: Element;
  readonly style: JoinStyle;
}

export type JoinStyle = 'inner' | 'left' | 'full';

/** `func.x(…).table_valued(…)`, `.column_valued()`, `.alias()`. */
export interface FunctionFrom extends Made {
  readonly kind: 'function-from';
  readonly element: Element;
  readonly name: Identifier;
  readonly columns: readonly { readonly name: Identifier; readonly type: SqlType }[];
  /** Prints the column names after the alias. */
  readonly derived: boolean;
  readonly derivedTypes: boolean;
  readonly lateral: boolean;
  readonly ordinality: boolean;
  /** A single value: the alias stands for its column. */
  readonly scalar: boolean;
  /** Printed without a name, as the function stood in `select_from(…)`. */
  readonly bare?: boolean;
}

export interface ValuesFrom extends Made {
  readonly kind: 'values';
  readonly name: Identifier | null;
  readonly columns: readonly { readonly name: string; readonly type: SqlType }[];
  readonly rows: readonly (readonly Element[])[];
  readonly lateral: boolean;
}

export interface TextFrom extends Made {
  readonly kind: 'text-from';
  readonly element: TextElement;
}

export type StatementNode =
  | SelectNode
  | CompoundNode
  | InsertNode
  | UpdateNode
  | DeleteNode
  | TextNode
  | ValuesNode;

/** What a SELECT lists: an expression, all columns of a mapped class, or all columns of a FROM element. */
export type SelectItem =
  | { readonly kind: 'element'; readonly element: Element; readonly at: SourceLocation | null }
  | {
      readonly kind: 'entity';
      readonly model: Model;
      readonly from: FromElement;
      /** As of the entity: the alias whose columns the rows are read for. */
      readonly rowsOf?: FromElement;
      /** What `column_property(…)` and its kin list beside the columns; absent without any. */
      readonly expressions?: readonly MappedExpression[];
      readonly at: SourceLocation | null;
    }
  | { readonly kind: 'from'; readonly from: FromElement; readonly at: SourceLocation | null };

/** An SQL expression that a class maps, over the FROM element that stands for the class. */
export interface MappedExpression {
  /** Name of the attribute. */
  readonly name: string;
  /** Null for `query_expression()`, which is loaded where an option says what it is. */
  readonly element: Element | null;
  /** Set where it is loaded when it is asked for. */
  readonly deferred: { readonly group: string | null } | null;
  /** Assigned to the class when it was there already: such come behind the columns. */
  readonly late: boolean;
}

export interface JoinStep extends Made {
  /** What the SELECT listed when `with_only_columns()` replaced it: the left side is chosen among that. */
  readonly items: readonly SelectItem[] | null;
  /** Null where SQLAlchemy chooses it. */
  readonly left: FromElement | null;
  readonly right: FromElement;
  /** Null where it follows from the one foreign key between the two. */
  readonly on: Element | null;
  readonly style: JoinStyle;
  /** Name of the relationship that is followed. */
  readonly relationship?: string;
  /** The mapped classes on both sides, where they are known. */
  readonly leftModel?: Model | null;
  readonly model?: Model | null;
  /** Added to ON: what `with_loader_criteria()` says about the right side. */
  readonly criteria?: readonly Element[];
  /** A second FROM element between the two: the association table, with its own ON. */
  readonly secondary: { readonly from: FromElement; readonly on: Element } | null;
  /** The argument that names what is joined. */
  readonly target: SourceLocation | null;
  /** True for a join inside of the outer one that its left side came by. */
  readonly nested?: boolean;
  /** True along a relationship that is a collection; null where no relationship is followed. */
  readonly collection: boolean | null;
}

interface Rows {
  readonly orderBy: readonly Element[];
  readonly groupBy: readonly Element[];
  readonly limit: Element | null;
  readonly offset: Element | null;
  readonly fetch: { readonly count: Element; readonly percent: boolean; readonly withTies: boolean } | null;
  readonly forUpdate: ForUpdate | null;
  readonly addedCtes: readonly AddedCte[];
}

/** `add_cte(cte, nest_here=True)` prints it in this statement and not in the outermost one. */
export interface AddedCte {
  readonly cte: CteFrom;
  readonly nested: boolean;
}

export interface ForUpdate {
  readonly read: boolean;
  readonly keyShare: boolean;
  readonly nowait: boolean;
  readonly skipLocked: boolean;
  readonly of: readonly FromElement[];
  /** Set where what the rows are locked of is not understood. */
  readonly unknown: Unknown | null;
}

interface Hinted {
  /** FROM elements that print ONLY before them. */
  readonly only?: readonly FromElement[];
}

/** Statements carry what went wrong while they were built. */
interface Built extends Made {
  readonly unknown: Unknown | null;
}

export interface SelectNode extends Built, Rows, Hinted {
  readonly kind: 'select';
  readonly items: readonly SelectItem[];
  readonly froms: readonly FromElement[];
  /** The mapped classes among them, where they share their table with others. */
  readonly fromClasses?: readonly { readonly model: Model; readonly from: FromElement }[];
  readonly joins: readonly JoinStep[];
  readonly where: readonly Element[];
  readonly having: readonly Element[];
  readonly distinct: boolean;
  readonly distinctOn: readonly Element[];
  readonly prefixes: readonly string[];
  readonly suffixes: readonly string[];
  /** `with_statement_hint(…)`: behind ORDER BY and before LIMIT. */
  readonly hints?: readonly string[];
  /** Null for automatic correlation; `except` for `correlate_except`. */
  readonly correlate: { readonly except: boolean; readonly froms: readonly FromElement[] } | null;
  /** `table_column AS label`, as legacy `Query` prints. */
  readonly tableLabels: boolean;
  /** Set where the style of labels was asked for, which a legacy Query then keeps inside other statements. */
  readonly styled?: boolean;
  /** LABEL_STYLE_NONE: columns of one name are not told apart. */
  readonly unlabelled?: boolean;
  readonly legacy: boolean;
  /** A column that is listed twice is printed once. */
  readonly listsOnce?: boolean;
  /** The subquery that `Query.union(…)` selects from: columns of what it is made of stand for the subquery's. */
  readonly adapts?: SubqueryFrom;
  readonly eager: readonly EagerJoin[];
  /** What `contains_eager(…)` takes from the joins of the statement itself. */
  readonly contained: readonly ContainedRelationship[];
  /** What loader options say about columns. */
  readonly loading: readonly ColumnLoading[];
  readonly criteria?: readonly LoaderCriterion[];
  /** The condition on a class that it stands in, which does not count for itself. */
  readonly ofCriterion?: LoaderCriterion;
  /** What loader options say about relationships; absent without options, null where one of them is not known. */
  readonly loads?: readonly LoadPath[] | null;
}

export interface ContainedRelationship extends Made {
  /** The class that has the relationship, as the statement selects from it. */
  readonly parent: FromElement;
  readonly model: Model;
  readonly relationship: string;
  readonly target: FromElement;
  readonly expressions?: readonly MappedExpression[];
  readonly collection: boolean;
}

/** `with_loader_criteria(User, …)`: a condition on every row of the class, wherever the statement reads it. */
export interface LoaderCriterion {
  readonly model: Model;
  /** The class's own FROM element, which the condition is written over. */
  readonly from: FromElement;
  readonly condition: Element;
  /** Whether it counts for `aliased(…)` of the class too. */
  readonly aliases: boolean;
}

/** Relationships from an entity on, each loaded by its strategy: `selectinload(User.posts).joinedload(Post.tags)`. */
export type LoadPath = readonly LoadStep[];

export interface LoadStep {
  /** The option's name: `selectinload`, `contains_eager`, `defaultload`. */
  readonly strategy: string;
  /** Null for `"*"`, empty for what loads no relationship. */
  readonly relationship: string | null;
  /** Qualified names of the class that it is read from and of the one that it leads to. */
  readonly owner?: string;
  readonly target?: string;
  /** Of `selectin_polymorphic(…)`: qualified names of the subclasses that are loaded with it. */
  readonly classes?: readonly string[];
  /** True where `and_()`, `of_type()` or an option that is not followed change which rows are loaded. */
  readonly narrowed?: boolean;
  /** What further options say of the columns that are loaded. */
  readonly loading?: readonly ColumnLoading[];
  readonly at?: SourceLocation;
}

/**
 * `load_only(…)`, `defer(…)` and kin: which columns of a mapped class are loaded with it. `joined-by` are those that an
 * eager join needs, which come behind the others.
 */
export interface ColumnLoading {
  /** Null for every class that the statement loads. */
  readonly from: FromElement | null;
  readonly kind: 'only' | 'defer' | 'undefer' | 'undefer-group' | 'joined-by' | 'expression';
  /** Attribute names, or of groups; `*` for all. */
  readonly names: readonly string[];
  /** Named by strings, as before SQLAlchemy 2.0, where options also count inside of another statement. */
  readonly byString?: true;
  /** What `with_expression(…)` gives. */
  readonly element?: Element;
}

/** `joinedload(…)`: a LEFT OUTER JOIN whose columns come after all others. */
export interface EagerJoin extends Made {
  readonly parent: FromElement;
  readonly parentModel: Model;
  readonly relationship: string;
  readonly target: FromElement;
  /** What the target is an alias of. */
  readonly of: FromElement;
  readonly model: Model;
  readonly expressions?: readonly MappedExpression[];
  readonly on: Element;
  readonly secondary: JoinStep['secondary'];
  /** Null for an outer join; a `nested` one goes inside of an outer one before it, where an `unnested` one becomes outer. */
  readonly innerJoin: 'nested' | 'unnested' | null;
  /** Set for a step of `defaultload(…)`: no join, but the one that is there goes on. */
  readonly continues?: boolean;
  readonly collection: boolean;
  /** `order_by` of the relationship. */
  readonly orderBy: readonly Element[];
}

export interface CompoundNode extends Built, Rows {
  readonly kind: 'compound';
  readonly operator: 'UNION' | 'UNION ALL' | 'INTERSECT' | 'INTERSECT ALL' | 'EXCEPT' | 'EXCEPT ALL';
  readonly selects: readonly StatementNode[];
}

/** A column of the target, by key, and what is written to it. */
export interface SetValue {
  readonly key: string;
  /** The keyword or key that names it; null for what SQLAlchemy adds by itself. */
  readonly at: SourceLocation | null;
  readonly value: Element;
  /** What is written to where that is no column: `data[5]`, a tuple of columns. */
  readonly target?: Element;
}

interface DataChange {
  readonly table: TableFrom;
  readonly from: FromElement;
  readonly model: Model | null;
  readonly returning: readonly SelectItem[];
  readonly addedCtes: readonly AddedCte[];
}

export interface InsertNode extends Built, DataChange {
  readonly kind: 'insert';
  /** Null before `values(…)`. */
  readonly values: readonly (readonly SetValue[])[] | null;
  readonly many: boolean;
  readonly fromSelect: InsertSource | null;
  readonly onConflict: OnConflict | null;
  readonly inline: boolean;
  /** Made by the `insert` of a dialect, which knows ON CONFLICT. */
  readonly upserts: boolean;
}

export interface InsertSource {
  readonly columns: readonly string[];
  readonly statement: StatementNode;
  /** Whether columns with a default of Python's are added. */
  readonly defaults: boolean;
}

export interface OnConflict {
  readonly constraint: string | null;
  readonly targets: readonly (string | Element)[] | null;
  readonly targetWhere: Element | null;
  /** Null for DO NOTHING. */
  readonly set: readonly SetValue[] | null;
  readonly where: Element | null;
}

export interface UpdateNode extends Built, DataChange, Hinted {
  readonly kind: 'update';
  readonly values: readonly SetValue[] | null;
  readonly ordered: boolean;
  readonly where: readonly Element[];
}

export interface DeleteNode extends Built, DataChange, Hinted {
  readonly kind: 'delete';
  readonly using: readonly FromElement[];
  readonly where: readonly Element[];
}

export interface TextNode extends Built {
  readonly kind: 'text-statement';
  readonly element: TextElement;
  readonly sender: RawSqlSender;
  readonly addedCtes?: readonly AddedCte[];
  /** Names that `bindparams(x=…)` has given values. */
  readonly bound: ReadonlySet<string>;
  /** Set by `.columns(…)`. */
  readonly columns: readonly { readonly name: string; readonly type: SqlType }[];
}

export interface ValuesNode extends Built {
  readonly kind: 'values-statement';
  readonly from: ValuesFrom;
}
