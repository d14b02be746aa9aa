/** SQL laid out anew: the cursor is at `¦`, the answer is the file after it, or why not. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { applyEdits } from '../../../src/base/edit.ts';
import { formatSqlAt } from '../../../src/features/format-sql.ts';
import { workspaceOf } from '../../workspace.ts';

async function formatted(marked: string, path = 'app.py'): Promise<string> {
  const text = marked.replace('¦', '');
  const workspace = await workspaceOf({ [path]: text });
  const edit = formatSqlAt(workspace, `/project/${path}`, marked.indexOf('¦'));
  if (!edit) return 'nothing';
  return 'refusal' in edit ? edit.refusal : applyEdits(text, [edit]);
}

const header = 'from sqlalchemy import text\n';

/** What becomes of the body of a function. */
async function inPython(body: string): Promise<string> {
  const before = `${header}def f(cursor, table, where):\n    `;
  const after = await formatted(`${before}${body}\n`);
  return after.startsWith(before) ? after.slice(before.length, -1) : after;
}

test('a string gets three quotes, and its lines stand one level deeper than its own', async () => {
  assert.equal(
    await inPython('return text("SELECT id¦, name FROM users WHERE id = :id")'),
    `return text("""
        SELECT
          id,
          name
        FROM
          users
        WHERE
          id = :id
    """)`,
  );
});

test('pieces beside each other become one', async () => {
  assert.equal(
    await inPython('return text(\n        "SELECT id¦ "\n        "FROM users"\n    )'),
    `return text(
        """
            SELECT
              id
            FROM
              users
        """
    )`,
  );
});

test('lines between three quotes keep their depth, and quotes their kind', async () => {
  assert.equal(
    await inPython("return text('''\n      SELECT id¦ FROM users\n    ''')"),
    "return text('''\n      SELECT\n        id\n      FROM\n        users\n    ''')",
  );
});

test('what is no SQL stays as it is written', async () => {
  assert.equal(
    await inPython(
      String.raw`cursor.execute("SELECT id¦ FROM t WHERE a = %s AND b LIKE '%%x' AND c = %(c)s AND d\\:\\:e")`,
    ),
    String.raw`cursor.execute("""
        SELECT
          id
        FROM
          t
        WHERE
          a = %s
          AND b LIKE '%%x'
          AND c = %(c)s
          AND d\\:\\:e
    """)`,
  );
  assert.equal(
    await inPython(`return text(f"SELECT '{{}}'¦::jsonb FROM {table}_old WHERE a = {where!r:>{3}}")`),
    `return text(f"""
        SELECT
          '{{}}'::jsonb
        FROM
          {table}_old
        WHERE
          a = {where!r:>{3}}
    """)`,
  );
  assert.equal(
    await inPython(String.raw`return text(r"SELECT id¦ FROM t WHERE a ~ '\d'")`),
    String.raw`return text(r"""
        SELECT
          id
        FROM
          t
        WHERE
          a ~ '\d'
    """)`,
  );
});

test('lines of a text in SQL stay where they are', async () => {
  assert.equal(
    await inPython(String.raw`return text("SELECT 'a\n  b'¦ FROM t")`),
    `return text("""
        SELECT
          'a
  b'
        FROM
          t
    """)`,
  );
});

test('of a script the statement at the cursor', async () => {
  assert.equal(
    await formatted('SELECT 1;\n\nSELECT a¦, b FROM t;\n-- next\nSELECT 2;\n', 'report.sql'),
    'SELECT 1;\n\nSELECT\n  a,\n  b\nFROM\n  t;\n\n-- next\nSELECT 2;\n',
  );
});

test('what cannot be formatted says why', async () => {
  assert.equal(
    await inPython('return text("SELECT id¦ FROM t " + where)'),
    'The SQL is put together with “+”. Only SQL that stands in one string is formatted.',
  );
  const notUnderstood =
    'The formatter does not understand this SQL, or it cannot stand in one string. Nothing was changed.';
  // A comment of Python would be lost.
  assert.equal(await inPython('return text("SELECT id¦ "  # why\n        "FROM t")'), notUnderstood);
  assert.equal(await inPython('return text("SELECT id¦ FROM t WHERE a = \'")'), notUnderstood);
  assert.equal(await inPython('return text("id¦ > 0")'), 'nothing');
  assert.equal(await inPython('return "SELECT¦ of a phone"'), 'nothing');
});
