/** Every snippet, expanded: it reads well, breaks no rule in the code that it is for, and its own tools read it. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { checkWorkspace } from '../../../src/features/checking/check-workspace.ts';
import { loadSqlParser } from '../../../src/sql/parser.ts';
import { type Choice, expandSnippet } from '../../../src/tools/generate/expand-snippet.ts';
import { placedSnippets, snippetContext, snippetSources } from '../../scaffold/snippet-project.ts';
import { workspaceOf } from '../../workspace.ts';

const root = join(import.meta.dirname, '..', '..', '..');
const parser = await loadSqlParser();
const choices: readonly Choice[] = ['first', 'last'];

/** A snippet is one side of a relationship; the other one, and its foreign key, are in another file. */
const othersSide = new Set([
  'back-populates-mismatch',
  'back-populates-one-sided',
  'relationship-without-join',
]);

const prefixes = {
  python: /^(sa|alembic)(-[a-z]+)+$/,
  'alembic-ini': /^alembic(-[a-z]+)+$/,
  sql: /^sql(-[a-z]+)+$/,
};

for (const { language, prefix, description, imports, body } of snippetSources) {
  test(`${language}: ${prefix}`, () => {
    assert.match(prefix, prefixes[language]);
    assert.match(description, /^[A-Z].*\.$/);
    for (const choice of choices) {
      const { stops, text } = expandSnippet(body, choice);
      const numbers = [...stops].sort((a, b) => a - b);
      assert.deepEqual(
        numbers,
        numbers.map((_, index) => index),
        'places are numbered without gaps, 0 included',
      );
      assert.ok(/\n *$/.test(text), 'the cursor ends on a line of its own');
    }
    for (const statement of imports) {
      for (const name of statement.replace(/^.*import /, '').split(', '))
        assert.match(body, new RegExp(`\\b${name}\\b`), `${name} is not needed`);
    }
  });
}

test('prefixes are unique in their language', () => {
  const all = snippetSources.map(({ language, prefix }) => `${language} ${prefix}`);
  assert.equal(new Set(all).size, all.length);
});

for (const { source, choice, path, text } of placedSnippets()) {
  test(`${source.prefix}, ${choice} choices: no rule has anything to say`, async () => {
    const alembic = '[alembic]\nscript_location = migrations\nsqlalchemy.url = postgresql://localhost/shop\n';
    const files = { ...snippetContext, 'alembic.ini': alembic, [path]: text };
    const workspace = await workspaceOf(files, { preset: 'recommended' });
    const full = `/project/${path}`;
    assert.deepEqual(workspace.project.files.get(full)?.module.errors ?? [], [], text);
    const { findings } = await checkWorkspace(workspace, [full], null, new AbortController().signal);
    const own = findings.filter(({ rule }) => !othersSide.has(rule) && rule !== source.allows);
    assert.deepEqual(
      own.map(({ rule, message }) => `${rule}: ${message}`),
      [],
      text,
    );
  });
}

for (const { body, prefix } of snippetSources.filter(({ language }) => language === 'sql')) {
  test(`${prefix}: PostgreSQL reads it`, async () => {
    for (const choice of choices) {
      const { text } = expandSnippet(body, choice);
      const workspace = await workspaceOf({ 'query.sql': text });
      const path = '/project/query.sql';
      const file = workspace.sqlFileOf(path);
      assert.ok(file && file.statements.length > 0);
      for (const { forms } of file.statements) {
        for (const { sql } of forms) assert.equal(parser.parse(sql).kind, 'parsed', sql);
      }
      const { findings } = await checkWorkspace(workspace, [path], null, new AbortController().signal);
      assert.deepEqual(findings, []);
    }
  });
}

for (const { body, prefix } of snippetSources.filter(({ language }) => language === 'alembic-ini')) {
  test(`${prefix}: Alembic's configuration is understood`, async () => {
    for (const choice of choices) {
      const { text } = expandSnippet(body, choice);
      const whole = text.includes('[alembic]') ? text : `[alembic]\nscript_location = migrations\n${text}`;
      const workspace = await workspaceOf({
        ...snippetContext,
        'alembic.ini': whole,
        'migrations/analytics/env.py': '',
      });
      assert.ok(workspace.environments.length > 0);
      assert.deepEqual(
        workspace.environments.flatMap(({ problems }) => problems),
        [],
      );
    }
  });
}

test('the manifest names a file for each language', () => {
  const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const languages = new Set(snippetSources.map(({ language }) => language));
  assert.deepEqual(
    manifest.contributes.snippets,
    [...languages].map(language => ({ language, path: `./snippets/${language}.json` })),
  );
});
