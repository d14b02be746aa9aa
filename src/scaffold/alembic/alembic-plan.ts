/** What a new Alembic environment is to be. */
import type { EngineThing } from '../database-facts.ts';
import type { NamedThing } from '../named-thing.ts';

export interface AlembicPlan {
  readonly base: NamedThing;
  readonly engine: EngineThing;
  /** Sections of alembic.ini; empty for one database. */
  readonly databases: readonly string[];
  /** Modules that define the models, the base's own left out. */
  readonly modules: readonly string[];
  /** How many folders the tests lie below alembic.ini. */
  readonly testsDepth: number;
  readonly dialect: 'postgresql' | 'sqlite' | 'unknown';
}
