/** Recall by the catalogue of mistakes: five spellings a row, claimed in the specifications of its rules. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { rules } from '../../../src/rules/registry.ts';
import { catalogue } from '../../conformance/catalogue.ts';
import { spellingsOf } from '../../conformance/spellings.ts';

const ids = new Set(rules.map(rule => rule.id));

for (const each of catalogue) {
  test(`row ${each.row}: ${each.mistake}`, () => {
    assert.deepEqual(
      each.rules.filter(id => !ids.has(id)),
      [],
      'its rules exist',
    );
    const texts = spellingsOf(each).map(({ text }) => text);
    assert.ok(texts.length >= 5, `five spellings are claimed, not ${texts.length}:\n${texts.join('\n')}`);
  });
}

test('a row stands once', () => {
  const numbers = catalogue.map(each => each.row);
  assert.deepEqual(
    numbers.filter((number, index) => numbers.indexOf(number) !== index),
    [],
  );
});
