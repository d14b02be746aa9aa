// Passwords in pasted URLs: what is stored as a secret, and what is left to show.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { splitPassword, urlProblem } from '../../../src/protocol/connection-text.ts';

const splits: readonly (readonly [text: string, url: string, password: string | null])[] = [
  ['postgresql://u:pw@h:5432/d', 'postgresql://u@h:5432/d', 'pw'],
  ['postgresql+asyncpg://u@h/d', 'postgresql+asyncpg://u@h/d', null],
  ['postgresql://u:p%40ss%2F@h/d', 'postgresql://u@h/d', 'p@ss/'],
  ['postgresql://u:p@ss/w@h/d', 'postgresql://u@h/d', 'p@ss/w'],
  ['postgresql://h:5432/d', 'postgresql://h:5432/d', null],
  ['postgresql://u:@h/d', 'postgresql://u@h/d', ''],
  ['postgresql://u@h/d?password=pw&sslmode=require', 'postgresql://u@h/d?sslmode=require', 'pw'],
  ['postgresql://u@h/d?sslmode=require&password=pw', 'postgresql://u@h/d?sslmode=require', 'pw'],
  ['postgresql://u:a@h/d?password=b', 'postgresql://u@h/d', 'b'],
  ['postgresql://u:a%@h/d', 'postgresql://u@h/d', 'a%'],
  ['postgresql://h/d?options=a@b:c', 'postgresql://h/d?options=a@b:c', null],
  ['sqlite:///app.db', 'sqlite:///app.db', null],
  ['  postgresql://u:pw@h/d\n', 'postgresql://u@h/d', 'pw'],
];

for (const [text, url, password] of splits) {
  test(`splits ${JSON.stringify(text)}`, () => assert.deepEqual(splitPassword(text), { url, password }));
}

test('only PostgreSQL and SQLite URLs can be added', () => {
  assert.equal(urlProblem('postgresql+psycopg://h/d'), null);
  assert.equal(urlProblem('sqlite:///a.db'), null);
  assert.match(urlProblem('mysql://h/d') ?? '', /mysql is not supported/);
  assert.match(urlProblem('localhost:5432') ?? '', /starts with its dialect/);
  assert.match(urlProblem(' ') ?? '', /Paste a URL/);
});
