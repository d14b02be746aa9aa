/** What the states of the panel show: a server at rest and at its limit, names that mean harm, a PgBouncer, an SQLite file. */
import type {
  BouncerLine,
  BouncerReading,
  PoolEvent,
  PoolFigures,
  PoolLine,
  PoolReading,
  ServerReading,
} from '../../protocol/pools.ts';
import type { SessionLine } from '../../protocol/session-line.ts';

/** 2030-01-01T12:00:00Z: the clock of all that is shown. */
export const now = 1_893_499_200;

const noFigures: PoolFigures = {
  at: now * 1000,
  inUse: 0,
  waiting: 0,
  idle: 0,
  transactionsPerSecond: 0,
  longestTransaction: 0,
  checkoutMs: null,
};

export const quiet: ServerReading = {
  kind: 'observed',
  at: now,
  version: '18.4',
  startedAt: '2029-12-24T06:30:00Z',
  rates: { cacheHits: null, rollbacks: null, rowsWritten: null },
  capacity: {
    sessions: 1,
    limit: 97,
    own: 1,
    otherDatabases: 0,
    limits: [],
    role: 'primary',
    lagSeconds: null,
    warnings: [],
  },
  applications: [],
  sessions: [],
  unlistedSessions: 0,
  unavailable: [],
  standbys: [],
  figures: noFigures,
  events: [],
};

function pool(
  application: string,
  inUse: number,
  limit: number | null,
  more: Partial<PoolLine> = {},
): PoolLine {
  const place = { uri: 'file:///shop/database.py', line: 12, character: 0 };
  return {
    id: application,
    application,
    inUse,
    idle: 2,
    idleInTransaction: 1,
    waiting: 0,
    limit,
    limitReason: limit === null ? null : 'pool_size 5 + max_overflow 5, for 2 processes (declared)',
    engine: limit === null ? null : place,
    settings: limit === null ? null : 'engine, pool_size 5, max_overflow 5, pool_timeout 30 s, pool_pre_ping',
    oldestTransactionSeconds: 12.4,
    sessions: inUse + 2,
    told: null,
    warnings: [],
    ...more,
  };
}

function session(pid: number, application: string, more: Partial<SessionLine> = {}): SessionLine {
  return {
    pid,
    startedAt: '2030-01-01 11:00:00+00',
    pool: application,
    application,
    user: 'app',
    client: '10.0.3.17',
    state: 'active',
    stateSince: now - 0.4,
    transactionSince: now - 12.4,
    wait: null,
    blockedBy: [],
    query:
      'SELECT orders.id, orders.total FROM orders WHERE orders.customer_id = $1 ORDER BY orders.placed_at DESC',
    code: null,
    through: null,
    ...more,
  };
}

/** One that happened once, so many seconds ago. */
function event(
  secondsAgo: number,
  of: Pick<PoolEvent, 'kind' | 'message' | 'advice'> & Partial<PoolEvent>,
): PoolEvent {
  const at = (now - secondsAgo) * 1000;
  return { at, since: at, times: 1, ...of };
}

const lock = { wait: 'Lock: transactionid', stateSince: now - 8.1 };

