import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readEnvironments } from '../../../src/alembic/environment/read-environments.ts';
import { rules } from '../../../src/rules/registry.ts';
import { recommendedSettings } from '../../../src/rules/rule-settings.ts';
import { createRuleRunner } from '../../../src/rules/run-rules.ts';
import { parser } from '../../project.ts';

const runner = createRuleRunner(rules, recommendedSettings);

/** Findings as `file: rule: the text they stand on`, for revisions given as `id: parents`. */
function findings(revisions: Readonly<Record<string, readonly string[]>>): readonly string[] {
  const texts: Record<string, string> = {
    'alembic.ini': '[alembic]\nscript_location = migrations\n',
    'migrations/env.py': '',
  };
  for (const [id, down] of Object.entries(revisions)) {
    texts[`migrations/versions/${id}.py`] =
      `revision = "${id}"\ndown_revision = (${down.map(each => `"${each}",`).join('')})\n`;
  }
  const [environment] = readEnvironments({
    paths: Object.keys(texts),
    textOf: path => texts[path],
    parse: text => parser.parse(text),
  });
  assert.ok(environment);
  return runner
    .checkGraph(environment.graph)
    .map(
      ({ path, rule, range }) =>
        `${path.split('/').at(-1)}: ${rule}: ${texts[path]?.slice(range.start, range.end)}`,
    )
    .sort();
}

test('one line of revisions has nothing to say', () => assert.deepEqual(findings({ a: [], b: ['a'] }), []));
test('a branch that is merged again has nothing to say', () => {
  assert.deepEqual(findings({ a: [], b: ['a'], c: ['a'], d: ['b', 'c'] }), []);
});
test('two heads are named once, at the newer file', () => {
  assert.deepEqual(findings({ a: [], b: ['a'], c: ['a'] }), ['c.py: multiple-heads: "c"']);
});
test('two merges of the same parents', () => {
  const found = findings({ a: [], b: ['a'], c: ['a'], d: ['b', 'c'], e: ['b', 'c'] });
  assert.ok(found.length >= 2 && found.every(each => each.includes('multiple-heads')), found.join('\n'));
});
test('a parent that is not there', () => {
  assert.deepEqual(findings({ a: ['gone'] }), ['a.py: broken-revision-graph: "gone"']);
});
