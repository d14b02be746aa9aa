import assert from 'node:assert/strict';
import { test } from 'node:test';
import { quoteIdentifier, quoteLiteral, quoteQualified } from '../../../src/schema/identifier.ts';

test('names are quoted only where PostgreSQL would read them otherwise', () => {
  const quoted = {
    name: 'name',
    _x1$: '_x1$',
    User: '"User"',
    order: '"order"',
    '1st': '"1st"',
    'a"b': '"a""b"',
    ä: '"ä"',
    '': '""',
  };
  for (const [name, expected] of Object.entries(quoted)) assert.equal(quoteIdentifier(name), expected);
});

test('a schema goes before the name, each quoted alone', () => {
  assert.equal(quoteQualified('My', 'a.b'), '"My"."a.b"');
  assert.equal(quoteQualified(null, 'user'), '"user"');
});

test('literals hold quotes and backslashes, and no NUL', () => {
  assert.equal(quoteLiteral("it's"), "'it''s'");
  assert.equal(quoteLiteral("a\\'"), "E'a\\\\'''");
  assert.equal(quoteLiteral('a\0b'), "'ab'");
});
