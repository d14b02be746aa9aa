/** What a Python expression evaluates to, as far as this room cares: SQL constructs in full, all else by kind. */
import type { TextRange } from '../../base/range.ts';
import type { ClassDefinition, Expression, FunctionDefinition, Lambda } from '../../python/syntax.ts';
import type {
  AssociationProxyAttribute,
  MappedAttribute,
  Model,
  RelationshipAttribute,
  SourceLocation,
} from '../model.ts';
import type { SourceFile } from '../project.ts';
import type { DriverLibrary, HoleFilling } from '../raw-sql.ts';
import type { SharedMap } from '../shared-map.ts';
import type { Unknown } from '../statement.ts';
import type {
  ColumnLoading,
  ContainedRelationship,
  EagerJoin,
  Element,
  FromElement,
  LoaderCriterion,
  LoadPath,
  StatementNode,
  TableFrom,
} from './ir.ts';
import type { CustomOperator } from './operators.ts';
import type { SqlType } from './sql-type.ts';

export type Value =
  | EntityValue
  | ElementValue
  | RelationshipValue
  | ProxyValue
  | MissingAttributeValue
  | FromValue
  | ColumnsValue
  | PrimaryKeyValue
  | StatementValue
  | LibraryValue
  | TypeValue
  | LoaderValue
  | ExtensionValue
  | BundleValue
  | ConstantValue
  | ListValue
  | DictValue
  | PythonValue
  | InstanceValue
  | CollectionValue
  | ConnectionLikeValue
  | DriverValue
  | ResultValue
  | FunctionValue
  | LambdaValue
  | ClassValue
  | ObjectValue
  | MethodValue
  | OperatorValue
  | UnknownValue;

/** A mapped class or `aliased(…)` of one. */
export interface EntityValue {
  readonly kind: 'entity';
  readonly model: Model;
  readonly from: FromElement;
  readonly alias: boolean;
  /** The alias whose columns are read among the rows of a subquery, of `aliased(other, subquery)`. */
  readonly rowsOf?: FromElement;
  /** One of several classes that the program picks from: what it lacks may be asked of the others alone. */
  readonly picked?: true;
}

export interface ElementValue {
  readonly kind: 'element';
  readonly element: Element;
  /** Set for a mapped attribute read from its class. */
  readonly mapped: {
    readonly model: Model;
    readonly attribute: MappedAttribute;
    /** What stands for the class, of an attribute that is no column of its own. */
    readonly from?: FromElement;
  } | null;
}

export interface RelationshipValue {
  readonly kind: 'relationship';
  readonly model: Model;
  readonly attribute: RelationshipAttribute;
  readonly from: FromElement;
  readonly target: EntityValue | null;
  /** Added by `.and_(…)`. */
  readonly criteria: readonly Element[];
}

/** `association_proxy(…)` read from its class. */
export interface ProxyValue {
  readonly kind: 'proxy';
  readonly model: Model;
  readonly attribute: AssociationProxyAttribute;
  /** The relationship that it leads along. */
  readonly through: RelationshipValue;
  /** The attribute that it stands for, of the class at the end of the relationship itself. */
  readonly remote: ElementValue | RelationshipValue | ProxyValue;
}

export interface MissingAttributeValue {
  readonly kind: 'missing-attribute';
  readonly model: Model;
  /** The alias that it was asked of; null for the class itself. */
  readonly alias: FromElement | null;
  readonly name: string;
  readonly nameRange: TextRange;
  readonly at: SourceLocation;
}

/** A table, alias, subquery, CTE or join used as such. */
export interface FromValue {
  readonly kind: 'from';
  readonly from: FromElement;
}

/** `.c`, and `insert.excluded`. */
export interface ColumnsValue {
  readonly kind: 'columns';
  readonly from: FromElement;
}

/** `table.primary_key`: a constraint, and the columns in it. */
export interface PrimaryKeyValue {
  readonly kind: 'primary-key';
  readonly table: TableFrom;
}

export interface StatementValue {
  readonly kind: 'statement';
  readonly node: StatementNode;
  /** The outermost expression of this file that built it; null for one built elsewhere. */
  readonly builder: Expression | null;
  /** The call that everything else was chained to, such as `update(User)`, in whichever file. */
  readonly begun?: SourceLocation;
  /** FROM element that `excluded` of a PostgreSQL INSERT stands for. */
  readonly excluded: FromElement | null;
  /** Set where `from_statement(…)` has it give the objects of a SELECT or of a legacy Query. */
  readonly loadedBy?: 'select' | 'query';
}

/** By its name as `referenceOf` gives it: `select`, `func.lower`, `postgresql.insert`, `sqlmodel.select`. */
export interface LibraryValue {
  readonly kind: 'library';
  readonly name: string;
}

