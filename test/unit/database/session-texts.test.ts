// Rows as PostgreSQL writes them, read back; the server itself writes those of the last test.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readConnectionUrl } from '../../../src/database/connection-url.ts';
import { LiveConnection } from '../../../src/database/live/live-connection.ts';
import { readRowText } from '../../../src/database/live/row-text.ts';
import { SessionTexts } from '../../../src/database/live/session-texts.ts';
import { testDatabase } from '../../postgres.ts';

const row = (pid: number, query: string) =>
  `(${pid},"2030-01-01 00:00:00+00",shop,app,shop,,idle,Client,ClientRead,,99.5,"${query}",{})`;

test('a session that does what it did is the same object; what is gone is forgotten', () => {
  const texts = new SessionTexts();
  const [first, second] = texts.read([row(1, 'SELECT 1'), row(2, 'SELECT 1')]);
  const [same, changed] = texts.read([row(1, 'SELECT 1'), row(2, 'SELECT 2')]);
  assert.equal(same, first);
  assert.deepEqual([changed?.pid, changed?.query], [2, 'SELECT 2']);
  assert.notEqual(texts.read([row(2, 'SELECT 1')])[0], second);
  assert.deepEqual(texts.read([row(2, 'SELECT 1')])[0], second);
});

test('columns: none and empty ones apart, quotes, backslashes, line ends', () => {
  assert.deepEqual(readRowText('(1,,"")'), ['1', null, '']);
  assert.deepEqual(readRowText('(,)'), [null, null]);
  assert.deepEqual(readRowText('("a ""b"", (c)","\\\\",x)'), ['a "b", (c)', '\\', 'x']);
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
    const columns = values.map(value => `E'${value.replace(/[\\']/g, '\\$&')}'::text`).join();
    const [[text = ''] = []] = await live.texts([`SELECT ROW(NULL, ${columns}, NULL)::text`]);
    assert.deepEqual(readRowText(text), [null, ...values, null]);
  } finally {
    await live.dispose();
  }
});
