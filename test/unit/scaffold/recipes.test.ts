/** Migrations that running code survives: no rule of any preset has anything to say of them. That they run, `test/scaffold` shows. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checkFile } from '../../../src/features/checking/check-file.ts';
import { recipeCases, writeRecipeCase } from '../../scaffold/recipe-projects.ts';
import { workspaceOf } from '../../workspace.ts';

const { signal } = new AbortController();

for (const each of recipeCases) {
  test(`${each.name}: no finding`, async () => {
    const { texts, written } = await writeRecipeCase(each);
    assert.equal(written.kind, 'written');
    const workspace = await workspaceOf(texts, { preset: 'strict' });
    const findings: string[] = [];
    for (const path of Object.keys(texts).filter(name => name.includes('step'))) {
      const { findings: found } = await checkFile(workspace, `/project/${path}`, null, signal);
      findings.push(...found.map(({ rule, message }) => `${path}: ${rule}: ${message}`));
    }
    assert.deepEqual(findings, []);
  });
}

test('answers that lead nowhere say why', async () => {
  const problemOf = async (kind: 'data' | 'rename-column', answers: Record<string, string>) => {
    const { written } = await writeRecipeCase({ name: 'x', kind, answers, holds: '' });
    return written.kind === 'failed' ? written.problem : '';
  };
  assert.match(
    await problemOf('data', { table: 'order' }),
    /no table order in the migrations\. There are: orders/,
  );
  assert.match(await problemOf('data', { table: 'orders', column: 'x' }), /no column x/);
  assert.match(
    await problemOf('rename-column', { table: 'orders', column: 'note', newName: 'remark' }),
    /remark already/,
  );
  assert.match(
    await problemOf('rename-column', { table: 'orders', column: 'id', newName: 'key' }),
    /made by the database/,
  );
});
