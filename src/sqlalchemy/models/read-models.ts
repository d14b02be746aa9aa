/** All files to models: reads their declarations as drafts and links them. */
import type { ModuleTable } from '../../python/modules.ts';
import type { SourceFile } from '../project.ts';
import { createNameResolver } from '../reading/name-resolver.ts';
import type { NameResolver } from '../reading/site.ts';
import { viewOf } from '../recorded-modules.ts';
import { type DraftedModels, readDrafts } from './file-drafts.ts';
import { type LinkedModels, linkModels } from './link-models.ts';

export interface ReadModels extends LinkedModels {
  readonly names: NameResolver;
  readonly drafted: DraftedModels;
}

/**
 * The files are those that mention anything of ours, in any order. Of `previous` all is kept that did not change; where
 * no draft changed, nothing is linked anew.
 */
export function readModels(
  files: readonly SourceFile[],
  table: ModuleTable,
  previous?: ReadModels,
): ReadModels {
  const view = viewOf(files, table);
  const drafted = readDrafts(files, view, previous?.drafted);
  const unchanged = previous !== undefined && drafted.drafts === previous.drafted.drafts;
  const linked = unchanged ? previous : linkModels(drafted.drafts, previous);
  return { ...linked, drafted, names: createNameResolver(table, view.files) };
}
