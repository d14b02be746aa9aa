/**
 * The contract of this room towards the others: a whole project's facts, and one file's. `read-project.ts` builds
 * them. Every product is immutable; a change gives a new project that shares what the change did not touch.
 */

import type { ModuleSymbols } from '../python/modules/modules.ts';
import type { PackageFacts } from '../python/packages/packages.ts';
import type { Scope } from '../python/scopes/scope.ts';
import type { Expression, FunctionDefinition, Module } from '../python/syntax.ts';
import type { EngineFact, SessionFactoryFact } from './engine.ts';
import type { FileFlow } from './flow-fact.ts';
import type { Meaning } from './meaning.ts';
import type { MappedAttribute, Model } from './model.ts';
import type { SeparateLoad, StatementFact } from './statement.ts';
import type { StatementOutline } from './statement-outline.ts';

/** One parsed Python file: everything that can be known from it alone. */
export interface SourceFile {
  readonly path: string;
  readonly text: string;
  /** Dotted module name. */
  readonly name: string;
  readonly module: Module;
  readonly scopes: Scope;
  readonly symbols: ModuleSymbols;
}

export interface SqlAlchemyProject {
  readonly files: ReadonlyMap<string, SourceFile>;
  /** By qualified name. */
  readonly models: ReadonlyMap<string, Model>;
  readonly engines: readonly EngineFact[];
  readonly sessionFactories: readonly SessionFactoryFact[];
  /** Versions of SQLAlchemy, drivers and Python that count for a file. */
  packagesOf(path: string): PackageFacts;
  /** Facts of one file, computed when first asked for and kept for a while. An unknown path gives empty facts. */
  factsOf(path: string): FileFacts;
  /**
   * What is known of one top-level function or method alone, or of what stands in no function: the same as in the facts of
   * its file, in a fraction of the time. Not kept.
   */
  factsWithin(path: string, focus: FunctionDefinition | 'declarations'): FileFacts;
  /** What happens to sessions and objects in the functions of one file; computed when first asked for and kept. */
  flowOf(path: string): FileFlow;
  /**
   * The files whose text has a match, in their order; looked for once a pattern, which has no state (`g`, `y`). `part`: what
   * every match has in it, which is found sooner.
   */
  filesWith(pattern: RegExp, part?: string): readonly SourceFile[];
  /**
   * The first group of every match in the files whose text has the part, in their order; empty where a match has none. What
   * else is in these files does not count. The pattern is global.
   */
  matchesIn(pattern: RegExp, part: string): readonly string[];
  /** Whether a file binds the name at its top level; what else is in it does not count. */
  binds(path: string, name: string): boolean;
  /** Qualified names of the classes that name the class as a base. */
  subclassesOf(qualifiedName: string): readonly string[];
  /** Qualified name of the one model or bare table that declares a table; null where there is none or more than one. */
  modelOfTable(name: string, schema: string | null): string | null;
  /** All whose rows are in a table of that name, whatever its schema: subclasses that share it among them. */
  modelsWithTable(name: string): readonly Model[];
  /** Qualified names of the models and tables of that name; what they have does not count. */
  modelsNamed(name: string): readonly string[];
  /** Qualified names of the models that inherit from the model's mapping, without those below them. */
  heirsOf(qualifiedName: string): readonly string[];
  /** Qualified names of the models that a file declares, in source order. */
  modelsOfFile(path: string): readonly string[];
  /**
   * What a file declares of mapped attributes, with each model that has one: a mixin's serves many. The same list for as
   * long as the models are the same.
   */
  attributesIn(path: string): readonly DeclaredAttribute[];
  /** What the facts and the flow of one file were read from, as far as they were asked for. */
  sourcesOf(path: string): FactSources;
  /** All that files ask each other about besides their code: models, how they join, engines. */
  linkedData(): LinkedData;
  /** Lets go of the facts that are kept for a while: after a walk over all files most are not asked for again. */
  rest(): void;
}

export interface DeclaredAttribute {
  readonly model: Model;
  readonly attribute: MappedAttribute;
}

/** Data that can be written out. */
export interface LinkedData {
  /** By qualified name: a model with its joins. The same object for as long as these are. */
  readonly models: ReadonlyMap<string, object>;
  readonly engines: readonly EngineFact[];
  readonly sessionFactories: readonly SessionFactoryFact[];
}

/** Where these are as they were, and engines and packages are, the facts of a file are. */
export interface FactSources {
  /** Paths of the files whose code was looked at, wherever in them. */
  readonly files: ReadonlySet<string>;
  /** Of those where only what binds a name was: `path name`, see `partsOf`. */
  readonly parts: ReadonlySet<string>;
  /** Paths of those that were asked what a name leads to, and nothing else: see `surfaceOf`. */
  readonly named: ReadonlySet<string>;
  /** Dotted names that led to no module of that very name: one that comes or goes may be what they mean. */
  readonly missed: ReadonlySet<string>;
  /** By the class whose subclasses were asked for: their qualified names. */
  readonly subclasses: ReadonlyMap<string, readonly string[]>;
  /** Qualified names of the models that were asked for, also where there is none. */
  readonly models: ReadonlySet<string>;
  /** The models of the tables that were asked about, as `modelOfTable` names them. */
  readonly tables: readonly (readonly [name: string, schema: string | null, model: string | null])[];
  /** By the name whose models were asked for: those, which are among `models`. */
  readonly called: ReadonlyMap<string, readonly string[]>;
  /** By the path of a file whose models were asked for: those, which are among `models`. */
  readonly declared: ReadonlyMap<string, readonly string[]>;
  /** True where something was asked of all models. */
  readonly allModels: boolean;
  /** True where something was asked of all files. */
  readonly all: boolean;
}

export interface FileFacts {
  /** Models declared in the file, in source order. */
  readonly models: readonly Model[];
  readonly statements: readonly StatementFact[];
  /** Meaning of an expression of this file's tree (by identity of the node). */
  meaningOf(expression: Expression): Meaning;
  /**
   * The statements that reach a place where one is used whole, one for each path: an argument such as that of
   * `session.execute(…)`, or the call `query.all()` of a legacy query. Empty elsewhere.
   */
  outlinesAt(expression: Expression): readonly StatementOutline[];
  /** One for each path that builds a statement of `statements`. */
  outlinesOf(statement: StatementFact): readonly StatementOutline[];
  /** What loading relationships sends besides a statement of `statements`; worked out when it is asked for. */
  separateLoadsOf(statement: StatementFact): readonly SeparateLoad[];
}
