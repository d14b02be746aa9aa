/**
 * What statements lock and how much they read or write: the one table that the migration rules take their claims from, and
 * that `test/unit/rules/lock-facts.test.ts` asserts on a real server, statement by statement.
 */

/** PostgreSQL's modes for tables, weakest first. */
export type LockMode =
  | 'ROW EXCLUSIVE'
  | 'SHARE UPDATE EXCLUSIVE'
  | 'SHARE'
  | 'SHARE ROW EXCLUSIVE'
  | 'EXCLUSIVE'
  | 'ACCESS EXCLUSIVE';

/** Whom a lock keeps waiting: SELECT reads, INSERT, UPDATE and DELETE write. */
export type Blocked = 'nobody' | 'writes' | 'reads and writes';

/** `index`: the table is read whole to build an index. `rewrite`: the table is written anew, with all its indexes. */
export type Work = 'none' | 'scan' | 'index' | 'rewrite';

export interface LockFact {
  readonly mode: LockMode;
  readonly work: Work;
  /** The other table that is locked, such as a foreign key's target. */
  readonly other?: { readonly table: string; readonly mode: LockMode };
  /** The first PostgreSQL version of which it is true, where older ones that are in use do more. */
  readonly since?: number;
  /** Whom it keeps waiting, where it is more than `mode` says. */
  readonly blocks?: Blocked;
  /** A statement that shows it, on the tables of the test: `t`, `parent`, `part`, `archive`, `view`. */
  readonly sql: string;
  /** What runs and is committed before. */
  readonly setup?: string;
  /** The table that `mode` is about; `t` where not given. */
  readonly on?: string;
  /** It cannot run inside of a transaction. */
  readonly outside?: true;
}

const full = 'ACCESS EXCLUSIVE';
const gentle = 'SHARE UPDATE EXCLUSIVE';

