/** All scaffolds by kind: what the server and the command line offer. */

import { alembicScaffold } from './alembic/alembic-scaffold.ts';
import { columnScaffold } from './column/column-scaffold.ts';
import { convertScaffold } from './convert/convert-scaffold.ts';
import { databaseLayerScaffold } from './database-layer/database-layer-scaffold.ts';
import { fastapiResourceScaffold } from './fastapi-resource/fastapi-resource-scaffold.ts';
import { withFileHeads } from './file-heads.ts';
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
  'database-layer': withFileHeads(databaseLayerScaffold),
  model: withFileHeads(modelScaffold),
  column: withFileHeads(columnScaffold),
  relationship: withFileHeads(relationshipScaffold),
  repository: withFileHeads(repositoryScaffold),
  'unit-of-work': withFileHeads(unitOfWorkScaffold),
  retry: withFileHeads(retryScaffold),
  'health-check': withFileHeads(healthCheckScaffold),
  'pool-telemetry': withFileHeads(poolTelemetryScaffold),
  'read-write-split': withFileHeads(readWriteSplitScaffold),
  'test-fixtures': withFileHeads(testFixturesScaffold),
  'fastapi-resource': withFileHeads(fastapiResourceScaffold),
  alembic: withFileHeads(alembicScaffold),
  convert: withFileHeads(convertScaffold),
};
