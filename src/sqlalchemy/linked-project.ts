/**
 * What the reading of one file's statements may ask about the whole project: models, engines and definitions,
 * already linked across files. Built by `read-project.ts`; holds no facts about statements.
 */
import type { NamedModules } from '../python/modules/modules.ts';
import type { PackageFacts } from '../python/packages/packages.ts';
import type {
  Assignment,
  ClassDefinition,
  Expression,
  FunctionDefinition,
  TypeAlias,
} from '../python/syntax.ts';
import type { EngineFact, SessionFactoryFact } from './engine.ts';
import type { Model } from './model.ts';
import type { SourceFile } from './project.ts';

export interface LinkedProject {
  /** By path. */
  readonly files: ReadonlyMap<string, SourceFile>;
  readonly table: NamedModules;
  /** By qualified name; bare tables are models of kind `table`. */
  readonly models: ReadonlyMap<string, Model>;
  readonly engines: readonly EngineFact[];
  readonly sessionFactories: readonly SessionFactoryFact[];
  /** Versions of SQLAlchemy, drivers and Python that count for a file. */
  packagesOf(path: string): PackageFacts;
  /** Models and tables declared in the file, in source order. */
  modelsOfFile(path: string): readonly Model[];
  /** Models and tables of the name, as which the last part of a qualified name counts too. */
  modelsNamed(name: string): readonly Model[];
  /** The model or bare table that declares the table; null where there is none or more than one. */
  modelOfTable(name: string, schema: string | null): Model | null;
  /** `module.name` or `module.Class.member`, as `qualify` gives it; null where it is not in the workspace. */
  definitionOf(qualifiedName: string): Definition | null;
  /** Classes of the workspace that name the class as a base, in the order of files and lines. */
  subclassesOf(qualifiedName: string): readonly Subclass[];
  /** How a relationship joins; null where it cannot be worked out. Backrefs included. */
  joinOf(model: Model, relationship: string): RelationshipJoin | null;
}

/** The statement that binds a name last in its module or class body. Whoever asks for its kind alone depends on nothing else. */
export interface Definition {
  readonly kind: Definition['node']['kind'];
  readonly file: SourceFile;
  readonly node: ClassDefinition | FunctionDefinition | Assignment | TypeAlias;
}

export interface Subclass {
  readonly qualifiedName: string;
  readonly file: SourceFile;
  readonly node: ClassDefinition;
}

export interface RelationshipJoin {
  /** Qualified name of the target model. */
  readonly target: string;
  /** Columns of the parent's table and their partners in the target's table, or in the secondary one. */
  readonly pairs: readonly ColumnPair[];
  readonly secondary: SecondaryJoin | null;
  /** Set where `primaryjoin` or `secondaryjoin` is written out: then `pairs` may be empty, and do not count. */
  readonly custom: CustomJoin | null;
  /** `order_by=` as written, unwrapped from a lambda; absent without one. */
  readonly order?: { readonly file: SourceFile; readonly written: Expression };
}

export interface ColumnPair {
  readonly local: ColumnReference;
  readonly remote: ColumnReference;
}

export interface ColumnReference {
  readonly table: string;
  readonly schema: string | null;
  /** Name in the database. */
  readonly column: string;
}

export interface SecondaryJoin {
  /** Qualified name of the class or variable that declares the table. */
  readonly owner: string;
  readonly table: string;
  readonly schema: string | null;
  /** Local is the secondary table's column, remote the target's. */
  readonly pairs: readonly ColumnPair[];
}

/** Expressions as written, unwrapped from lambdas, to be read in `file`; strings stay string literals. */
export interface CustomJoin {
  readonly file: SourceFile;
  readonly primary: Expression | null;
  readonly secondary: Expression | null;
  /** Columns of `remote_side` and `foreign_keys`, as far as they could be followed. */
  readonly remote: readonly ColumnReference[];
  readonly foreign: readonly ColumnReference[];
  /** True for a backref: what is written as remote is local, seen from there. */
  readonly reversed: boolean;
}
