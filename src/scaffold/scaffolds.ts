/** All scaffolds by kind: what the server and the command line offer. */
import { columnScaffold } from './column/column-scaffold.ts';
import { databaseLayerScaffold } from './database-layer/database-layer-scaffold.ts';
import { modelScaffold } from './model/model-scaffold.ts';
import { relationshipScaffold } from './relationship/relationship-scaffold.ts';
import { repositoryScaffold } from './repository/repository-scaffold.ts';
import type { Scaffold, ScaffoldKind } from './scaffold.ts';
import { unitOfWorkScaffold } from './unit-of-work/unit-of-work-scaffold.ts';

export const scaffolds: Readonly<Record<ScaffoldKind, Scaffold>> = {
  'database-layer': databaseLayerScaffold,
  model: modelScaffold,
  column: columnScaffold,
  relationship: relationshipScaffold,
  repository: repositoryScaffold,
  'unit-of-work': unitOfWorkScaffold,
};
