/** The skill as agents load it: its head, its size, its links, and that it names nothing that is not there. */
import assert from 'node:assert/strict';
import { existsSync, globSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { test } from 'node:test';
import { parse } from 'yaml';
import { agentTools } from '../../../src/agent/tools.ts';
import { scaffoldsOfPage, skillFolder, snippetsOfPage } from '../../../src/tools/generate/skill-output.ts';
import { placedSnippets } from '../../scaffold/snippet-project.ts';

const root = join(import.meta.dirname, '..', '..', '..');
const folder = join(root, skillFolder);
const read = (path: string): string => readFileSync(path, 'utf8');
const pages = globSync('**/*.md', { cwd: folder }).map(path => join(folder, path));
const sources = globSync('**/*.md', { cwd: join(root, 'src', 'tools', 'generate', 'skill') });

test('the head is as the open format has it', () => {
  const [, head = ''] = /^---\n(.*?)\n---\n/s.exec(read(join(folder, 'SKILL.md'))) ?? [];
  const fields = parse(head);
  assert.deepEqual(Object.keys(fields), ['name', 'description', 'license', 'compatibility']);
  assert.equal(fields.name, basename(folder));
  assert.match(fields.name, /^[a-z0-9]+(-[a-z0-9]+)*$/);
  assert.ok(fields.name.length <= 64);
  assert.ok(fields.description.length <= 1024);
  assert.ok(fields.compatibility.length <= 500);
});

test('each page is short enough to be loaded: 500 lines, and some 5,000 tokens', () => {
  for (const page of pages) {
    const text = read(page);
    assert.ok(text.split('\n').length < 500, page);
    // Code has about three and a half characters a token.
    assert.ok(text.length / 3.5 < 5000, page);
  }
});

test('links lead to files', () => {
  for (const page of pages) {
    for (const [, target = ''] of read(page).matchAll(/\]\(([^)]+)\)/g))
      assert.ok(existsSync(join(dirname(page), target)), `${page}: ${target}`);
  }
});

test('every tool that it names is one', () => {
  const names = new Set(agentTools.map(({ name }) => name));
  const verbs = /`((?:check|explain|describe|list|find|preview|schema|scaffold|statement)_\w+|pool_state)`/g;
  const named = pages.flatMap(page => [...read(page).matchAll(verbs)].map(([, name = '']) => name));
  assert.ok(named.length > 5);
  assert.deepEqual(
    named.filter(name => !names.has(name)),
    [],
  );
});

test('every sample is a snippet that is checked and run, or what a scaffold writes', () => {
  const checked = new Set(placedSnippets().map(({ source }) => source.prefix));
  const shown = sources.flatMap(path =>
    snippetsOfPage(read(join(root, 'src', 'tools', 'generate', 'skill', path))),
  );
  assert.ok(shown.length > 25);
  assert.deepEqual(
    shown.filter(prefix => !checked.has(prefix)),
    [],
  );
  const fences = pages.flatMap(page => [...read(page).matchAll(/^```python$/gm)]);
  const written = sources.flatMap(path =>
    scaffoldsOfPage(read(join(root, 'src', 'tools', 'generate', 'skill', path))),
  );
  assert.ok(written.length >= 4);
  assert.equal(fences.length, shown.length + written.length, 'no code stands in the pages by itself');
});
