/** What single specifications need on the server, and where a fix is meant to leave another schema: by case, with the reason. */

/** SQL that runs before the revision, by rule. */
export const setups: Readonly<Record<string, string>> = {
  'detach-partition-without-concurrently':
    'CREATE TABLE logs (id int) PARTITION BY RANGE (id); CREATE TABLE logs_2024 PARTITION OF logs FOR VALUES FROM (1) TO (9)',
  'drop-cascade': 'ALTER TABLE events RENAME CONSTRAINT pk_events TO events_pkey',
  'drop-schema': 'CREATE SCHEMA reports',
  'execute-with-parameters': 'ALTER TABLE users ALTER is_active SET DEFAULT true',
  'primary-key-on-existing-table': 'ALTER TABLE events DROP CONSTRAINT pk_events',
  'refresh-without-concurrently':
    'CREATE SCHEMA reports; CREATE MATERIALIZED VIEW totals AS SELECT id FROM posts; CREATE UNIQUE INDEX ON totals (id);' +
    ' CREATE MATERIALIZED VIEW reports.totals AS SELECT id FROM posts; CREATE UNIQUE INDEX ON reports.totals (id)',
};

const refused = 'PostgreSQL or Alembic refuses the revision without the fix';
const firstStep = 'the fix is the first step of several: the rest follows when no code needs the old one';

export const exceptions: Readonly<Record<string, string>> = {
  'column-type-rewrite: Directives (1)': firstStep,
  'column-type-rewrite: SQL (1)': firstStep,
  'concurrently-in-transaction: Directives (1)': refused,
  'concurrently-in-transaction: Directives (2)': refused,
  'concurrently-in-transaction: SQL (1)': refused,
  'detach-partition-without-concurrently: The mistake (1)':
    'PostgreSQL keeps the bounds of what is detached concurrently as a check',
  'enum-created-twice: The mistake (1)': refused,
  'enum-created-twice: The mistake (2)': refused,
  'enum-not-created: The mistake (1)': refused,
  'enum-not-created: The mistake (2)': refused,
  'enum-value-used-in-transaction: The mistake (1)': refused,
  'execute-with-parameters: The mistake (1)': refused,
  'execute-with-parameters: The mistake (3)': refused,
  'not-null-column-without-default: Columns of an existing table (1)': refused,
  'not-null-column-without-default: Columns of an existing table (2)': refused,
  'rename-column: The mistake (1)': firstStep,
  'rename-table: The mistake (1)': 'a view keeps the old name for code that runs',
  'rename-table: The mistake (2)': 'a view keeps the old name for code that runs',
  'stored-generated-column: The mistake (1)': 'a virtual column takes the place of the stored one',
  'volatile-default-on-new-column: The mistake (1)': firstStep,
};
