/** alembic.ini and pyproject.toml as environments. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { EnvironmentConfig } from '../../../src/alembic/configuration/config.ts';
import { readConfig } from '../../../src/alembic/configuration/read-config.ts';

function ini(text: string): readonly EnvironmentConfig[] {
  return readConfig({ ini: { path: 'alembic.ini', text }, toml: null }).environments;
}

function only(text: string): EnvironmentConfig {
  const [environment, second] = ini(text);
  assert.ok(environment && !second);
  return environment;
}

test('the generic template', () => {
  const environment = only(
    '[alembic]\nscript_location = %(here)s/migrations\nprepend_sys_path = .\n# comment\nfile_template = %%(rev)s\nsqlalchemy.url = postgresql://u@h/d\n\n[loggers]\nkeys = root\n',
  );
  assert.deepEqual(environment.scriptLocation, { kind: 'path', path: 'migrations' });
  assert.deepEqual(environment.prependSysPath, ['.']);
  assert.equal(environment.fileTemplate, '%(rev)s');
  assert.equal(environment.url?.value, 'postgresql://u@h/d');
  assert.equal(environment.section, null);
});

test('a section for each -n, with defaults shared', () => {
  const environments = ini(
    '[DEFAULT]\ntimezone = UTC\n[alembic]\nscript_location = one\n[second]\nscript_location: two\n',
  );
  assert.deepEqual(
    environments.map(({ section, scriptLocation, timezone }) => [section, scriptLocation.path, timezone]),
    [
      [null, 'one', 'UTC'],
      ['second', 'two', 'UTC'],
    ],
  );
});

test('locations of packages, and several version locations with each separator', () => {
  const locations = (lines: string) =>
    only(`[alembic]\nscript_location = app.db:migrations\n${lines}\n`).versionLocations.map(
      each => each.path,
    );
  assert.deepEqual(only('[alembic]\nscript_location = app.db:migrations').scriptLocation, {
    kind: 'package',
    package: 'app.db',
    path: 'migrations',
  });
  assert.deepEqual(locations('version_locations = a b,c'), ['a', 'b', 'c']);
  assert.deepEqual(locations('path_separator = os\nversion_locations = %(here)s/a:%(here)s/b'), ['a', 'b']);
  assert.deepEqual(locations('version_path_separator = newline\nversion_locations =\n  a one\n  b'), [
    'a one',
    'b',
  ]);
});

test('interpolation follows names and says what breaks it', () => {
  assert.equal(
    only('[alembic]\nscript_location = m\nhost = h\nsqlalchemy.url = postgresql://%(host)s/d').url?.value,
    'postgresql://h/d',
  );
  const broken = only('[alembic]\nscript_location = m\nsqlalchemy.url = postgresql://u:p%40@h/d');
  assert.equal(broken.url, null);
  assert.deepEqual(
    broken.problems.map(problem => problem.code),
    ['broken-interpolation'],
  );
  assert.deepEqual(
    only('[alembic]\nscript_location = m\na = %(b)s\nb = %(a)s\nsqlalchemy.url = %(a)s').problems.length,
    1,
  );
});

test('lines that ConfigParser refuses', () => {
  const text = 'loose = 1\n[alembic]\nscript_location = m\nscript_location = n\nno option here\n';
  const { problems } = readConfig({ ini: { path: 'alembic.ini', text }, toml: null });
  assert.deepEqual(
    problems.map(problem => problem.code),
    ['missing-section-header', 'duplicate-option', 'unreadable-option'],
  );
  assert.equal(text.slice(problems[1]?.range?.start, problems[1]?.range?.end), 'script_location');
});

test('pyproject.toml, with the URL from alembic.ini beside it', () => {
  const toml =
    '[tool.alembic]\nscript_location = "%(here)s/m"\nversion_locations = ["%(here)s/v", "pkg:v"]\nrecursive_version_locations = true\n';
  const { environments } = readConfig({
    ini: { path: 'alembic.ini', text: '[alembic]\nsqlalchemy.url = sqlite://\n' },
    toml: { path: 'pyproject.toml', text: toml },
  });
  const environment = environments[0];
  assert.equal(environment?.configPath, 'pyproject.toml');
  assert.deepEqual(
    environment?.versionLocations.map(each => each.kind),
    ['path', 'package'],
  );
  assert.equal(environment?.recursive, true);
  assert.equal(environment?.url?.value, 'sqlite://');
});

test('a broken pyproject.toml is a problem with a place', () => {
  const { environments, problems } = readConfig({
    ini: null,
    toml: { path: 'pyproject.toml', text: '[tool.alembic]\nx = \n' },
  });
  assert.deepEqual(environments, []);
  assert.equal(problems[0]?.code, 'unreadable-toml');
});

test('a template that a program fills in is no environment', () => {
  assert.deepEqual(ini('[alembic]\nscript_location = {alembic_dir}\n'), []);
});

test('hooks that Alembic runs on what it writes', () => {
  const text =
    '[alembic]\nscript_location = m\n[post_write_hooks]\nhooks = ruff_fix , black\nruff_fix.type = exec\n';
  assert.deepEqual(only(text).postWriteHooks, ['ruff_fix', 'black']);
  const toml =
    '[tool.alembic]\nscript_location = "m"\n[[tool.alembic.post_write_hooks]]\nname = "ruff"\ntype = "exec"\n';
  const [environment] = readConfig({ ini: null, toml: { path: 'pyproject.toml', text: toml } }).environments;
  assert.deepEqual(environment?.postWriteHooks, ['ruff']);
  assert.deepEqual(only('[alembic]\nscript_location = m\n').postWriteHooks, []);
});
