// Ten thousand of a thing, and names that mean harm: rows stay few, and what a name hides is shown.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { visibleText } from '../../../../src/base/visible-text.ts';
import { connectionsTree } from '../../../../src/extension/views/connections-tree.ts';
import { poolsTree } from '../../../../src/extension/views/pools-tree.ts';
import type { ConnectionInfo } from '../../../../src/protocol/connections.ts';
import { noMarks } from '../../../../src/protocol/connections.ts';
import type { BouncerLine, PoolReading } from '../../../../src/protocol/pools.ts';
import { noLiveFacts } from '../../../../src/server/live/ports.ts';
import { Told } from '../../server/live/told.ts';
import { found, liveServices } from '../../server/live/watched.ts';

const many = 10_000;

test('ten thousand connections are listed, and each password is asked for once', async () => {
  let asked = 0;
  const told = new Told<readonly ConnectionInfo[]>();
  await using services = liveServices({
    askPassword: async () => {
      asked++;
      return null;
    },
    connectionsChanged: told.tell,
  });
  const connections = Array.from({ length: many }, (_, index) =>
    found(`postgresql://127.0.0.1:1/d${index}`, `shop ${index}`),
  );
  const facts = { ...noLiveFacts, connections };
  for (const _ of [1, 2]) services.update(facts);
  const last = await told.next(list => list.length === many);
  assert.equal(asked, many);
  const rows = connectionsTree(last);
  assert.equal(rows.length, many);
  assert.equal(new Set(rows.map(({ id }) => id)).size, many);
});

test('ten thousand pools of a PgBouncer: those that wait are in the tree, the rest is counted', () => {
  const line = (index: number): BouncerLine => ({
    database: `d${index}`,
    user: 'u',
    mode: 'transaction',
    clientsActive: 0,
    clientsWaiting: index === 199 ? 1 : 0,
    longestWaitSeconds: 0,
    serversActive: 0,
    serversIdle: 0,
    limit: 20,
    warnings: [],
  });
  const figures = {
    at: 0,
    inUse: 0,
    waiting: 0,
    idle: 0,
    transactionsPerSecond: null,
    longestTransaction: null,
    checkoutMs: null,
  };
  const observation: PoolReading = {
    kind: 'bouncer',
    version: '1.18.0',
    clients: 1,
    maxClients: 100,
    queriesPerSecond: null,
    queryMs: null,
    receivedPerSecond: null,
    sentPerSecond: null,
    figures,
    limit: many * 20,
    pools: Array.from({ length: 200 }, (_, index) => line(index)),
    unlistedPools: many - 200,
    notes: ['A note.'],
    applications: [],
  };
  const [root] = poolsTree([{ id: 'c', label: 'pooler', marks: noMarks, observation }], 0.8);
  const labels = root?.children?.map(({ label }) => label) ?? [];
  assert.equal(labels[1], 'd199 as u');
  assert.deepEqual(labels.slice(-2), ['A note.', '9950 more pools']);
  assert.equal(labels.length, 53);
});

test('what would hide in a name, or turn its neighbours around, is written out', () => {
  assert.equal(visibleText('shop'), 'shop');
  assert.equal(visibleText('größe — 数据库 “x” <script>'), 'größe — 数据库 “x” <script>');
  assert.equal(visibleText('prod\u202etset\u200b\n'), 'prod\\u{202e}tset\\u{200b}\\u{a}');
});