export const lockFacts = {
  createIndex: { mode: 'SHARE', work: 'index', sql: 'CREATE INDEX ix ON t (n)' },
  createIndexConcurrently: {
    mode: gentle,
    work: 'index',
    sql: 'CREATE INDEX CONCURRENTLY ix ON t (n)',
    outside: true,
  },
  dropIndex: { mode: full, work: 'none', sql: 'DROP INDEX t_note' },
  dropIndexConcurrently: { mode: gentle, work: 'none', sql: 'DROP INDEX CONCURRENTLY t_note', outside: true },
  // It locks each index in ACCESS EXCLUSIVE besides, and planning any query of the table looks at all of them.
  reindex: { mode: 'SHARE', work: 'index', sql: 'REINDEX TABLE t', blocks: 'reads and writes' },
  reindexConcurrently: {
    mode: gentle,
    work: 'index',
    sql: 'REINDEX TABLE CONCURRENTLY t',
    since: 12,
    outside: true,
  },
  refreshView: { mode: full, work: 'rewrite', sql: 'REFRESH MATERIALIZED VIEW view', on: 'view' },
  refreshViewConcurrently: {
    mode: 'EXCLUSIVE',
    work: 'scan',
    sql: 'REFRESH MATERIALIZED VIEW CONCURRENTLY view',
    on: 'view',
  },
  detachPartition: {
    mode: full,
    work: 'none',
    sql: 'ALTER TABLE parted DETACH PARTITION part',
    on: 'parted',
    other: { table: 'part', mode: full },
  },
  detachPartitionConcurrently: {
    mode: gentle,
    work: 'none',
    sql: 'ALTER TABLE parted DETACH PARTITION part CONCURRENTLY',
    on: 'parted',
    since: 14,
    outside: true,
  },
  attachPartition: {
    mode: full,
    work: 'scan',
    sql: 'ALTER TABLE parted ATTACH PARTITION archive FOR VALUES FROM (100) TO (200)',
    on: 'archive',
    other: { table: 'parted', mode: gentle },
  },
  attachPartitionChecked: {
    mode: full,
    work: 'none',
    setup: 'ALTER TABLE archive ADD CHECK (id IS NOT NULL AND id >= 100 AND id < 200)',
    sql: 'ALTER TABLE parted ATTACH PARTITION archive FOR VALUES FROM (100) TO (200)',
    on: 'archive',
    other: { table: 'parted', mode: gentle },
  },
  addForeignKey: {
    mode: 'SHARE ROW EXCLUSIVE',
    work: 'scan',
    sql: 'ALTER TABLE t ADD FOREIGN KEY (n) REFERENCES parent (id)',
    other: { table: 'parent', mode: 'SHARE ROW EXCLUSIVE' },
  },
  addForeignKeyNotValid: {
    mode: 'SHARE ROW EXCLUSIVE',
    work: 'none',
    sql: 'ALTER TABLE t ADD FOREIGN KEY (n) REFERENCES parent (id) NOT VALID',
    other: { table: 'parent', mode: 'SHARE ROW EXCLUSIVE' },
  },
  validateForeignKey: {
    mode: gentle,
    work: 'scan',
    setup: 'ALTER TABLE t ADD CONSTRAINT fk FOREIGN KEY (n) REFERENCES parent (id) NOT VALID',
    sql: 'ALTER TABLE t VALIDATE CONSTRAINT fk',
  },
  addCheck: { mode: full, work: 'scan', sql: 'ALTER TABLE t ADD CHECK (n > 0)' },
  addCheckNotValid: { mode: full, work: 'none', sql: 'ALTER TABLE t ADD CHECK (n > 0) NOT VALID' },
  validateCheck: {
    mode: gentle,
    work: 'scan',
    setup: 'ALTER TABLE t ADD CONSTRAINT positive CHECK (n > 0) NOT VALID',
    sql: 'ALTER TABLE t VALIDATE CONSTRAINT positive',
  },
  setNotNull: { mode: full, work: 'scan', sql: 'ALTER TABLE t ALTER COLUMN n SET NOT NULL' },
  setNotNullChecked: {
    mode: full,
    work: 'none',
    since: 12,
    setup: 'ALTER TABLE t ADD CONSTRAINT filled CHECK (n IS NOT NULL)',
    sql: 'ALTER TABLE t ALTER COLUMN n SET NOT NULL',
  },
  dropNotNull: { mode: full, work: 'none', sql: 'ALTER TABLE t ALTER COLUMN id DROP NOT NULL' },
  setDefault: { mode: full, work: 'none', sql: 'ALTER TABLE t ALTER COLUMN n SET DEFAULT 1' },
  addUnique: { mode: full, work: 'index', sql: 'ALTER TABLE t ADD UNIQUE (id)' },
  addUniqueUsingIndex: {
    mode: full,
    work: 'none',
    setup: 'CREATE UNIQUE INDEX ux ON t (id)',
    sql: 'ALTER TABLE t ADD CONSTRAINT ux UNIQUE USING INDEX ux',
  },
  addPrimaryKey: { mode: full, work: 'index', sql: 'ALTER TABLE t ADD PRIMARY KEY (id)' },
  addPrimaryKeyUsingIndex: {
    mode: full,
    work: 'none',
    setup: 'CREATE UNIQUE INDEX ux ON t (id)',
    sql: 'ALTER TABLE t ADD CONSTRAINT ux PRIMARY KEY USING INDEX ux',
  },
  addExclusion: { mode: full, work: 'index', sql: 'ALTER TABLE t ADD EXCLUDE USING btree (id WITH =)' },
  dropConstraint: {
    mode: full,
    work: 'none',
    setup: 'ALTER TABLE t ADD CONSTRAINT fk FOREIGN KEY (n) REFERENCES parent (id)',
    sql: 'ALTER TABLE t DROP CONSTRAINT fk',
    other: { table: 'parent', mode: full },
  },
  changeType: { mode: full, work: 'rewrite', sql: 'ALTER TABLE t ALTER COLUMN n TYPE bigint' },
  changeTypeInPlace: { mode: full, work: 'none', sql: 'ALTER TABLE t ALTER COLUMN note TYPE varchar(100)' },
  changeTypeToText: { mode: full, work: 'none', sql: 'ALTER TABLE t ALTER COLUMN note TYPE text' },
  changeNumericPrecision: {
    mode: full,
    work: 'none',
    sql: 'ALTER TABLE t ALTER COLUMN price TYPE numeric(12, 2)',
  },
  changeNumericScale: {
    mode: full,
    work: 'rewrite',
    sql: 'ALTER TABLE t ALTER COLUMN price TYPE numeric(12, 4)',
  },
  shrinkVarchar: { mode: full, work: 'rewrite', sql: 'ALTER TABLE t ALTER COLUMN note TYPE varchar(20)' },
  changeTimeZone: {
    mode: full,
    work: 'rewrite',
    sql: "ALTER TABLE t ALTER COLUMN at TYPE timestamptz USING at AT TIME ZONE 'Europe/Berlin'",
  },
  addColumn: { mode: full, work: 'none', sql: 'ALTER TABLE t ADD COLUMN extra int' },
  addColumnWithDefault: {
    mode: full,
    work: 'none',
    since: 11,
    sql: 'ALTER TABLE t ADD COLUMN extra int NOT NULL DEFAULT 0',
  },
  addColumnWithStableDefault: {
    mode: full,
    work: 'none',
    since: 11,
    sql: 'ALTER TABLE t ADD COLUMN extra timestamptz NOT NULL DEFAULT now()',
  },
  addColumnWithVolatileDefault: {
    mode: full,
    work: 'rewrite',
    sql: 'ALTER TABLE t ADD COLUMN extra uuid DEFAULT gen_random_uuid()',
  },
  addStoredColumn: {
    mode: full,
    work: 'rewrite',
    sql: 'ALTER TABLE t ADD COLUMN extra int GENERATED ALWAYS AS (n * 2) STORED',
  },
  addSerialColumn: { mode: full, work: 'rewrite', sql: 'ALTER TABLE t ADD COLUMN extra serial' },
  addIdentityColumn: {
    mode: full,
    work: 'rewrite',
    sql: 'ALTER TABLE t ADD COLUMN extra int GENERATED BY DEFAULT AS IDENTITY',
  },
  dropColumn: { mode: full, work: 'none', sql: 'ALTER TABLE t DROP COLUMN n' },
  renameColumn: { mode: full, work: 'none', sql: 'ALTER TABLE t RENAME COLUMN n TO m' },
  renameTable: { mode: full, work: 'none', sql: 'ALTER TABLE t RENAME TO u' },
  dropTable: { mode: full, work: 'none', sql: 'DROP TABLE t' },
  truncate: { mode: full, work: 'rewrite', sql: 'TRUNCATE t' },
  createTrigger: {
    mode: 'SHARE ROW EXCLUSIVE',
    work: 'none',
    sql: 'CREATE TRIGGER noticed BEFORE UPDATE ON t FOR EACH ROW EXECUTE FUNCTION suppress_redundant_updates_trigger()',
  },
  enableRowSecurity: { mode: full, work: 'none', sql: 'ALTER TABLE t ENABLE ROW LEVEL SECURITY' },
  vacuumFull: { mode: full, work: 'rewrite', sql: 'VACUUM FULL t', outside: true },
  cluster: { mode: full, work: 'rewrite', sql: 'CLUSTER t USING t_note' },
  setLogged: {
    mode: full,
    work: 'rewrite',
    setup: 'ALTER TABLE t SET UNLOGGED',
    sql: 'ALTER TABLE t SET LOGGED',
  },
  setUnlogged: { mode: full, work: 'rewrite', sql: 'ALTER TABLE t SET UNLOGGED' },
  setTablespace: { mode: full, work: 'rewrite', sql: 'ALTER TABLE t SET TABLESPACE other' },
  setAccessMethod: {
    mode: full,
    work: 'rewrite',
    since: 15,
    sql: 'ALTER TABLE t SET ACCESS METHOD heap2',
  },
  update: { mode: 'ROW EXCLUSIVE', work: 'scan', sql: 'UPDATE t SET n = 1' },
} as const satisfies Readonly<Record<string, LockFact>>;

export type LockFactName = keyof typeof lockFacts;

const blocked: Readonly<Record<LockMode, Blocked>> = {
  'ROW EXCLUSIVE': 'nobody',
  'SHARE UPDATE EXCLUSIVE': 'nobody',
  SHARE: 'writes',
  'SHARE ROW EXCLUSIVE': 'writes',
  EXCLUSIVE: 'writes',
  'ACCESS EXCLUSIVE': 'reads and writes',
};

export function blockedBy(fact: LockFact): Blocked {
  return fact.blocks ?? blocked[fact.mode];
}
