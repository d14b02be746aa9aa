import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Finding } from '../../../src/rules/finding.ts';
import { applySuppressions } from '../../../src/rules/suppressions.ts';
import { parser } from '../../project.ts';

/** Rules that are left after suppressions, where rule `r` finds something at each `bad`. */
function left(text: string): readonly string[] {
  const findings = [...text.matchAll(/\bbad\b/g)].map(
    (match): Finding => ({
      rule: 'r',
      severity: 'error',
      message: '',
      path: 'a.py',
      range: { start: match.index, end: match.index + 3 },
      fixes: [],
    }),
  );
  const source = { path: 'a.py', text, module: parser.parse(text) };
  return applySuppressions(findings, source).map(finding => finding.rule);
}

test('a comment on the line silences it', () =>
  assert.deepEqual(left('bad  # dbpatterns: ignore[r] reason'), []));
test('a comment alone silences the next line of code', () => {
  assert.deepEqual(left('# dbpatterns: ignore[r]\n\n# words\nbad\n'), []);
});
test('another line is not silenced', () => {
  assert.deepEqual(left('bad\nbad  # dbpatterns: ignore[r]\n'), ['r']);
});
test('another rule is not silenced, and the comment is reported', () => {
  assert.deepEqual(left('bad  # dbpatterns: ignore[other]'), ['r', 'unused-suppression']);
});
test('several rules in one comment', () =>
  assert.deepEqual(left('bad  # dbpatterns: ignore[x, r]'), ['unused-suppression']));
test('a string is no comment', () => assert.deepEqual(left('bad = "# dbpatterns: ignore[r]"'), ['r']));
