/** What a scaffold knows of the project that it writes into: plain data, gathered by `learn/learn-project.ts`. */
import type { SourceFile, SqlAlchemyProject } from '../sqlalchemy/project.ts';
import type { DatabaseFacts } from './database-facts.ts';
import type { ModuleFolder, NamedThing, ParameterFact, PlacedThing } from './named-thing.ts';
import type { ImportNeed } from './python-code/import-need.ts';

export interface ProjectFacts {
  /** The folder that new packages go into, absolute. */
  readonly root: string;
  /** False for tests, revisions and examples: nothing new goes there, and their habits are not the project's. */
  readonly isOwnCode: (path: string) => boolean;
  /** Whether a Python file is there already. */
  readonly exists: (path: string) => boolean;
  /** A Python file's text, and its syntax where the project has read it. */
  readonly fileAt: (path: string) => KnownFile | null;
  /** The Python files of a folder that the project has read, without those of its subfolders. */
  readonly filesIn: (folder: string) => readonly KnownFile[];
  /** Top-level packages and modules of the project: their imports are its own. */
  readonly ownPackages: ReadonlySet<string>;
  readonly style: CodeStyle;
  readonly files: FileHabits;
  readonly concurrency: 'sync' | 'async';
  /** True where the project also runs on SQLite, which lacks some of PostgreSQL's types. */
  readonly usesSqlite: boolean;
  /** Null where nothing is mapped yet. */
  readonly base: BaseFact | null;
  readonly mixins: readonly MixinFact[];
  /** `Annotated` primary keys. */
  readonly keyAliases: readonly NamedThing[];
  /** A function for `Enum(values_callable=…)`. */
  readonly enumValues: NamedThing | null;
  /** The primary key that most models declare, where it is none of the plain ones. */
  readonly keySample: KeySample | null;
  /** What models' primary keys mostly are: an id of the question for the key. */
  readonly usualKey: string | null;
  readonly models: readonly ModelFact[];
  readonly habits: ModelHabits;
  readonly columns: ColumnHabits;
  readonly enums: EnumHabits;
  /** Where a new model can go, the most usual place first. Empty where there are no models. */
  readonly places: readonly ModelPlace[];
  /** The file that imports every model, so that Alembic sees them; null for none. */
  readonly registry: string | null;
  /** The folder of the tests, there or not; its module is empty where pytest imports what is in it by itself. */
  readonly tests: ModuleFolder;
  /** The package that the project's own code is in, for a project without models: `app`. */
  readonly package: PackageFact;
  readonly repositories: RepositoryFacts;
  readonly database: DatabaseFacts;
  readonly web: WebFacts;
  /** All that has been read, for scaffolds that change code which is there. */
  readonly project: SqlAlchemyProject;
}

export interface KnownFile {
  readonly path: string;
  readonly text: string;
  /** Dotted module name. */
  readonly module: string;
  /** Null for a file that no reader was interested in, such as an empty `__init__.py`. */
  readonly syntax: SourceFile['module'] | null;
}

export interface CodeStyle {
  readonly lineLength: number;
  readonly quote: '"' | "'";
  /** The lowest version that the project supports: 3.10 is 310. */
  readonly python: number;
}

/** What the project's own files have in common. */
export interface FileHabits {
  /** The comment that a file begins with, such as a licence, with the lines that part it from the rest; empty for none. */
  readonly header: string;
  /** True where most begin with `from __future__ import annotations`. */
  readonly defersAnnotations: boolean;
}

export interface BaseFact extends NamedThing {
  /** How code names it: `Base`; of Flask-SQLAlchemy `db.Model`, where `db` is the name that is imported. */
  readonly expression: string;
  /** `db.Model` and the module that is imported for it, where most models name the class so; null for by its own name. */
  readonly written: (NamedThing & { readonly expression: string }) | null;
  readonly kind: 'declarative' | 'sqlmodel' | 'flask';
  /** False for a variable that holds `declarative_base()`, which is no type to a type checker. */
  readonly isClass: boolean;
  /** True where models are dataclasses too. */
  readonly dataclass: boolean;
  /** Attributes that every model has from it. */
  readonly attributes: readonly string[];
  readonly hasKey: boolean;
  /** True where it derives the table's name from the class's. */
  readonly namesTables: boolean;
  /** True where `datetime` means a time with its zone. */
  readonly mapsDatetime: boolean;
  /** True where values made by the server come back with the statement. */
  readonly eagerDefaults: boolean;
  /** Templates of its metadata's `naming_convention`; empty without one. */
  readonly namingConvention: ReadonlyMap<string, string>;
}

export interface MixinFact extends NamedThing {
  readonly attributes: readonly string[];
  readonly hasKey: boolean;
  /** True where a model that inherits from it need not name the base itself. */
  readonly leadsToBase: boolean;
  /** Number of models that use it. */
  readonly uses: number;
  readonly summary: string;
}

/** `id: Mapped[GUID] = mapped_column(GUID, primary_key=True)`, taken apart. */
export interface KeySample {
  /** What stands in `Mapped[…]`. */
  readonly annotation: string;
  /** The arguments of `mapped_column` as written, each on one line. */
  readonly arguments: readonly string[];
  readonly imports: readonly ImportNeed[];
}

/** A column's annotation without `None`, and its type as the argument of `mapped_column`; null where it has none. */
export interface ColumnSample {
  readonly annotation: string;
  readonly type: string | null;
  readonly imports: readonly ImportNeed[];
}

/** `EnumAsString(Role, 100)`: what is called with the enum, and the arguments after it. */
export interface EnumTypeSample {
  readonly name: string;
  readonly arguments: readonly string[];
  readonly imports: readonly ImportNeed[];
}

