/** In Restricted Mode the tools read files, and start and connect to nothing. */
import assert from 'node:assert/strict';
import { suite, test } from 'mocha';
import { LanguageModelTextPart, lm, workspace } from 'vscode';

suite('Agent tools in Restricted Mode', () => {
  test('check_code reads, and says why PostgreSQL judges nothing', async () => {
    assert.equal(workspace.isTrusted, false);
    const { content } = await lm.invokeTool('databasePatterns_check_code', {
      input: { paths: ['app/mistakes.py'] },
      toolInvocationToken: undefined,
    });
    const text = content.map(part => (part instanceof LanguageModelTextPart ? part.value : '')).join('');
    assert.match(text, /identity-test-on-column/);
    assert.match(text, /no process is started/);
  });
});
