// What may not stand in a log.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { SecretRedactor } from '../../../src/extension/log/secret-redactor.ts';

test('replaces a secret in each form that a log may hold', () => {
  const redactor = new SecretRedactor();
  redactor.add('p"w/1');
  for (const text of [
    'is p"w/1.',
    JSON.stringify({ password: 'p"w/1' }),
    `h?p=${encodeURIComponent('p"w/1')}`,
  ]) {
    assert.doesNotMatch(redactor.redact(text), /p\\?"w|p%22w/);
  }
});

test('replaces passwords in URLs that never passed through', () => {
  const redact = (text: string) => new SecretRedactor().redact(text);
  assert.equal(
    redact('at postgresql+asyncpg://u:pw@h:5432/d, "x"'),
    'at postgresql+asyncpg://u:***@h:5432/d, "x"',
  );
  assert.equal(redact('postgresql://u@h:5432/d'), 'postgresql://u@h:5432/d');
  assert.equal(redact('file:///a:b/c'), 'file:///a:b/c');
});

test('an empty secret replaces nothing', () => {
  const redactor = new SecretRedactor();
  redactor.add('');
  assert.equal(redactor.redact('text'), 'text');
});
