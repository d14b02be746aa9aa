/** `[tool.dbpatterns]` beside the editor's settings: who wins, and where mistakes are shown. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createSettingsReader } from '../../../src/workspace/settings-reader.ts';

const read = (toml: string, editor: unknown = {}) =>
  createSettingsReader()({
    roots: ['/shop'],
    textOf: path => (path === '/shop/pyproject.toml' ? toml : undefined),
    editor,
  });

/** As VS Code says them: every setting, chosen or not. */
const untouched = {
  preset: 'recommended',
  rules: {},
  schema: 'auto',
  migrations: { baseline: '', tableSizes: true },
};

const file = `[tool.dbpatterns]
preset = "strict"
schema = "none"
rules = { limit-without-order-by = "off" }
migrations = { baseline = "ae1027a6acf" }
`;

test('what the editor leaves as it is comes from the file', () => {
  assert.deepEqual(read(file, untouched), read(file));
  assert.deepEqual(read(file).settings, {
    rules: { preset: 'strict', severities: { 'limit-without-order-by': 'off' } },
    schema: 'none',
    migrations: { baseline: 'ae1027a6acf' },
  });
});

test('what is chosen in the editor wins, rule by rule', () => {
  const editor = { ...untouched, preset: 'all', rules: { 'update-without-where': 'error' } };
  const { settings } = read(file, editor);
  assert.deepEqual(settings.rules, {
    preset: 'all',
    severities: { 'limit-without-order-by': 'off', 'update-without-where': 'error' },
  });
});

/** Each mistake of a file, as the text it stands at and what is said. */
function mistakes(toml: string): readonly string[] {
  return read(toml).problems.map(
    ({ message, range }) => `${toml.slice(range?.start, range?.end)}: ${message.split(';').at(-1)?.trim()}`,
  );
}

const cases: readonly (readonly [string, string, readonly string[]])[] = [
  ['another tool’s table', '[tool.ruff]\npreset = "loud" # as dbpatterns', []],
  ['a wrong key', '[tool.dbpatterns]\npresets = "strict"', ['presets: did you mean preset?']],
  [
    'a wrong rule, not where else it is said',
    '[tool.x]\nlimit-without-orderby = 1\n[tool.dbpatterns.rules]\n"limit-without-orderby" = "off"',
    ['"limit-without-orderby": did you mean limit-without-order-by?'],
  ],
  [
    'a wrong value',
    '[tool.dbpatterns]\nrules.update-without-where = "eror"',
    ['update-without-where: did you mean "error"?'],
  ],
  ['a wrong source', '[tool.dbpatterns]\nschema = "model"', ['schema: did you mean "models"?']],
  [
    'a wrong key of migrations',
    '[tool.dbpatterns.migrations]\nbaselin = "a"',
    ['baselin: did you mean baseline?'],
  ],
  [
    'a rule outside of its table',
    '[tool.dbpatterns]\nupdate-without-where = "off"',
    ['update-without-where: update-without-where is a rule: it belongs to [tool.dbpatterns.rules]'],
  ],
  [
    'no TOML',
    '[tool.dbpatterns]\npreset = strict',
    [': no settings are read: Invalid TOML document: invalid value'],
  ],
];

for (const [title, toml, expected] of cases) test(title, () => assert.deepEqual(mistakes(toml), expected));
