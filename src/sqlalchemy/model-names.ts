/** The names of a project's models, without what it takes to link them: for choosing the files that use one. */
import type { ModuleTable } from '../python/modules.ts';
import { type DraftedModels, readDrafts } from './models/file-drafts.ts';
import type { SourceFile } from './project.ts';
import { viewOf } from './recorded-modules.ts';

export interface ModelNames {
  /** Of classes and tables, without their modules. The same set for as long as it has the same names. */
  readonly names: ReadonlySet<string>;
  readonly drafted: DraftedModels;
}

export function readModelNames(
  files: readonly SourceFile[],
  table: ModuleTable,
  previous?: ModelNames,
): ModelNames {
  const drafted = readDrafts(files, viewOf(files, table), previous?.drafted);
  const names = new Set(drafted.drafts.map(draft => draft.name));
  const same = previous?.names.size === names.size && [...names].every(name => previous.names.has(name));
  return { names: same ? previous.names : names, drafted };
}
