/**
 * The state of a workspace that goes on from edit to edit is the one that is read from scratch, and so is what is different
 * between two of them. Edits are random, from fixed seeds.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { silentLogger } from '../../../src/base/logger.ts';
import { judgedByNobody } from '../../../src/features/judging/judged-schema.ts';
import { changeOf, StateReader, type WorkspaceState } from '../../../src/features/keeping/workspace-state.ts';
import { loadSqlParser } from '../../../src/sql/parser.ts';
import { contentDigest } from '../../../src/storage/content-digest.ts';
import { WorkspaceStore } from '../../../src/workspace/workspace-store.ts';
import { parser } from '../../project.ts';
import { portOf } from '../workspace/products.ts';
import { editsOf } from '../workspace/random-edits.ts';
import { project } from '../workspace/sample-project.ts';

const sql = await loadSqlParser();
const { signal } = new AbortController();

for (const seed of [1, 2]) {
  test(`random edits, seed ${seed}: the same state, and the same change, as from scratch`, async () => {
    const texts = new Map([...project, ['app/script.sql', 'SELECT 1;\n']]);
    const store = new WorkspaceStore({ files: portOf(texts), parser, sql, logger: silentLogger });
    const reader = new StateReader(contentDigest);
    const scratch = () => new StateReader(contentDigest).read(store.snapshot, judgedByNobody, null);
    await store.open(['/project'], undefined, signal);
    let known = reader.read(store.snapshot, judgedByNobody, null);
    let fresh = scratch();
    const history: string[] = [];
    for (const edit of editsOf(seed, 60)) {
      const { path, description } = edit.apply(texts);
      history.push(description);
      await store.refresh([path]);
      const [before, old] = [known, fresh];
      known = reader.read(store.snapshot, judgedByNobody, before);
      fresh = scratch();
      const after = `seed ${seed}, after ${history.length} edits:\n${history.join('\n')}`;
      assert.deepEqual(written(known), written(fresh), after);
      assert.deepEqual(changeOf(before, known), changeOf(old, fresh), after);
    }
  });
}

function written(state: WorkspaceState): unknown {
  return Object.entries(state).map(([name, part]) => [
    name,
    typeof part === 'string'
      ? part
      : [...(part as ReadonlyMap<string, unknown>)].sort(([one], [two]) => (one < two ? -1 : 1)),
  ]);
}
