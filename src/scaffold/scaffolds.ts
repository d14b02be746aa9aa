/** All scaffolds by kind: what the server and the command line offer. */

import { alembicScaffold } from './alembic/alembic-scaffold.ts';
import { columnScaffold } from './column/column-scaffold.ts';
import { convertScaffold } from './convert/convert-scaffold.ts';
import { databaseLayerScaffold } from './database-layer/database-layer-scaffold.ts';
import { fastapiResourceScaffold } from './fastapi-resource/fastapi-resource-scaffold.ts';
import { healthCheckScaffold } from './health-check/health-check-scaffold.ts';
import { modelScaffold } from './model/model-scaffold.ts';
import { poolTelemetryScaffold } from './pool-telemetry/pool-telemetry-scaffold.ts';
import { readWriteSplitScaffold } from './read-write-split/read-write-split-scaffold.ts';
import { relationshipScaffold } from './relationship/relationship-scaffold.ts';
import { repositoryScaffold } from './repository/repository-scaffold.ts';
import { retryScaffold } from './retry/retry-scaffold.ts';
import type { Scaffold, ScaffoldKind } from './scaffold.ts';
import { testFixturesScaffold } from './test-fixtures/test-fixtures-scaffold.ts';
import { unitOfWorkScaffold } from './unit-of-work/unit-of-work-scaffold.ts';

export const scaffolds: Readonly<Record<ScaffoldKind, Scaffold>> = {
  'database-layer': databaseLayerScaffold,
  model: modelScaffold,
  column: columnScaffold,
  relationship: relationshipScaffold,
  repository: repositoryScaffold,
  'unit-of-work': unitOfWorkScaffold,
  retry: retryScaffold,
  'health-check': healthCheckScaffold,
  'pool-telemetry': poolTelemetryScaffold,
  'read-write-split': readWriteSplitScaffold,
  'test-fixtures': testFixturesScaffold,
  'fastapi-resource': fastapiResourceScaffold,
  alembic: alembicScaffold,
  convert: convertScaffold,
};
