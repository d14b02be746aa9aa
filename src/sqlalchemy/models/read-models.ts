/** All files to models: reads their declarations as drafts and links them. */
import { keepSameItems } from '../../base/keep-equal.ts';
import type { ModuleTable } from '../../python/modules.ts';
import { noPackages, type WorkspacePackages } from '../../python/packages/packages.ts';
import type { SourceFile } from '../project.ts';
import { createNameResolver } from '../reading/name-resolver.ts';
import type { NameResolver } from '../reading/site.ts';
import { viewOf } from '../recorded-modules.ts';
import type { ModelDraft } from './drafts.ts';
import { type DraftedModels, readDrafts } from './file-drafts.ts';
import { fitPackages } from './fit-packages.ts';
import { type LinkedModels, linkModels } from './link-models.ts';

export interface ReadModels extends LinkedModels {
  readonly names: NameResolver;
  readonly drafted: DraftedModels;
  /** As the packages of each project have it. */
  readonly drafts: readonly ModelDraft[];
}

export interface ModelOptions {
  readonly packages?: WorkspacePackages;
  /** Of it all is kept that did not change; where no draft changed, nothing is linked anew. */
  readonly previous?: ReadModels | undefined;
}

/** The files are those that mention anything of ours, in any order. */
export function readModels(
  files: readonly SourceFile[],
  table: ModuleTable,
  { packages = noPackages, previous }: ModelOptions = {},
): ReadModels {
  const view = viewOf(files, table);
  const drafted = readDrafts(files, view, previous?.drafted);
  const drafts = keepSameItems(
    previous?.drafts,
    drafted.drafts.map(draft => fitPackages(draft, packages.of(draft.location.path))),
  );
  const unchanged = previous !== undefined && drafts === previous.drafts;
  const linked = unchanged ? previous : linkModels(drafts, previous);
  return { ...linked, drafts, drafted, names: createNameResolver(table, view.files) };
}
