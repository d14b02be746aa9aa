/** The language server's process: started anew by command, and by itself when it dies. */
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { setup, suite, test } from 'mocha';
import { commands, Position, WorkspaceEdit, workspace } from 'vscode';
import { installedExtension } from '../extension.ts';
import { rulesIn, waitForFinding } from '../findings.ts';
import { closeAll, open } from '../shop.ts';
import { count, waitFor } from '../window.ts';

const run = promisify(execFile);

async function serverProcess(): Promise<number | undefined> {
  const script = join(installedExtension().extensionPath, 'dist', 'server.js');
  const { stdout } = await run('ps', ['-A', '-o', 'pid=,args=']);
  const line = stdout.split('\n').find(each => each.includes(script));
  return line === undefined ? undefined : Number.parseInt(line, 10);
}

/** The server answers for a text that it has not seen before, and the views are fed. */
async function works(): Promise<void> {
  const { document } = await open('app/mistakes.py');
  const line = document.lineCount + 2;
  const edit = new WorkspaceEdit();
  const end = new Position(document.lineCount, 0);
  edit.insert(document.uri, end, '\n\nfresh = select(Customer).where(not Customer.email)\n');
  await workspace.applyEdit(edit);
  await waitFor('the finding in what was just written', () =>
    rulesIn(document.uri).includes(`${line} not-operator-on-column`),
  );
  await closeAll();
}

suite('Server', () => {
  setup(closeAll);

  test('Restart Server: another process, which answers', async () => {
    const before = await waitFor('the server', serverProcess);
    await commands.executeCommand('databasePatterns.restartServer');
    const after = await waitFor('the new server', serverProcess);
    assert.notEqual(after, before);
    await works();
  });

  test('a server that is killed comes back by itself, and the views with it', async () => {
    const before = await waitFor('the server', serverProcess);
    process.kill(before, 'SIGKILL');
    await waitFor('another process', async () => {
      const now = await serverProcess();
      return now !== undefined && now !== before;
    });
    await works();
    const { document } = await open('app/mistakes.py');
    await waitForFinding(document.uri, 'unknown-column');
    await commands.executeCommand('workbench.view.extension.databasePatterns');
    await waitFor(
      'the pools',
      async () => (await count('.monaco-list-row[aria-label*="Server, sessions"]')) > 0,
    );
  });
});
