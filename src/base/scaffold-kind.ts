/** Every kind of scaffold by the name that the command line and the protocol know it by. */

export const scaffoldKinds = [
  'database-layer',
  'model',
  'column',
  'relationship',
  'repository',
  'unit-of-work',
  'retry',
  'health-check',
  'pool-telemetry',
  'read-write-split',
  'test-fixtures',
  'fastapi-resource',
  'alembic',
] as const;

export type ScaffoldKind = (typeof scaffoldKinds)[number];
