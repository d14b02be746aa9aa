import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseRuleSettings } from '../../../src/rules/rule-settings.ts';

const read = (raw: unknown) => parseRuleSettings(raw, new Set(['known-rule']));

test('nothing said is the recommended preset', () => {
  assert.deepEqual(read(undefined), { settings: { preset: 'recommended', severities: {} }, problems: [] });
});
test('a preset and a severity', () => {
  const { settings, problems } = read({ preset: 'strict', rules: { 'known-rule': 'off' } });
  assert.deepEqual(settings, { preset: 'strict', severities: { 'known-rule': 'off' } });
  assert.deepEqual(problems, []);
});
test('what is not understood is named and left out', () => {
  const { settings, problems } = read({ preset: 'loud', rules: { 'known-rule': 7, 'no-rule': 'off' } });
  assert.deepEqual(settings, { preset: 'recommended', severities: {} });
  assert.deepEqual(problems, [
    { key: 'preset', message: 'preset is "loud", and can be recommended, strict, all' },
    { key: 'known-rule', message: 'known-rule is 7, and can be error, warning, information, hint, off' },
    { key: 'no-rule', message: 'there is no rule no-rule' },
  ]);
});
test('a near name is told', () => {
  const { problems } = read({ preset: 'strickt', rules: { 'knwon-rule': 'off', 'known-rule': 'warnig' } });
  assert.deepEqual(
    problems.map(({ message }) => /did you mean (.*)\?$/.exec(message)?.[1]),
    ['"strict"', 'known-rule', '"warning"'],
  );
});
test('rules are a table', () => {
  assert.deepEqual(
    read({ rules: 'strict' }).problems.map(({ key }) => key),
    ['rules'],
  );
});
