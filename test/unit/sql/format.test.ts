/** Formatting: PostgreSQL's own words, comments kept, binds untouched. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { formatSql } from '../../../src/sql/format.ts';

test('lays out a statement and keeps its comments', () => {
  const text = "select id, data->>'a' from t -- open ones\nwhere state = any($1) /* list */ and x = :x";
  assert.equal(
    formatSql(text),
    "select\n  id,\n  data ->> 'a'\nfrom\n  t -- open ones\nwhere\n  state = any ($1) /* list */\n  and x = :x",
  );
});

test('binds of the DB-API and casts keep their meaning', () => {
  assert.equal(formatSql('select %(id)s::int'), 'select\n  %(id)s::int');
});

test('keywords as asked', () => {
  assert.equal(formatSql('select 1', { keywordCase: 'upper', indent: 4 }), 'SELECT\n    1');
});

test('text that is no SQL stays untouched', () => {
  assert.equal(formatSql("select 'open"), null);
});
