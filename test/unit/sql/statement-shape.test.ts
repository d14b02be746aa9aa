import assert from 'node:assert/strict';
import { test } from 'node:test';
import { statementShape } from '../../../src/sql/statement-shape.ts';

test('one statement has one shape, whatever driver sends it', () => {
  const sent = [
    'SELECT users.id, users.name \nFROM users \nWHERE users.id = $1 AND users.at > $2',
    'SELECT users.id, users.name FROM users WHERE users.id = $1::INTEGER AND users.at > $2::TIMESTAMP WITH TIME ZONE',
    'SELECT users.id, users.name FROM users WHERE users.id = %(id_1)s AND users.at > %(at_1)s::TIMESTAMP WITH TIME ZONE',
    "SELECT users.id, users.name FROM users WHERE users.id = 42 AND users.at > '2030-01-01T00:00:00'::timestamptz /* route='/x' */",
  ];
  assert.equal(new Set(sent.map(statementShape)).size, 1, sent.map(statementShape).join('\n'));
});

test('lists of values, and rows of an insert', () => {
  assert.equal(statementShape('x IN ($1, $2, $3)'), statementShape('x IN (7)'));
  assert.equal(
    statementShape(
      'INSERT INTO t (a, b) VALUES ($1::INTEGER, $2::VARCHAR(3)), ($3::INTEGER, $4::VARCHAR(3))',
    ),
    statementShape('INSERT INTO t (a, b) VALUES ($1, $2)'),
  );
});

test('names with digits are names, and other statements have other shapes', () => {
  assert.equal(statementShape('SELECT t1.a2 FROM t1'), 'select t1.a2 from t1');
  assert.notEqual(
    statementShape('SELECT a FROM t WHERE b = $1'),
    statementShape('SELECT a FROM t WHERE c = $1'),
  );
});