export interface TypeValue {
  readonly kind: 'type';
  readonly type: SqlType;
}

/** Loader options; only joined loading changes the statement itself. */
export interface LoaderValue {
  readonly kind: 'loader';
  /** Joins of the statement itself, each from the one before. */
  readonly path: readonly EagerJoin[];
  /** True once the path goes on in a query of its own. */
  readonly separate: boolean;
  /** The relationship for which it replaces the mapping's own strategy. */
  readonly replaced: { readonly parent: FromElement; readonly relationship: string } | null;
  /** True for `lazyload("*")` and its kin: no mapping joins by itself any more. */
  readonly replacesAll: boolean;
  /** `joinedload("*")`. */
  readonly joinsAll: boolean;
  /** What `.options(…)` chains to it: each an option of its own, from the entity on. */
  readonly branches: readonly LoaderValue[];
  /** What `contains_eager(…)` takes from the joins of the statement. */
  readonly contained: readonly ContainedRelationship[];
  /** Columns that it loads or leaves for later. */
  readonly loading: readonly ColumnLoading[];
  readonly criteria: readonly LoaderCriterion[];
  /** Set where the option changes the SQL in a way that is not rendered. */
  readonly unknown: Unknown | null;
  /** Every relationship that it and what it is chained to speak of, each by its way from the entity; the newest last. */
  readonly loads: readonly LoadPath[];
}

/** What `select().ext(…)` of SQLAlchemy 2.1 takes: PostgreSQL has `distinct_on(…)`. */
export interface ExtensionValue {
  readonly kind: 'extension';
  readonly distinctOn: readonly Element[];
}

/** `Bundle("name", …)`, and its `.c`. */
export interface BundleValue {
  readonly kind: 'bundle';
  readonly elements: readonly Located[];
}

export interface ConstantValue {
  readonly kind: 'constant';
  readonly value: string | number | boolean | null;
  readonly float: boolean;
  /** Of a string: where its stretches stand in the source. */
  readonly parts?: readonly TextPart[];
}

/** A stretch of a string: known, or only known while the program runs. */
export type TextPart = KnownText | TextHole;

export interface KnownText {
  readonly kind: 'text';
  readonly text: string;
  readonly at: SourceLocation;
}

export interface TextHole {
  readonly kind: 'hole';
  /** Where the text has its place for it. */
  readonly at: SourceLocation;
  /** The expression whose value stands here. */
  readonly source: SourceLocation;
  readonly how: HoleFilling;
  readonly value: Value;
}

export interface Located {
  readonly value: Value;
  readonly at: SourceLocation;
  readonly node: Expression;
  /** Set where a helper gives it in some of the dictionaries alone that it may give. */
  readonly sometimes?: true;
}

/** A list, tuple or set whose elements are all known. */
export interface ListValue {
  readonly kind: 'list';
  readonly elements: readonly Located[];
  /** Set where a loop or a comprehension fills it: what one pass adds stands for any number of its kind. */
  readonly repeated?: boolean;
}

export interface DictValue {
  readonly kind: 'dict';
  readonly entries: readonly { readonly key: Located; readonly value: Located }[];
}

/** A plain value of Python: a parameter, the result of a call, an attribute of an object. */
export interface PythonValue {
  readonly kind: 'python';
  /** Name of its class where annotated: `str`, `uuid.UUID`, `list`. */
  readonly type: string | null;
  /** Of a string that is put together: what is known of it. */
  readonly parts?: readonly TextPart[];
  /** Of a point in time: whether it has a zone, where that is known. */
  readonly aware?: boolean;
  /** Of a dictionary that a function gives: each that it may be, until something changes it. */
  readonly dictionaries?: readonly DictValue[];
  /** Set where which of them it is may depend on the class that they are made for. */
  readonly ofClass?: true;
  /** Of a list: the class of its elements, where annotated. */
  readonly item?: string;
  /** The strings that it is one of: its annotation says so (`Literal`), or it is picked out of them. */
  readonly among?: readonly string[];
}

/** An object of a mapped class. */
export interface InstanceValue {
  readonly kind: 'instance';
  readonly model: Model;
}

/** A write-only or dynamic collection of an object: `account.transactions`. */
export interface CollectionValue {
  readonly kind: 'collection';
  readonly relationship: RelationshipValue;
}

export interface ConnectionLikeValue {
  readonly kind: 'session' | 'session-factory' | 'engine' | 'connection';
  readonly async: boolean;
  /** Of sessions and their factories: absent where it is not seen how they are made. */
  readonly expireOnCommit?: boolean;
}

/** A connection, pool or cursor of a driver that is used without SQLAlchemy. */
export interface DriverValue {
  readonly kind: 'driver';
  readonly library: DriverLibrary;
}

