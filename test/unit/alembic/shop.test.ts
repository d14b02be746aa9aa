/** The sample workspace's environment, read as a whole: everything in it is understood. */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { readOperations } from '../../../src/alembic/directives/read-operations.ts';
import { readEnvironments } from '../../../src/alembic/environment/read-environments.ts';
import { walkRevisions } from '../../../src/alembic/graph/graph-walk.ts';
import { revisionSite } from '../../../src/alembic/revision/revision-site.ts';
import { simulate } from '../../../src/alembic/simulation/simulate.ts';
import { loadSqlParser } from '../../../src/sql/parser.ts';
import { loadTestPythonParser } from '../../python-parser.ts';

const shop = join(import.meta.dirname, '..', '..', 'workspaces', 'shop');
const parser = await loadTestPythonParser();

test('each revision of the shop is understood, forwards and back to nothing', async () => {
  const paths = ['alembic.ini', 'migrations/env.py', ...versionFiles()];
  const textOf = (path: string) => readFileSync(join(shop, path), 'utf8');
  const [environment, second] = readEnvironments({ paths, textOf, parse: text => parser.parse(text) });
  assert.ok(environment && !second);
  assert.deepEqual(environment.problems, []);
  assert.equal(environment.script?.async, true);
  const operations = walkRevisions(environment.graph).map(({ id, revision }) => {
    const text = textOf(revision.path);
    const module = parser.parse(text);
    return { id, ...readOperations(module, revisionSite(revision.path, text, module)) };
  });
  const sql = await loadSqlParser();
  const up = simulate(
    operations.toReversed().map(({ id, upgrade }) => ({ id, operations: upgrade })),
    sql,
  );
  assert.deepEqual(
    up.flatMap(step => step.opaque),
    [],
  );
  const head = up.at(-1)?.after;
  assert.ok(head && head.tables.length > 10);
  const down = simulate(
    operations.map(({ id, downgrade }) => ({ id, operations: downgrade })),
    sql,
    head,
  );
  assert.deepEqual(
    down.flatMap(step => step.opaque),
    [],
  );
  assert.deepEqual(down.at(-1)?.after.tables, []);
  assert.deepEqual(down.at(-1)?.after.enums, []);
});

function versionFiles(): readonly string[] {
  const folder = 'migrations/versions';
  return readdirSync(join(shop, folder))
    .filter(name => name.endsWith('.py'))
    .map(name => `${folder}/${name}`);
}
