/** `[tool.dbpatterns]` in the editor: what is offered at `¦`, and what is told of a key. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { settingsCompletions } from '../../../src/features/settings-file/settings-completion.ts';
import { settingsHover } from '../../../src/features/settings-file/settings-hover.ts';

/** Each line with its cursor, and what is offered there among other things; with the text that the first one gives. */
const offered: readonly (readonly [string, string, string])[] = [
  ['[tool.dbpatterns]\n¦', 'preset', 'preset'],
  ['[tool.dbpatterns]\npre¦', 'preset', 'preset'],
  ['[tool.dbpatterns]\npreset = ¦', 'strict', 'preset = "strict"'],
  ['[tool.dbpatterns]\npreset = "st¦"', 'strict', 'preset = "strict"'],
  ['[tool.dbpatterns]\nrules.wide¦', 'wide-index', 'rules.wide-index'],
  ['[tool.dbpatterns]\nrules.wide-index.¦', 'max-columns', 'rules.wide-index.max-columns'],
  ['[tool.dbpatterns.ru¦]', 'rules', '[tool.dbpatterns.rules]'],
  ['[tool.dbpatterns.¦]', 'migrations', '[tool.dbpatterns.migrations]'],
  ['[tool.dbpatterns.rules]\n¦\nwide-index = "off"', 'missing-await', 'missing-await'],
  ['[tool.dbpatterns.rules]\nwide-index = { ¦', 'exclude', 'wide-index = { exclude'],
  [
    '[tool.dbpatterns.rules]\nwide-index = { severity = "off", max¦ }',
    'max-columns',
    'wide-index = { severity = "off", max-columns }',
  ],
  ['[tool.dbpatterns.rules.wide-index]\nseverity = "w¦"', 'warning', 'severity = "warning"'],
  ['[tool.dbpatterns.per-file-ignores]\n"tests/**" = [¦]', 'session', '"tests/**" = ["session"]'],
  ['[tool.dbpatterns.per-file-ignores]\n"a" = ["sql",\n  ¦\n]', 'missing-await', '  "missing-await"'],
];

for (const [marked, label, line] of offered)
  test(`offered at ${JSON.stringify(marked)}`, () => {
    const offset = marked.indexOf('¦');
    const text = marked.replace('¦', '');
    const found = settingsCompletions(text, offset);
    const item = found?.items.find(each => each.label === label);
    assert.ok(found && item, found?.items.map(each => each.label).join(' '));
    const { start, end } = found.replaced;
    const after = `${text.slice(0, start)}${item.insert}${text.slice(end)}`;
    const first = after.lastIndexOf('\n', start - 1) + 1;
    const last = after.indexOf('\n', start);
    assert.equal(after.slice(first, last < 0 ? undefined : last), line);
  });

const silent: readonly string[] = [
  '[tool.ruff]\n¦',
  'pre¦',
  '[tool.dbpatterns]\npreset = "strict"¦',
  '[tool.dbpatterns.migrations]\nbaseline = "¦"',
  '[tool.dbpatterns.rules]\nwide-index = { severity = "off" }¦',
  '[tool.dbpatterns.per-file-ignores]\n"a" = ["sql"]¦',
];

for (const marked of silent)
  test(`nothing is offered at ${JSON.stringify(marked)}`, () => {
    assert.equal(settingsCompletions(marked.replace('¦', ''), marked.indexOf('¦')), null);
  });

const told: readonly (readonly [string, RegExp])[] = [
  ['[tool.dbpatterns]\npre¦set = "strict"', /^Which rules run/],
  [
    '[tool.dbpatterns.rules]\nwide¦-index = "off"',
    /^A plain index has more than three columns\..*explain wide-index/s,
  ],
  ['[tool.dbpatterns.rules.wide-index]\nmax-¦columns = 4', /^How many columns.*By itself `3`/s],
  ['[tool.dbpatterns.per-file-ignores]\n"a" = ["wide¦-index"]', /^A plain index/],
];

for (const [marked, words] of told)
  test(`told at ${JSON.stringify(marked)}`, () =>
    assert.match(settingsHover(marked.replace('¦', ''), marked.indexOf('¦'))?.contents ?? '', words));
test('nothing is told of what is not ours', () =>
  assert.equal(settingsHover('[tool.ruff]\npreset = 1', 14), null));
