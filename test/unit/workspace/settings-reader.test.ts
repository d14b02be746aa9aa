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
  ruleOptions: {},
  perFileIgnores: {},
  schema: 'auto',
  migrations: { baseline: '', smallTables: [], tableSizes: true },
};

const file = `[tool.dbpatterns]
preset = "strict"
schema = "none"
rules = { limit-without-order-by = "off" }
migrations = { baseline = "ae1027a6acf", small-tables = ["ref_*"] }
per-file-ignores = { "tests/**" = ["query"] }
`;

test('what the editor leaves as it is comes from the file', () => {
  assert.deepEqual(read(file, untouched), read(file));
  assert.deepEqual(read(file).settings, {
    rules: {
      preset: 'strict',
      rules: { 'limit-without-order-by': { severity: 'off' } },
      ignores: { 'tests/**': ['query'] },
      roots: ['/shop'],
    },
    schema: 'none',
    migrations: { baseline: 'ae1027a6acf', smallTables: ['ref_*'] },
  });
});

test('what is chosen in the editor wins, rule by rule', () => {
  const editor = { ...untouched, preset: 'all', rules: { 'update-without-where': 'error' } };
  const { settings } = read(file, editor);
  assert.equal(settings.rules.preset, 'all');
  assert.deepEqual(settings.rules.rules, {
    'limit-without-order-by': { severity: 'off' },
    'update-without-where': { severity: 'error' },
  });
});

test('of a rule, what is chosen in the editor wins option by option', () => {
  const toml =
    '[tool.dbpatterns.rules]\nwide-index = { severity = "error", exclude = ["a"], max-columns = 5 }';
  const { settings } = read(toml, { ruleOptions: { 'wide-index': { exclude: ['b'], 'max-columns': 6 } } });
  assert.deepEqual(settings.rules.rules, {
    'wide-index': { severity: 'error', exclude: ['b'], options: { 'max-columns': 6 } },
  });
});

test('patterns of the editor come to those of the file, and win where they are the same', () => {
  const toml = '[tool.dbpatterns.per-file-ignores]\n"a/**" = ["query"]\n"b/**" = ["sql"]';
  const { settings } = read(toml, { perFileIgnores: { 'b/**': [], 'c/**': ['all'] } });
  assert.deepEqual(settings.rules.ignores, { 'a/**': ['query'], 'b/**': [], 'c/**': ['all'] });
});

test('what is wrong in the editor’s settings is told of them, and leaves what the file says', () => {
  const editor = { rules: { 'wide-index': 'off' }, ruleOptions: { 'wide-index': { 'max-columns': 0 } } };
  const { settings, problems } = read('[tool.dbpatterns.rules]\nwide-index.max-columns = 5', editor);
  assert.deepEqual(settings.rules.rules, {
    'wide-index': { severity: 'off', options: { 'max-columns': 5 } },
  });
  assert.deepEqual(
    problems.map(({ path, message }) => `${path}: ${message}`),
    ['settings: max-columns of wide-index is 0, and can be a whole number from 1'],
  );
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
    ['"eror": did you mean "error"?'],
  ],
  ['a wrong source', '[tool.dbpatterns]\nschema = "model"', ['"model": did you mean "models"?']],
  [
    'a wrong key of migrations',
    '[tool.dbpatterns.migrations]\nbaselin = "a"',
    ['baselin: did you mean baseline?'],
  ],
  [
    'a wrong value of migrations',
    '[tool.dbpatterns.migrations]\nsmall-tables = "users"',
    [
      '"users": migrations.small-tables is "users", and can be a list of names, in which * stands for any characters',
    ],
  ],
  [
    'a rule outside of its table',
    '[tool.dbpatterns]\nupdate-without-where = "off"',
    ['update-without-where: update-without-where is a rule: it belongs to [tool.dbpatterns.rules]'],
  ],
  [
    'a wrong option',
    '[tool.dbpatterns.rules.wide-index]\nseverity = "error"\nmax-colums = 3',
    ['max-colums: did you mean max-columns?'],
  ],
  [
    'an option that is like none',
    '[tool.dbpatterns.rules]\nwide-index = { columns-at-most = 3 }',
    ['columns-at-most: wide-index has no option columns-at-most: it has severity, exclude, max-columns'],
  ],
  [
    'a wrong value of an option',
    '[tool.dbpatterns.rules]\nwide-index = { max-columns = "3" }',
    ['"3": max-columns of wide-index is "3", and can be a whole number from 1'],
  ],
  [
    'a wrong severity among options',
    '[tool.dbpatterns.rules]\nwide-index.severity = "warn"',
    ['"warn": severity of wide-index is "warn", and can be error, warning, information, hint, off'],
  ],
  [
    'one wrong name of a list',
    '[tool.dbpatterns.rules.io-in-transaction]\ncalls = ["my.get", 7]',
    ['7: calls of io-in-transaction is 7, and can be a list of names, in which * stands for any characters'],
  ],
  [
    'a wrong pattern',
    '[tool.dbpatterns.rules]\nwide-index.exclude = ["a/**", "b[/*"]',
    ['"b[/*": "b[/*" is no pattern of paths'],
  ],
  [
    'a wrong rule that is ignored',
    '[tool.dbpatterns.per-file-ignores]\n"a.py" = ["sql", "wide-indx"]',
    ['"wide-indx": did you mean wide-index?'],
  ],
  [
    'a rule that is no list',
    '[tool.dbpatterns.per-file-ignores]\n"a.py" = "sql"',
    ['"sql": what is ignored in a.py is "sql", and can be a list of rules'],
  ],
  [
    'no TOML',
    '[tool.dbpatterns]\npreset = strict',
    [': no settings are read: Invalid TOML document: invalid value'],
  ],
];

for (const [title, toml, expected] of cases) test(title, () => assert.deepEqual(mistakes(toml), expected));