export const busy: ServerReading = {
  ...quiet,
  rates: { cacheHits: 0.987, rollbacks: 0.021, rowsWritten: 412.3 },
  capacity: {
    ...quiet.capacity,
    sessions: 91,
    otherDatabases: 14,
    limits: ['role app 36 of 40'],
    warnings: [
      {
        severity: 'error',
        message: '91 of 97 connections are in use. Close idle sessions or raise max_connections.',
      },
    ],
  },
  applications: [
    pool('shop-api', 20, 20, {
      waiting: 3,
      told: { processes: 2, checkedOut: 20, overflow: 10, waiting: 4, timeouts: 1 },
      warnings: [
        {
          severity: 'error',
          message: '4 checkouts wait for a connection of the pool. Shorten transactions, or raise pool_size.',
        },
        { severity: 'warning', message: '3 sessions wait for a lock.' },
      ],
    }),
    pool('shop-worker', 8, 10),
    pool('reports-of-the-warehouse-nightly', 1, null),
  ],
  sessions: [
    session(4711, 'shop-worker', {
      state: 'idle in transaction',
      stateSince: now - 41,
      transactionSince: now - 63,
      query: 'UPDATE stock SET reserved = reserved + 1 WHERE sku = $1',
      code: {
        text: 'reserve_stock in stock.py:88',
        place: { uri: 'file:///shop/stock.py', line: 87, character: 0 },
        from: 'told',
      },
    }),
    session(4720, 'shop-api', { ...lock, blockedBy: [4711], query: 'UPDATE stock SET reserved = 0' }),
    session(4721, 'shop-api', { ...lock, blockedBy: [4720], query: 'DELETE FROM stock WHERE sku = $1' }),
    session(4722, 'shop-api', { through: 'pgbench at 10.0.0.9' }),
    session(4723, 'shop-api', { state: 'idle', stateSince: now - 3600, transactionSince: null }),
    session(4724, 'reports-of-the-warehouse-nightly', { wait: 'IO: DataFileRead', user: 'reporting' }),
  ],
  unlistedSessions: 12,
  standbys: [{ name: 'replica-1', state: 'streaming, async', lagSeconds: 2.5, lagBytes: 1_048_576 }],
  figures: {
    ...noFigures,
    inUse: 29,
    waiting: 7,
    idle: 6,
    transactionsPerSecond: 318,
    longestTransaction: 63,
    checkoutMs: 48,
  },
  events: [
    event(20, {
      kind: 'exhausted',
      since: (now - 55) * 1000,
      times: 4,
      message: 'The pool of shop-api is exhausted: all 20 connections are in use.',
      advice: 'Look which sessions hold them for long. Shorten their transactions before raising pool_size.',
    }),
    event(200, {
      kind: 'deadlock',
      message: 'A deadlock was broken. One transaction of each failed.',
      advice: 'Take locks in the same order everywhere, and retry the failed transaction as a whole.',
    }),
    event(900, { kind: 'back', message: 'The server answers again.', advice: '' }),
  ],
};

const hostileName = `<script>alert(1)</script> "quoted" it's \\u{202e}desrever ${'very-'.repeat(30)}long`;

export const hostile: ServerReading = {
  ...quiet,
  unavailable: ['Who blocks whom is not available here (pg_blocking_pids).'],
  applications: [pool(hostileName, 1, 3)],
  sessions: [
    session(1, hostileName, { user: hostileName, query: `SELECT '${hostileName}'\n\t-- \u202eover` }),
  ],
};

function bouncerLine(index: number, more: Partial<BouncerLine> = {}): BouncerLine {
  return {
    database: `tenant_${index}`,
    user: 'app',
    mode: 'transaction',
    clientsActive: 3,
    clientsWaiting: 0,
    longestWaitSeconds: 0,
    serversActive: 2,
    serversIdle: 1,
    limit: 20,
    warnings: [],
    ...more,
  };
}

export const bouncer: BouncerReading = {
  kind: 'bouncer',
  version: '1.18.0',
  clients: 200,
  maxClients: 400,
  queriesPerSecond: 1636,
  queryMs: 2.6,
  receivedPerSecond: 100_000,
  sentPerSecond: 44_000,
  figures: { ...noFigures, inUse: 20, waiting: 180, transactionsPerSecond: 233, checkoutMs: 723 },
  limit: 60,
  pools: [
    bouncerLine(1, {
      serversActive: 20,
      clientsWaiting: 180,
      longestWaitSeconds: 1.7,
      warnings: [
        { severity: 'warning', message: 'All 20 server sessions are in use, and 180 clients wait.' },
      ],
    }),
    bouncerLine(2),
    bouncerLine(3),
  ],
  unlistedPools: 9_797,
  notes: ['The settings of its 10,000 databases are asked for every 4 s: a PAUSE may be told so much later.'],
  applications: [
    {
      application: 'shop-api',
      address: '10.0.3.17',
      clients: 150,
      waiting: 140,
      longestWaitSeconds: 1.7,
      linked: 10,
    },
    {
      application: 'shop-worker',
      address: null,
      clients: 50,
      waiting: 40,
      longestWaitSeconds: 0.6,
      linked: 10,
    },
  ],
};

export const sqlite: PoolReading = {
  kind: 'sqlite',
  file: '/srv/shop/shop.db',
  bytes: 12_582_912,
  freeBytes: 40_960,
  journal: 'wal',
  walBytes: 4_152_992,
  journalBytes: null,
  locks: ['shared, process 4711'],
  revisions: ['08f5ce61a97b'],
};
