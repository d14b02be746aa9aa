/**
 * The grammars by the files under `test/syntaxes/`, whose comments claim the scopes of the line above them. Python's and
 * SQL's own grammars are the ones that VS Code ships, from npm.
 */
import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { run } from '../../../src/tools/command.ts';

const root = join(import.meta.dirname, '..', '..', '..');
const program = join(root, 'node_modules', 'vscode-tmgrammar-test', 'dist', 'unit.js');
const hosts = ['python', 'sql'].flatMap(name => [
  '-g',
  join(root, 'node_modules', 'tm-grammars', 'grammars', `${name}.json`),
]);

for (const name of readdirSync(join(root, 'test', 'syntaxes')).sort()) {
  test(`${name}: scopes are as claimed`, async () => {
    const { code, output } = await run(
      process.execPath,
      [program, '--compact', ...hosts, join('test', 'syntaxes', name)],
      { cwd: root, signal: AbortSignal.timeout(60_000) },
    );
    assert.equal(code, 0, output);
    assert.match(output, /run successfuly/);
  });
}
