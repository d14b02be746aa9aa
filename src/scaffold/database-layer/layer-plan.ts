/** What a new database layer is to be, read from the answers. */

import type { EngineThing } from '../database-facts.ts';
import type { LifespanChange } from '../fastapi/extend-lifespan.ts';
import type { NamedThing } from '../named-thing.ts';
import type { PackageFact } from '../project-facts.ts';
import type { Driver } from './drivers.ts';

export interface LayerPlan {
  readonly driver: Driver;
  readonly fastapi: boolean;
  /** `package` is a folder `db` with a file for each purpose, `module` one file `database.py`. */
  readonly layout: 'package' | 'module';
  readonly home: PackageFact;
  /** The folder of the new files, and their package. */
  readonly place: { readonly path: string; readonly module: string };
  /** The one that the project has; null where it is to be made. */
  readonly base: NamedThing | null;
  readonly engine: EngineThing | null;
  readonly factory: NamedThing | null;
  /** Whether a function that yields sessions is there already. */
  readonly dependency: 'there' | 'missing';
  /** What becomes of an application that is there; null where it is to be made. */
  readonly lifespan: LifespanChange | null;
  /** `application_name`, and the name of the database in development. */
  readonly application: string;
}
