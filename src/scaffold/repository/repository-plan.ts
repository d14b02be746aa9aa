/** What a new repository is to be, read from the answers. */
import type { ModuleFolder } from '../named-thing.ts';
import type { ModelFact, RepositoryBase } from '../project-facts.ts';

export interface RepositoryPlan {
  readonly name: string;
  readonly model: ModelFact;
  readonly path: string;
  readonly module: string;
  /** The package that the file is in. */
  readonly folder: ModuleFolder;
  readonly base: RepositoryBase;
  /** True where the project has no generic base that can be used. */
  readonly writesBase: boolean;
}
