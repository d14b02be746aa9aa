// Rows as PostgreSQL writes them, read back; the server itself writes those of the last test.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Session } from '../../../src/database/activity.ts';
import { readConnectionUrl } from '../../../src/database/connection-url.ts';
import { LiveConnection } from '../../../src/database/live/live-connection.ts';
import { readColumns } from '../../../src/database/live/row-text.ts';
import { SessionTexts } from '../../../src/database/live/session-texts.ts';
import { testDatabase } from '../../postgres.ts';

const row = (pid: number, query: string, began = 0) =>
  `(${pid},"2030-01-01 00:00:00+00",${began},shop,app,shop,,idle,Client,ClientRead,,99.5,"${query}",{})`;

function reader(): (...rows: readonly string[]) => readonly Session[] {
  const texts = new SessionTexts();
  return (...rows) => texts.read(`3:77;${rows.join('')}`, []).others;
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
  const [kept, last, come] = read(row(1, 'a'), row(9, '(9,)'), row(4, 'd'));
  assert.deepEqual([kept, last], [one, four]);
  assert.ok(kept === one && last === four);
  assert.equal(come?.query, '(9,)');
  const [third, again] = read(row(3, 'c'), row(4, 'd'));
  assert.deepEqual(third, three);
  assert.ok(third !== three && again === four);
  const moved = read(row(4, 'd'), row(3, 'c'), row(2, 'b'));
  assert.ok(moved[2] === four && moved[1] === third);
  assert.deepEqual(moved[0], two);
});

test('the oldest is first, whatever portion it stands in; process ids begin anew some day', () => {
  const texts = new SessionTexts();
  const { others } = texts.read(
    `1:5;${row(17, 'c', 9.5)}${row(1, 'b', 9)}2:6;${row(2, 'a', 8)}${row(34, 'd', 9.5)}`,
    [],
  );
  assert.deepEqual(
    others.map(({ pid }) => pid),
    [2, 1, 17, 34],
  );
});

test('what the server does not tell again is known by its digest', () => {
  const texts = new SessionTexts();
  const none = Array(17).fill('NULL');
  assert.equal(texts.digests, `{${none}}`);
  const [one, two] = texts.read(`1:-5;${row(1, 'a')}2:6;${row(2, 'a')}`, []).others;
  assert.equal(texts.digests, `{${none.with(1, '-5').with(2, '6')}}`);
  const later = texts.read(`1:-5;2:7;${row(2, 'b')}`, []).others;
  assert.ok(later[0] === one && later[1] !== two && later[1]?.query === 'b');
  assert.equal(texts.read('1:-5;2:7;', []).others, later);
  assert.deepEqual(texts.read('2:7;', []).others, [later[1]]);
  assert.equal(texts.digests, `{${none.with(2, '7')}}`);
});

test('a server that makes no digests tells all each time', () => {
  const texts = new SessionTexts();
  const first = texts.read(`1:;${row(1, 'a')}2:;${row(2, 'a')}`, []).others;
  assert.equal(texts.digests, `{${Array(17).fill('NULL')}}`);
  assert.equal(texts.read(`1:;${row(1, 'a')}2:;${row(2, 'a')}`, []).others, first);
  assert.equal(texts.read(`1:;${row(1, 'b')}2:;${row(2, 'a')}`, []).others[1], first[1]);
});

test('ours are counted apart: those that bear our name, and those that are known by their process id', () => {
  const texts = new SessionTexts();
  const read = (own: string, ownPids = [7]) =>
    texts.read(`1:;${row(1, 'a')}${row(7, own)}${row(2, 'b')}16:4;(8)(9)`, ownPids);
  const before = read('one');
  const after = read('two');
  assert.equal(after.others, before.others);
  assert.deepEqual([after.others.map(({ pid }) => pid), after.ours], [[1, 2], 3]);
  assert.deepEqual(read('two', []).ours, 2);
  assert.deepEqual(texts.read('', []), { others: [], ours: 0 });
});

test('columns: none and empty ones apart, quotes, backslashes, line ends', () => {
  assert.deepEqual(readColumns('(1,,"")').columns, ['1', null, '']);
  assert.deepEqual(readColumns('(,)').columns, [null, null]);
  assert.deepEqual(readColumns('("a ""b"", (c)","\\\\",x)').columns, ['a "b", (c)', '\\', 'x']);
  assert.deepEqual(readColumns('(1,"2,3",4)', 0, 2), { columns: ['1', '2,3'], end: 8 });
  assert.deepEqual(readColumns('(1,"2,3",4)', 8), { columns: ['4'], end: 10 });
  assert.deepEqual(readColumns('(1)', 0, 2), { columns: ['1'], end: 2 });
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
    assert.deepEqual(readColumns(text), { columns, end: text.length - 1 });
    assert.deepEqual(readColumns(`(1,2)${text}(3)`, 5), { columns, end: 5 + text.length - 1 });
  } finally {
    await live.dispose();
  }
});
