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
  assert.equal(problems.length, 3);
});