export interface ResultValue {
  readonly kind: 'result';
  readonly result: 'result' | 'scalars' | 'row';
  /** The mapped class whose objects it yields, where there is one. */
  readonly model: Model | null;
}

export interface FunctionValue {
  readonly kind: 'function';
  readonly node: FunctionDefinition;
  readonly file: SourceFile;
  readonly self: Value | null;
  /** Qualified name of the class whose body defines it. */
  readonly owner?: string;
  /** Set for a hybrid, which is read as if it stood where it is used. */
  readonly hybrid?: true;
  /** Set for a fixture of pytest: whoever asks for it by name is given what it yields. */
  readonly fixture?: true;
  readonly closure: Environment | null;
}

/** Local variables along one path through a function: see `environment.ts`. */
export interface Environment {
  readonly locals: SharedMap<string, Value>;
  /** Tests that this path has passed, as written, with their outcome. */
  readonly assumed: SharedMap<string, boolean>;
  readonly parent: Environment | null;
  /** Names of class bodies are not seen by the functions inside. */
  readonly scope: 'function' | 'class' | 'comprehension';
}

export interface LambdaValue {
  readonly kind: 'lambda';
  readonly node: Lambda;
  readonly file: SourceFile;
  readonly closure: Environment;
}

/** A class of the workspace that is not mapped. */
export interface ClassValue {
  readonly kind: 'class';
  readonly qualifiedName: string;
  readonly node: ClassDefinition;
  readonly file: SourceFile;
  /** Set for `super()`: the class behind which its members are looked for. */
  readonly behind?: string;
}

/** An object of such a class, `self` among them. */
export interface ObjectValue {
  readonly kind: 'object';
  readonly class: ClassValue;
  /** True for `self` and `cls`: a subclass may replace what the class says. */
  readonly self: boolean;
}

/** A method of a value that this room models, not called yet. */
export interface MethodValue {
  readonly kind: 'method';
  readonly receiver: Value;
  readonly name: string;
}

/** `column.op("->")`, waiting for its other operand. */
export interface OperatorValue {
  readonly kind: 'operator';
  readonly left: Element;
  readonly operator: CustomOperator;
  /** Null for that of the left operand. */
  readonly type: SqlType | null;
}

export interface UnknownValue {
  readonly kind: 'unknown';
  readonly unknown: Unknown;
  /** True where it is surely a piece of SQL: never to be taken for a parameter. */
  readonly sql: boolean;
  /** `T` of `type[T]`: a class that the caller or a subclass gives. */
  readonly variable?: string;
  /** Of a column that a subquery surely does not have: those that it has. */
  readonly lacking?: readonly string[];
}

export const PYTHON: PythonValue = { kind: 'python', type: null };
/** True or False, known when the program runs. */
export const BOOLEAN_VALUE: PythonValue = { kind: 'python', type: 'builtins.bool' };
export const NONE: ConstantValue = { kind: 'constant', value: null, float: false };

/** An option that says nothing yet. */
export const EMPTY_LOADER: LoaderValue = {
  kind: 'loader',
  path: [],
  separate: false,
  replaced: null,
  replacesAll: false,
  joinsAll: false,
  branches: [],
  contained: [],
  loading: [],
  criteria: [],
  unknown: null,
  loads: [],
};

export function element(made: Element): ElementValue {
  return { kind: 'element', element: made, mapped: null };
}

export function library(name: string): LibraryValue {
  return { kind: 'library', name };
}

export function constantValue(value: ConstantValue['value']): ConstantValue {
  return { kind: 'constant', value, float: false };
}

export function unknownSql(unknown: Unknown): UnknownValue {
  return { kind: 'unknown', unknown, sql: true };
}

export function unknownValue(unknown: Unknown): UnknownValue {
  return { kind: 'unknown', unknown, sql: false };
}

/** `one + two`. */
export function joinedLists(one: ListValue, two: ListValue): ListValue {
  const repeated = one.repeated === true || two.repeated === true;
  return { kind: 'list', elements: [...one.elements, ...two.elements], ...(repeated ? { repeated } : {}) };
}

export function isNone(value: Value): boolean {
  return value.kind === 'constant' && value.value === null;
}

/** A value of Python that becomes a parameter where SQL is expected: anything but SQL constructs and constants. */
export function isPlain(value: Value): boolean {
  switch (value.kind) {
    case 'python':
    case 'instance':
    case 'object':
    case 'result':
      return true;
    case 'unknown':
      return !value.sql;
    case 'method':
      return (
        isPlain(value.receiver) ||
        ['constant', 'list', 'dict', 'session', 'connection'].includes(value.receiver.kind)
      );
    default:
      return false;
  }
}
