/** What the editor is told to start for agents is started, as the editor does it, and answers the SDK's own client. */
import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import { mcpStart } from '../../../src/extension/agent/mcp-start.ts';
import { buildOnce } from '../../build.ts';

test('the server that the editor is given answers with its tools, over the folder alone', async t => {
  const script = join(await buildOnce(), 'cli.js');
  const root = await mkdtemp(join(tmpdir(), 'dbpatterns mcp start '));
  t.after(() => rm(root, { recursive: true, force: true }));
  await writeFile(join(root, 'queries.py'), 'from sqlalchemy import column\nnobody = column("a") is None\n');

  const { command, args, env } = mcpStart(script, root);
  // The editor's own environment names a database.
  const whole = { ...process.env, DATABASE_URL: 'postgresql://nobody@127.0.0.1:1/shop', ...env };
  const present = Object.entries(whole).flatMap(([name, value]) =>
    typeof value === 'string' ? [[name, value] as const] : [],
  );
  const client = new Client({ name: 'test', version: '1' });
  t.after(() => client.close());
  await client.connect(
    new StdioClientTransport({ command, args: [...args], env: Object.fromEntries(present) }),
  );

  const { tools } = await client.listTools();
  assert.ok(tools.some(({ name }) => name === 'check_code'));
  const found = await client.callTool({ name: 'check_code', arguments: { paths: ['queries.py'] } });
  assert.match(JSON.stringify(found.content), /identity-test-on-column/);
  const pools = await client.callTool({ name: 'pool_state', arguments: {} });
  assert.match(JSON.stringify(pools.content), /--database-url/);
});
