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
  'convert',
] as const;

export type ScaffoldKind = (typeof scaffoldKinds)[number];

/** Those that write from the schema of a database, which is read before they can ask anything. */
export const schemaScaffoldKinds = ['models-from-database'] as const;

export type SchemaScaffoldKind = (typeof schemaScaffoldKinds)[number];
