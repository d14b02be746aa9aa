/** The preview of a revision names the lock of each statement whose lock is known, which a real server asserts elsewhere. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { migrationPreview } from '../../../src/features/migration-preview.ts';
import { type LockFact, lockFacts } from '../../../src/rules/shared/revisions/lock-facts.ts';
import { lockTables } from '../../lock-claims.ts';
import { workspaceOf } from '../../workspace.ts';

function revision(id: string, down: string | null, statements: readonly string[]): string {
  const calls = statements.map(sql => `    op.execute(${JSON.stringify(sql)})`).join('\n');
  return `from alembic import op\nrevision = "${id}"\ndown_revision = ${down === null ? 'None' : `"${down}"`}\ndef upgrade():\n${calls}\ndef downgrade():\n    pass\n`;
}

async function locksOf({ setup, sql }: LockFact) {
  const before = setup === undefined ? [lockTables] : [lockTables, setup];
  const workspace = await workspaceOf({
    'alembic.ini': '[alembic]\nscript_location = m\nsqlalchemy.url = postgresql://localhost/x\n',
    'm/env.py': 'from alembic import context\ncontext.run_migrations()\n',
    'm/versions/a.py': revision('aaaa', null, before),
    'm/versions/b.py': revision('bbbb', 'aaaa', [sql]),
  });
  const [environment] = workspace.environments;
  assert.ok(environment);
  return migrationPreview(workspace, environment, 'bbbb')?.steps.flatMap(({ locks }) => locks) ?? [];
}

/** Whether a CHECK proves a partition's bounds is not told: its rows are taken to be read. */
const takenForWorse = new Set(['attachPartitionChecked']);

for (const [name, fact] of Object.entries<LockFact>(lockFacts)) {
  test(`${name}: ${fact.sql}`, async () => {
    const locks = await locksOf(fact);
    const own = locks.find(({ table }) => table === null || table === (fact.on ?? 't')) ?? locks[0];
    const work = takenForWorse.has(name) ? 'scan' : fact.work;
    assert.deepEqual([own?.mode, own?.work], [fact.mode, work], JSON.stringify(locks));
    // Dropping a constraint does not say which table it refers to.
    if (fact.other === undefined || name === 'dropConstraint') return;
    const other = locks.find(({ table }) => table === fact.other?.table);
    assert.equal(other?.mode, fact.other.mode, JSON.stringify(locks));
  });
}

test('a table that the revision makes itself locks nobody out', async () => {
  const made = {
    mode: 'SHARE',
    work: 'index',
    sql: 'CREATE TABLE fresh (id int); CREATE INDEX ON fresh (id)',
  } as const;
  assert.deepEqual(await locksOf(made), []);
});
