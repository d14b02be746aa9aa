/** What a resource is: its model, the fields that are read and written, and the modules that its code goes into. */
import type { ColumnField } from '../column-field.ts';
import type { FilePlace } from '../file-layout.ts';
import type { ModelFact } from '../project-facts.ts';
import type { ResourceAccess } from './resource-access.ts';

export interface ResourcePlan {
  readonly model: ModelFact;
  /** `customer` and `customers`. */
  readonly singular: string;
  readonly plural: string;
  readonly access: ResourceAccess;
  readonly schemas: FilePlace;
  readonly routers: FilePlace;
  readonly key: NonNullable<ModelFact['key']>;
  readonly read: readonly ColumnField[];
  readonly write: readonly ColumnField[];
  /** What it is included with; null where the router has its own. */
  readonly prefix: string | null;
  /** Attributes that no field stands for. */
  readonly leftOut: readonly string[];
  /** Attributes that clients do not get. */
  readonly secrets: readonly string[];
  /** True where a row needs another row first. */
  readonly needsOthers: boolean;
}
