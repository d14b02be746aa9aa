/** A new name for what SQL names itself: the cursor is at `¦`, the name is `z`, the answer is the code after it, or why not. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { applyEdits } from '../../../src/base/edit.ts';
import { renameAt, renamedNameAt } from '../../../src/features/names/rename.ts';
import { workspaceOf } from '../../workspace.ts';

const models = `from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

class Base(DeclarativeBase):
    pass

class User(Base):
    __tablename__ = "users"
    id: Mapped[int] = mapped_column(primary_key=True)
    u: Mapped[int]
`;

const header = 'from sqlalchemy import text\n';

async function renamed(marked: string, name = 'z'): Promise<string> {
  const text = `${header}${marked.replace('¦', '')}\n`;
  const workspace = await workspaceOf({ 'models.py': models, 'app.py': text });
  const offset = header.length + marked.indexOf('¦');
  const target = renamedNameAt(workspace, '/project/app.py', offset);
  if (!target) return 'nothing';
  if ('refusal' in target) return target.refusal;
  const edits = renameAt(workspace, '/project/app.py', offset, name);
  if ('refusal' in edits) return edits.refusal;
  return applyEdits(text, edits).slice(header.length, -1);
}

test('an alias, wherever the statement says it', async () => {
  for (const [code, expected] of [
    [
      'text("SELECT a¦.id, a.u FROM users a WHERE a.id = :a")',
      'text("SELECT z.id, z.u FROM users z WHERE z.id = :a")',
    ],
    [
      'text("SELECT 1 FROM users AS a¦ JOIN users b ON a.id = b.id")',
      'text("SELECT 1 FROM users AS z JOIN users b ON z.id = b.id")',
    ],
    ['text("SELECT a¦.* FROM users a")', 'text("SELECT z.* FROM users z")'],
    ['text("SELECT count(a¦) FROM users a")', 'text("SELECT count(z) FROM users z")'],
    ['text("UPDATE users a¦ SET u = a.u + 1")', 'text("UPDATE users z SET u = z.u + 1")'],
    [
      'text("SELECT s¦.id FROM (SELECT id FROM users) s")',
      'text("SELECT z.id FROM (SELECT id FROM users) z")',
    ],
    // Another query’s alias of the same name is another one.
    [
      'text("SELECT 1 FROM users a¦ WHERE EXISTS (SELECT a.id FROM users b) AND EXISTS (SELECT a.id FROM users a)")',
      'text("SELECT 1 FROM users z WHERE EXISTS (SELECT z.id FROM users b) AND EXISTS (SELECT a.id FROM users a)")',
    ],
    // A column of that name is none.
    ['text("SELECT u FROM users u¦ WHERE u.id = 1")', 'text("SELECT u FROM users z WHERE z.id = 1")'],
    ['text("SELECT \\"A\\"¦.id FROM users \\"A\\"")', 'text("SELECT z.id FROM users z")'],
    ['text("SELECT a¦.id "\n     "FROM users a")', 'text("SELECT z.id "\n     "FROM users z")'],
  ] as const)
    assert.equal(await renamed(code), expected);
});

test('a common table expression', async () => {
  assert.equal(
    await renamed('text("WITH w AS (SELECT id FROM users) SELECT w¦.id FROM w JOIN w x ON x.id = w.id")'),
    'text("WITH z AS (SELECT id FROM users) SELECT z.id FROM z JOIN z x ON x.id = z.id")',
  );
  assert.equal(
    await renamed('text("WITH RECURSIVE w¦(n) AS (SELECT 1 UNION SELECT n + 1 FROM w) SELECT n FROM w")'),
    'text("WITH RECURSIVE z(n) AS (SELECT 1 UNION SELECT n + 1 FROM z) SELECT n FROM z")',
  );
});

test('a name that needs quotes gets them, as the string around it needs them', async () => {
  assert.equal(await renamed('text("SELECT a¦.id FROM users a")', 'Z'), 'text("SELECT Z.id FROM users Z")');
  assert.equal(
    await renamed('text("SELECT a¦.id FROM users a")', 'order'),
    'text("SELECT \\"order\\".id FROM users \\"order\\"")',
  );
  assert.equal(
    await renamed("text('SELECT a¦.id FROM users a')", 'my a'),
    `text('SELECT "my a".id FROM users "my a"')`,
  );
});

test('what cannot be renamed here says why', async () => {
  assert.equal(
    await renamed('text("SELECT id FROM us¦ers")'),
    '“users” is in the database. Give it a new name by a migration: run “Database Patterns: New Migration…”.',
  );
  assert.match(await renamed('text("SELECT i¦d FROM users")'), /^“users\.id” is in the database/);
  assert.equal(
    await renamed('text("SELECT a¦.id FROM users a, users b")', 'b'),
    'The statement has another “b” already. Choose another name.',
  );
  assert.equal(
    await renamed('text("SELECT a¦.id FROM users a FOR UPDATE OF a")'),
    '“a” stands where it is not clear what it means. Rename it by hand.',
  );
  assert.equal(
    await renamed('where = "WHERE a.id = 1"\ntext("SELECT a¦.id FROM users a " + where)'),
    'The SQL is put together from several places that say “a”. Rename it by hand.',
  );
  assert.equal(await renamed('pri¦nt(1)'), 'nothing');
});
