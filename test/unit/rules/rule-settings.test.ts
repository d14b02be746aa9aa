import assert from 'node:assert/strict';
import { test } from 'node:test';
import { wideIndex } from '../../../src/rules/migration/wide-index.ts';
import { readRuleSettings } from '../../../src/rules/read-rule-settings.ts';

const read = (raw: unknown) => readRuleSettings(raw, new Map([['wide-index', wideIndex]]));

test('nothing said is nothing given', () => {
  assert.deepEqual(read(undefined), { given: { preset: null, rules: {}, ignores: {} }, problems: [] });
});
test('a preset, a severity and what is silent in some files', () => {
  const { given, problems } = read({
    preset: 'strict',
    rules: { 'wide-index': 'off' },
    'per-file-ignores': { 'tests/**': ['migration'] },
  });
  assert.deepEqual(given, {
    preset: 'strict',
    rules: { 'wide-index': { severity: 'off' } },
    ignores: { 'tests/**': ['migration'] },
  });
  assert.deepEqual(problems, []);
});
test('a table of a rule', () => {
  const { given } = read({
    rules: { 'wide-index': { severity: 'hint', exclude: ['old'], 'max-columns': 4 } },
  });
  assert.deepEqual(given.rules['wide-index'], {
    severity: 'hint',
    exclude: ['old'],
    options: { 'max-columns': 4 },
  });
});
test('what is not understood is named and left out', () => {
  const { given, problems } = read({ preset: 'loud', rules: { 'wide-index': 7, 'no-rule': 'off' } });
  assert.deepEqual(given, { preset: null, rules: { 'wide-index': {} }, ignores: {} });
  assert.deepEqual(problems, [
    { at: ['preset'], part: 'value', message: 'preset is "loud", and can be recommended, strict, all' },
    {
      at: ['rules', 'wide-index'],
      part: 'value',
      message: 'wide-index is 7, and can be error, warning, information, hint, off',
    },
    { at: ['rules', 'no-rule'], part: 'key', message: 'there is no rule no-rule' },
  ]);
});
test('a near name is told', () => {
  const { problems } = read({ preset: 'strickt', rules: { 'wide-indx': 'off', 'wide-index': 'warnig' } });
  assert.deepEqual(
    problems.map(({ message }) => /did you mean (.*)\?$/.exec(message)?.[1]),
    ['"strict"', 'wide-index', '"warning"'],
  );
});
test('rules and ignores are tables', () => {
  assert.deepEqual(
    read({ rules: 'strict', 'per-file-ignores': [] }).problems.map(({ at }) => at.join()),
    ['rules', 'per-file-ignores'],
  );
});
