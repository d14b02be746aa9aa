/** All files to models: reads their declarations as drafts and links them. */
import { keepSameItems } from '../../base/keep-equal.ts';
import type { ModuleTable } from '../../python/modules/modules.ts';
import { noPackages, type WorkspacePackages } from '../../python/packages/packages.ts';
import { type ModuleView, viewOf } from '../module-view.ts';
import type { SourceFile } from '../project.ts';
import { createNameResolver } from '../reading/name-resolver.ts';
import type { NameResolver } from '../reading/site.ts';
import type { ModelDraft } from './drafts.ts';
import { FileDrafts } from './file-drafts.ts';
import { fitPackages } from './fit-packages.ts';
import { type LinkedModels, linkModels } from './link-models.ts';

export interface ReadModels extends LinkedModels {
  readonly names: NameResolver;
}

export interface ModelOptions {
  readonly packages?: WorkspacePackages;
}

/** The files are those that mention anything of ours, in any order. */
export function readModels(
  files: readonly SourceFile[],
  table: ModuleTable,
  { packages = noPackages }: ModelOptions = {},
): ReadModels {
  const view = viewOf(files, table);
  return { ...new ModelReadings(view, packages).linked, names: createNameResolver(table, view.files) };
}

/** Has a lifetime: it goes on with each version of a project. Where no draft changed, nothing is linked anew. */
export class ModelReadings {
  readonly #read: FileDrafts<ModelDraft>;
  #packages: WorkspacePackages;
  /** As they were read, and as the packages of each project have them. */
  #drafts: { readonly read: readonly ModelDraft[]; readonly fitted: readonly ModelDraft[] };
  #linked: LinkedModels;

  constructor(view: ModuleView, packages: WorkspacePackages) {
    this.#read = new FileDrafts(view, draft => draft);
    this.#packages = packages;
    this.#drafts = fittedDrafts(this.#read.drafts, packages);
    this.#linked = linkModels(this.#drafts.fitted);
  }

  /** Of the version that it went on to last. */
  get linked(): LinkedModels {
    return this.#linked;
  }

  moveTo(view: ModuleView, packages: WorkspacePackages): void {
    this.#read.moveTo(view);
    const { drafts } = this.#read;
    if (drafts === this.#drafts.read && packages === this.#packages) return;
    const { read, fitted } = fittedDrafts(drafts, packages);
    const kept = keepSameItems(this.#drafts.fitted, fitted);
    if (kept !== this.#drafts.fitted) this.#linked = linkModels(kept, this.#linked);
    this.#packages = packages;
    this.#drafts = { read, fitted: kept };
  }
}

function fittedDrafts(read: readonly ModelDraft[], packages: WorkspacePackages) {
  return { read, fitted: read.map(draft => fitPackages(draft, packages.of(draft.location.path))) };
}
