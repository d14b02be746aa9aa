/** All scaffolds by kind: what the server and the command line offer. */
import { modelScaffold } from './model/model-scaffold.ts';
import { repositoryScaffold } from './repository/repository-scaffold.ts';
import type { Scaffold, ScaffoldKind } from './scaffold.ts';
import { unitOfWorkScaffold } from './unit-of-work/unit-of-work-scaffold.ts';

export const scaffolds: Readonly<Record<ScaffoldKind, Scaffold>> = {
  model: modelScaffold,
  repository: repositoryScaffold,
  'unit-of-work': unitOfWorkScaffold,
};
