/** How the project's own code reaches its database, as scaffolds need to know it. */
import type { ConcurrentThing, ModuleFolder, NamedThing, ParameterFact } from './named-thing.ts';

/** How the project's own code reaches its database. */
export interface DatabaseFacts {
  /** Engines that a module holds. */
  readonly engines: readonly EngineThing[];
  /** Session factories that a module holds. */
  readonly factories: readonly ConcurrentThing[];
  /** Functions that give an object which keeps an engine and a session factory. */
  readonly keepers: readonly EngineKeeper[];
  /** Functions without arguments that give the engine, and always the same one: `@cache def get_engine()`. */
  readonly engineMakers: readonly ConcurrentThing[];
  /** Those that give a session factory, the same or a new one. */
  readonly factoryMakers: readonly ConcurrentThing[];
  /** True where the code makes an engine, wherever it is kept. */
  readonly makesEngine: boolean;
  /** Functions that yield a session, as FastAPI's `Depends` takes them; the most used first. */
  readonly dependencies: readonly SessionDependency[];
  /** The classes named like a unit of work. */
  readonly unitsOfWork: readonly UnitOfWorkFact[];
  /** Functions that yield one. */
  readonly unitDependencies: readonly UnitDependency[];
  /** Where new files about the database go. */
  readonly place: ModuleFolder;
}

export interface SessionDependency extends ConcurrentThing {
  /** True where it commits when the request has been answered. */
  readonly commits: boolean;
}

export interface UnitDependency extends ConcurrentThing {
  /** The name of the unit of work's class. */
  readonly yields: string;
}

export interface UnitOfWorkFact extends ConcurrentThing {
  /** Attributes that it declares, by the name of their type: `CustomerRepository` to `customers`. */
  readonly attributes: ReadonlyMap<string, string>;
  /** The methods and properties that its body defines. */
  readonly members: readonly string[];
  /** Of its constructor, `self` left out. */
  readonly parameters: readonly ParameterFact[];
}

export interface EngineThing extends ConcurrentThing {
  /** `postgresql+asyncpg`; null where the URL is not constant. */
  readonly driver: string | null;
}

/** `name` is the function. */
export interface EngineKeeper extends ConcurrentThing {
  /** The class of what it gives. */
  readonly type: NamedThing;
  /** The attributes that hold the engine and the session factory. */
  readonly engine: string;
  readonly factory: string;
  /** True where it asks for the request, so that FastAPI has to call it. */
  readonly byRequest: boolean;
}