/** How most columns of a kind are written, where that is not how SQLAlchemy's own types would be. */
export interface ColumnHabits {
  /** Foreign keys, by what they point to: `users.id`. */
  readonly references: ReadonlyMap<string, ColumnSample>;
  readonly timestamp: ColumnSample | null;
  readonly enumType: EnumTypeSample | null;
  /** Which columns say `nullable=` although their annotation tells it: those that may be empty, and those that may not. */
  readonly saysNullable: { readonly optional: boolean; readonly required: boolean };
}

/** How the project's enums are defined: `class Role(StrEnum)`. */
export interface EnumHabits {
  /** Base classes as written. */
  readonly bases: readonly string[];
  readonly imports: readonly ImportNeed[];
}

export interface ModelFact extends NamedThing {
  readonly path: string;
  /** As a foreign key names it: `schema.table`. */
  readonly table: string;
  /** The one primary key column; null for none, several, or one of a type that is not handled. */
  readonly key: { readonly attribute: string; readonly column: string; readonly type: KeyType } | null;
  readonly attributes: readonly string[];
  /** Tables that its foreign keys point to. */
  readonly references: readonly string[];
  readonly columns: readonly ColumnFact[];
}

export interface ColumnFact {
  readonly attribute: string;
  /** The annotation inside `Mapped[…]` as written; null without one. */
  readonly annotation: string | null;
  /** SQLAlchemy's type as written or derived, such as `String(100)`; null where unknown. */
  readonly type: string | null;
  readonly nullable: boolean;
  readonly primaryKey: boolean;
  readonly unique: boolean;
  /** True where an INSERT may leave it out: a default of any kind. */
  readonly defaulted: boolean;
  /** `table.column` of its foreign key. */
  readonly foreignKey: string | null;
}

export type KeyType = 'int' | 'str' | 'UUID';

export interface ModelHabits {
  readonly pluralTables: boolean;
  /** What the names of nearly all models end with, such as `Model`; empty for nothing. */
  readonly ending: string;
  /** True where the base class stands before the mixins. */
  readonly baseFirst: boolean;
  readonly moduleDocstrings: boolean;
  readonly classDocstrings: boolean;
  /** What follows most `__tablename__ = …`, such as `  # type: ignore`; empty for nothing. */
  readonly tableComment: string;
  /** `lazy=` of most relationships; null for SQLAlchemy's default. */
  readonly lazy: string | null;
  /** `Optional` where most annotations that allow None are `Optional[X]`. */
  readonly optionalColumns: 'union' | 'Optional';
  readonly optionalRelationships: 'union' | 'Optional';
  /** What most relationships to many rows are annotated with. */
  readonly lists: 'list' | 'List';
}

export type ModelPlace =
  | {
      readonly kind: 'folder';
      readonly path: string;
      readonly module: string;
      readonly pluralFiles: boolean;
      /** What every file's name begins with. */
      readonly prefix: '' | '_';
    }
  | { readonly kind: 'file'; readonly path: string; readonly module: string };

export interface PackageFact {
  /** Absolute. */
  readonly path: string;
  readonly module: string;
  /** False where the folder has no `__init__.py`, or is not there. */
  readonly exists: boolean;
}

export interface RepositoryFacts {
  /** The generic class that repositories inherit from. */
  readonly base: RepositoryBase | null;
  /** Those of single models. */
  readonly known: readonly RepositoryFact[];
  /** Where repositories are kept. */
  readonly layout: FileLayout | null;
}

export interface RepositoryFact extends NamedThing {
  /** The model's name. */
  readonly model: string;
  readonly concurrency: 'sync' | 'async';
  /** Of its constructor, `self` left out. */
  readonly parameters: readonly ParameterFact[];
  /** Its own and inherited methods, the nearest of each name. */
  readonly methods: readonly MethodFact[];
  /** Names that stand for the model in its methods: the model's own, and the type variables of its bases. */
  readonly rowTypes: readonly string[];
}

export interface MethodFact {
  readonly name: string;
  readonly waits: boolean;
  /** `self` left out. */
  readonly parameters: readonly ParameterFact[];
  /** The annotation as written. */
  readonly returns: string | null;
  /** True where its body commits. */
  readonly commits: boolean;
}

/** What FastAPI serves of the project. */
export interface WebFacts {
  readonly app: ApplicationFact | null;
  /** The application or router that most routers are included in. */
  readonly hub: PlacedThing | null;
  readonly routers: FileLayout | null;
  readonly schemas: FileLayout | null;
}

/** `name` is the variable that is given `FastAPI(…)`. */
export interface ApplicationFact extends PlacedThing {
  /** The function that makes it; null where the module does. */
  readonly factory: string | null;
  /** The module's variable that holds it; null for none. */
  readonly held: string | null;
}

/** Where the files of one purpose are: together, or one of the same name in the package of each feature. */
export type FileLayout =
  | ({ readonly kind: 'folder'; readonly pluralFiles: boolean } & ModuleFolder)
  | ({ readonly kind: 'feature'; readonly stem: string } & ModuleFolder);

export interface RepositoryBase extends NamedThing {
  readonly concurrency: 'sync' | 'async';
  /** Types in brackets: `Repository[Order]` has one, `Repository[Order, int]` two. */
  readonly typeArguments: number;
  /** The class attribute that names the model; null where the type alone does. */
  readonly modelAttribute: string | null;
  /** Whether those types can be filled in: the model, or the model and its key. */
  readonly takesModel: boolean;
  /** What its constructor must be given, `self` left out. */
  readonly parameters: readonly string[];
  /** Whether it has the hook `_criteria` of the base that this scaffold writes. */
  readonly hasCriteria: boolean;
}
