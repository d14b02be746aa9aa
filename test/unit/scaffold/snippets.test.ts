/** Every snippet, expanded: it reads well, parses as Python, and breaks no rule. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { exampleFile, exampleModels } from '../../../src/rules/example-project.ts';
import { rules } from '../../../src/rules/registry.ts';
import { createRuleRunner } from '../../../src/rules/run-rules.ts';
import { projectOf, scopeOf } from '../../project.ts';
import { expandSnippet, readSnippets, type Snippet } from '../../scaffold/expand-snippet.ts';

const root = join(import.meta.dirname, '..', '..', '..');
const snippets = readSnippets();
const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
const runner = createRuleRunner(rules, { preset: 'all', severities: {} });

for (const snippet of snippets) {
  test(snippet.prefix, () => {
    assert.match(snippet.prefix, /^(sa|alembic)(-[a-z]+)+$/);
    assert.match(snippet.description, /\.$/);
    for (const choice of ['first', 'last'] as const) checkExpansion(snippet, choice);
  });
}

test('prefixes are unique, and the manifest names the file', () => {
  const prefixes = snippets.map(snippet => snippet.prefix);
  assert.equal(new Set(prefixes).size, prefixes.length);
  assert.ok(prefixes.length >= 12);
  assert.deepEqual(manifest.contributes.snippets, [{ language: 'python', path: './snippets/python.json' }]);
});

function checkExpansion(snippet: Snippet, choice: 'first' | 'last'): void {
  const { text, stops } = expandSnippet(snippet, choice);
  assert.deepEqual(
    [...stops].sort((a, b) => a - b),
    [...stops].map((_, index) => index),
    'places are numbered without gaps, 0 included',
  );
  assert.ok(text.endsWith('\n') || text.endsWith('    '), 'the cursor ends on a line of its own');
  const body =
    text.includes('await ') && !text.includes('async def')
      ? `async def main(session: AsyncSession) -> None:\n${text.replaceAll(/^/gm, '    ')}`
      : text;
  // The description names what the snippet needs, and from where.
  const imports = [...snippet.description.matchAll(/(\w+(?:, \w+)*) from ([\w.]*\w)/g)];
  const code = [...imports.map(([, names, module]) => `from ${module} import ${names}`), body].join('\n');
  const project = projectOf({ 'app/models.py': exampleModels, 'app/example.py': exampleFile(code) });
  const path = '/project/app/example.py';
  assert.deepEqual(project.files.get(path)?.module.errors, [], text);
  assert.deepEqual(
    runner.checkFile(scopeOf(project), path).map(finding => finding.message),
    [],
    text,
  );
}
