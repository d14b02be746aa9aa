/** What a resource is: its model, the fields that are read and written, and the modules that its code goes into. */
import type { ConcurrentThing, ModelFact, ModuleFolder } from '../project-facts.ts';
import type { ImportNeed } from '../python-code/import-need.ts';

export interface ResourcePlan {
  readonly model: ModelFact;
  /** `customer` and `customers`. */
  readonly singular: string;
  readonly plural: string;
  readonly concurrency: 'sync' | 'async';
  readonly dependency: ConcurrentThing;
  /** The name of `Annotated[Session, Depends(…)]` beside the dependency; null where there is none. */
  readonly alias: string | null;
  readonly schemas: ModuleFolder & { readonly file: string };
  readonly routers: ModuleFolder & { readonly file: string };
  readonly key: NonNullable<ModelFact['key']>;
  readonly read: readonly ResourceField[];
  readonly write: readonly ResourceField[];
  /** True where a row needs another row first. */
  readonly needsOthers: boolean;
}

export interface ResourceField {
  readonly name: string;
  /** Without `| None`. */
  readonly type: string;
  readonly nullable: boolean;
  readonly maxLength: number | null;
  readonly imports: readonly ImportNeed[];
  /** Python for a value that fits. */
  readonly sample: string;
}
