/** A migration environment as a whole: its configuration, its env.py, and its revision graph. Read by `read-environments.ts`. */
import type { TextRange } from '../../base/range.ts';
import type { EnvironmentConfig } from '../configuration/config.ts';
import type { RevisionGraph } from '../graph/graph.ts';
import type { EnvironmentScript } from './environment-script.ts';

export interface MigrationEnvironment {
  /** Path of alembic.ini or pyproject.toml; of env.py where no configuration names the environment. */
  readonly config: string;
  /** What `alembic -n` takes; null for the default. */
  readonly section: string | null;
  /** The folder of env.py; null where the configured one does not exist. */
  readonly scriptLocation: string | null;
  readonly versionLocations: readonly string[];
  /** Null where there is no configuration. */
  readonly settings: EnvironmentConfig | null;
  readonly script: EnvironmentScript | null;
  /** `alembic_version` unless env.py says otherwise. */
  readonly versionTable: { readonly schema: string | null; readonly name: string };
  /** `sqlalchemy.url`, which may hold a password; null where it is not in the configuration. */
  readonly url: string | null;
  readonly urlRange: TextRange | null;
  readonly graph: RevisionGraph;
  /** Of the configuration, of single files and of the graph. */
  readonly problems: readonly EnvironmentProblem[];
}

export interface EnvironmentProblem {
  readonly code: string;
  readonly message: string;
  readonly path: string;
  readonly range: TextRange;
  readonly revisions: readonly string[];
}
