// Rows as PostgreSQL writes them, read back; the server itself writes those of the last test.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Session } from '../../../src/database/activity.ts';
import { readConnectionUrl } from '../../../src/database/connection-url.ts';
import { LiveConnection } from '../../../src/database/live/live-connection.ts';
import { readRowText } from '../../../src/database/live/row-text.ts';
import { SessionTexts } from '../../../src/database/live/session-texts.ts';
import { testDatabase } from '../../postgres.ts';

const row = (pid: number, query: string) =>
  `(${pid},"2030-01-01 00:00:00+00",shop,app,shop,,idle,Client,ClientRead,,99.5,"${query}",{})`;

const nobody = () => false;

function reader(): (...rows: readonly string[]) => readonly Session[] {
  const texts = new SessionTexts();
  return (...rows) => texts.read(rows.join(''), nobody).others;
}

test('a session that does what it did is the same object; what is gone is forgotten', () => {
  const read = reader();
  const [first, second] = read(row(1, 'SELECT 1'), row(2, 'SELECT 1'));
  const [same, changed] = read(row(1, 'SELECT 1'), row(2, 'SELECT 2'));
  assert.equal(same, first);
  assert.deepEqual([changed?.pid, changed?.query], [2, 'SELECT 2']);
  assert.notEqual(read(row(2, 'SELECT 1'))[0], second);
  assert.deepEqual(read(row(2, 'SELECT 1'))[0], second);
});

test('sessions that come, go and change places leave the others the same objects', () => {
  const read = reader();
  const [one, two, three, four] = read(row(1, 'a'), row(2, 'b'), row(3, 'c'), row(4, 'd'));
  const [kept, come, last] = read(row(1, 'a'), row(9, '(9,)'), row(4, 'd'));
  assert.deepEqual([kept, last], [one, four]);
  assert.ok(kept === one && last === four);
  assert.equal(come?.query, '(9,)');
  const [third, again] = read(row(3, 'c'), row(4, 'd'));
  assert.deepEqual(third, three);
  assert.ok(third !== three && again === four);
  const moved = read(row(4, 'd'), row(3, 'c'), row(2, 'b'));
  assert.ok(moved[0] === four && moved[1] === third);
  assert.deepEqual(moved[2], two);
});

test('where no session of others did anything, the list is the same; ours are counted apart', () => {
  const texts = new SessionTexts();
  const read = (own: string) => texts.read(row(1, 'a') + row(7, own) + row(2, 'b'), ({ pid }) => pid === 7);
  const before = read('one');
  const after = read('two');
  assert.equal(after.others, before.others);
  assert.deepEqual([after.others.map(({ pid }) => pid), after.ours], [[1, 2], 1]);
  assert.deepEqual(texts.read('', nobody), { others: [], ours: 0 });
});

test('columns: none and empty ones apart, quotes, backslashes, line ends', () => {
  assert.deepEqual(readRowText('(1,,"")').columns, ['1', null, '']);
  assert.deepEqual(readRowText('(,)').columns, [null, null]);
  assert.deepEqual(readRowText('("a ""b"", (c)","\\\\",x)').columns, ['a "b", (c)', '\\', 'x']);
});

test('what the server writes of any text is read back as that text', async () => {
  await using database = await testDatabase();
  const target = readConnectionUrl(database.url);
  assert.ok(target.kind === 'postgresql');
  const live = new LiveConnection(target);
  try {
    const values = [
      '',
      ' ',
      '"',
      '""',
      ',',
      '(a,b)',
      '\\',
      '\\"',
      "it's",
      'line\nend',
      '{1,2}',
      'ü\u{202e}',
      'null',
    ];
    const written = values.map(value => `E'${value.replace(/[\\']/g, '\\$&')}'::text`).join();
    const [[text = ''] = []] = await live.texts([`SELECT ROW(NULL, ${written}, NULL)::text`]);
    const columns = [null, ...values, null];
    assert.deepEqual(readRowText(text), { columns, end: text.length });
    assert.deepEqual(readRowText(`(1,2)${text}(3)`, 5), { columns, end: 5 + text.length });
  } finally {
    await live.dispose();
  }
});
