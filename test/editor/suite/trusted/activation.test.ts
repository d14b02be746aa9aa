/** The installed extension comes to life in a trusted workspace and offers what its manifest promises. */
import assert from 'node:assert/strict';
import { suite, test } from 'mocha';
import { commands } from 'vscode';
import { contributions, installedExtension } from '../extension.ts';
import { count, screenshot, waitFor } from '../window.ts';

suite('Activation', () => {
  test('the installed package activates in a Python workspace', async () => {
    const extension = installedExtension();
    await waitFor('the extension to be active', () => extension.isActive);
  });

  test('every command of the manifest is registered', async () => {
    const registered = new Set(await commands.getCommands(true));
    const promised = contributions().commands.map(({ command }) => command);
    assert.ok(promised.length > 0);
    assert.deepEqual(
      promised.filter(command => !registered.has(command)),
      [],
    );
  });

  test('the three views are there', async () => {
    const [container] = Object.entries(contributions().views);
    assert.ok(container);
    const [containerId, views] = container;
    assert.deepEqual(
      views.map(view => view.name),
      ['Connections', 'Pools', 'Migrations'],
    );
    await commands.executeCommand(`workbench.view.extension.${containerId}`);
    for (const { name } of views) {
      await waitFor(
        `the view ${name}`,
        async () => (await count(`.pane-header[aria-label*="${name}"]`)) === 1,
      );
    }
    await screenshot('views');
  });
});
