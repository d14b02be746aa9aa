/** What agents get of a session of the editor: the database that it knows, and nothing in Restricted Mode. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { callTool, findTool } from '../../../src/agent/tools.ts';
import { silentLogger } from '../../../src/base/logger.ts';
import { AgentDesk } from '../../../src/server/agent-desk.ts';
import { JudgeSource } from '../../../src/server/judge-source.ts';
import { LiveServices } from '../../../src/server/live/live-services.ts';
import { noLiveFacts } from '../../../src/server/live/ports.ts';
import { prepare } from '../../../src/server/requests/agent-requests.ts';
import { takeApart } from '../../agent.ts';
import { type TestDatabase, testDatabase } from '../../postgres.ts';
import { storeOf } from '../../workspace.ts';

let database: TestDatabase;
before(async () => {
  database = await testDatabase();
});
after(() => database[Symbol.asyncDispose]());

function openDesk(urls: readonly string[], inCode: readonly string[] = []) {
  const ignore = (): void => {};
  const live = new LiveServices(
    {
      logger: silentLogger,
      code: { ofStatement: () => null, ofPath: () => null },
      askPassword: async () => null,
      connectionsChanged: ignore,
      poolsChanged: ignore,
      migrationsChanged: ignore,
      tableSizesRead: ignore,
    },
    { environment: {}, readServices: () => ({}) },
  );
  const found = (url: string, kind: 'settings' | 'code') => {
    return { url, name: null, origin: { kind, label: kind, place: null }, folder: '/project' };
  };
  live.update({
    ...noLiveFacts,
    connections: [...urls.map(url => found(url, 'settings')), ...inCode.map(url => found(url, 'code'))],
  });
  const openForChecks = () => Promise.reject(new Error('not used'));
  const judges = new JudgeSource({
    shadowEntry: '/nowhere',
    logger: silentLogger,
    memory: null,
    openForChecks,
  });
  const opened = storeOf({ 'a.py': 'x = 1\n' }).then(async store => {
    await store.open(['/project'], undefined, new AbortController().signal);
    return store;
  });
  return {
    live,
    desk: new AgentDesk({ opened, judges, live }),
    async [Symbol.asyncDispose]() {
      judges.dispose();
      await live.dispose();
    },
  };
}

async function pools(desk: AgentDesk) {
  const tool = findTool('pool_state');
  assert.ok(tool);
  const { text, isError } = await callTool(tool, {}, await desk.context(new AbortController().signal));
  return { isError, ...takeApart(text) };
}

test('the only database is looked at, after a question that names it', async () => {
  await using session = openDesk([database.url]);
  session.live.setTrusted(true);
  const { confirmation } = prepare({ name: 'pool_state', input: {} }, session.desk);
  assert.match(confirmation?.message ?? '', new RegExp(`connects to .*${new URL(database.url).hostname}`));
  const { isError, data } = await pools(session.desk);
  assert.equal(isError, false, JSON.stringify(data));
  assert.ok(data.server);
});

test('in Restricted Mode nothing is connected to', async () => {
  await using session = openDesk([database.url]);
  const { isError, data } = await pools(session.desk);
  assert.ok(isError);
  assert.match(String(data.problem), /Restricted Mode/);
});

test('what an environment file names goes before what code falls back to', async () => {
  await using session = openDesk([database.url], ['postgresql://localhost:1/other']);
  session.live.setTrusted(true);
  assert.equal((await pools(session.desk)).isError, false);
});

test('of several databases none is chosen by chance', async () => {
  await using session = openDesk([database.url, 'postgresql://localhost:1/other']);
  session.live.setTrusted(true);
  const { isError, data } = await pools(session.desk);
  assert.ok(isError);
  assert.match(String(data.problem), /Use for Checks/);
});

test('what reads the workspace alone asks nobody', async () => {
  await using session = openDesk([]);
  assert.equal(prepare({ name: 'check_code', input: {} }, session.desk).confirmation, null);
  assert.equal(prepare({ name: 'find_drift', input: {} }, session.desk).confirmation, null);
  assert.ok(prepare({ name: 'find_drift', input: { to: 'database' } }, session.desk).confirmation);
});
