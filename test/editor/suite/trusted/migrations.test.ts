/** Commands of the Migrations view with the user's own Alembic: a protected database, renames, repairs, merges. */
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { suite, suiteSetup, suiteTeardown, test } from 'mocha';
import { commands, window, workspace } from 'vscode';
import { alembic, closeAll, folder, uriOf } from '../shop.ts';
import {
  choosesFromMenu,
  click,
  hover,
  press,
  row,
  screenshot,
  sees,
  seesNone,
  type,
  visibleText,
  waitFor,
} from '../window.ts';

const head = '9e5b18f3c7a0';
const before = 'c46d02b9e7f3';
const question = '.quick-input-widget:visible';

async function chooses(text: string): Promise<void> {
  await type(text);
  await press('Enter');
}

const versions = () => uriOf('migrations/versions').fsPath;

/** Runs with revision files that are taken away again, also those that are made meanwhile. */
async function withRevisions(
  files: Readonly<Record<string, string>>,
  body: () => Promise<void>,
): Promise<void> {
  const known = await readdir(versions());
  for (const [name, text] of Object.entries(files)) await writeFile(join(versions(), name), text);
  try {
    await body();
  } finally {
    await closeAll();
    for (const name of await readdir(versions()))
      if (!known.includes(name) && name.endsWith('.py')) await rm(join(versions(), name));
  }
  await sees('the head of before', `${row(`Revision ${head}`)}[aria-label*="pending, head"]`);
}

const revision = (id: string, down: string) =>
  `"""${id}"""\nrevision = "${id}"\ndown_revision = "${down}"\n\n\ndef upgrade() -> None:\n    pass\n\n\ndef downgrade() -> None:\n    pass\n`;

suite('Migration commands', () => {
  let label = '';

  suiteSetup(async () => {
    await closeAll();
    const written = await readFile(join(folder(), '.env'), 'utf8');
    const url = /^\w*DATABASE_URL=(\S+)$/m.exec(written)?.[1]?.replace(/:[^:@/]+@/, '@');
    await workspace
      .getConfiguration('databasePatterns')
      .update('connections', [{ url, protected: true, color: 'red' }], false);
    await commands.executeCommand('workbench.view.extension.databasePatterns');
    await sees('the environment', row('Alembic environment'));
    await sees('the state', row('1 pending'));
    label = (/· (shop at [^\s,]+)/.exec(await visibleText(row('Alembic environment'))) ?? [])[1] ?? '';
    assert.notEqual(label, '');
  });

  async function upgradesTo(revisionRow: string): Promise<void> {
    await sees('the revision', `${revisionRow}[aria-label*="pending"]`);
    await choosesFromMenu(revisionRow, 'Upgrade to Here');
    await sees('the question', `${question} >> text=Upgrade 🔴 ${label}`);
    await chooses(label);
  }

  suiteTeardown(async () => {
    await workspace.getConfiguration('databasePatterns').update('connections', undefined, false);
    await closeAll();
  });

  test('Upgrade by One on a protected database runs when its name was typed, and only then', async () => {
    await sees('the shield', `${row('Alembic environment')} .codicon-shield`);
    void commands.executeCommand('databasePatterns.upgradeByOne');
    await sees('the question', `${question} >> text=Upgrade 🔴 ${label} by one revision?`);
    await type('production');
    await sees('the objection', `${question} >> text=This is not ${label}`);
    await screenshot('migrations-protected');
    await press('Escape');
    assert.match(await alembic('current'), new RegExp(`^${before}`));
    void commands.executeCommand('databasePatterns.upgradeByOne');
    await sees('the question', `${question} >> text=Upgrade 🔴 ${label}`);
    await chooses(label);
    await sees('the applied head', `${row(`Revision ${head}`)}[aria-label*="applied, current, head"]`);
    assert.match(await alembic('current'), new RegExp(`^${head}`));
  });

  test('Stamp Here says that nothing is run, and the view follows', async () => {
    await choosesFromMenu(row(`Revision ${before}`), 'Stamp Here…');
    await sees('the question', `${question} >> text=Only the version table is written`);
    await chooses(label);
    await sees('the mark', `${row(`Revision ${before}`)}[aria-label*="applied, current"]`);
    void commands.executeCommand('databasePatterns.upgradeByOne');
    await sees('the question', `${question} >> text=Upgrade 🔴 ${label}`);
    await chooses(label);
    await sees('that the tables are there already', 'text=/Alembic failed: .*already exists/');
    await commands.executeCommand('notifications.clearAll');
    await alembic('stamp', head);
    await alembic('downgrade', before);
    await sees('the state of before', row('1 pending'));
  });

  test('Cancel interrupts a running upgrade, which takes nothing with it', async () => {
    const [begun, told] = [join(folder(), 'begun.txt'), join(folder(), 'interrupted.txt')];
    const sleep = `from pathlib import Path
    from alembic import op
    Path(${JSON.stringify(begun)}).touch()
    try:
        op.execute("SELECT pg_sleep(600)")
    except BaseException as interrupt:
        Path(${JSON.stringify(told)}).write_text(type(interrupt).__name__)
        raise`;
    const slow = revision('510e00000000', before).replace('pass', sleep);
    await withRevisions({ 'slow.py': slow }, async () => {
      const revisionRow = row('Revision 510e00000000');
      await upgradesTo(revisionRow);
      // A toast goes away by itself while the run goes on.
      await commands.executeCommand('notifications.showList');
      const progress = '.notification-list-item:has-text("Upgrading")';
      await sees('the progress', progress);
      await waitFor('the migration', () => existsSync(begun));
      await screenshot('migrations-cancel');
      await hover(progress);
      await click(`${progress} >> text="Cancel"`);
      await waitFor('the interrupt', () => existsSync(told));
      await seesNone('the progress', progress);
      assert.match(await alembic('current'), new RegExp(`^${before}`));
      await sees('that it is pending still', `${revisionRow}[aria-label*="pending"]`);
      await rm(begun);
      await rm(told);
    });
  });

  test('a server that ends the session in an upgrade, and a Python that is not there, are told', async () => {
    const ended = 'from alembic import op\n    op.execute("SELECT pg_terminate_backend(pg_backend_pid())")';
    const gone = revision('60e000000000', before).replace('pass', ended);
    await withRevisions({ 'gone.py': gone }, async () => {
      const revisionRow = row('Revision 60e000000000');
      await upgradesTo(revisionRow);
      await sees('what happened', 'text=/The server ended the connection while Alembic ran/');
      await commands.executeCommand('notifications.clearAll');
      await sees('that it is pending still', `${revisionRow}[aria-label*="pending"]`);
      const settings = workspace.getConfiguration('databasePatterns');
      const python = settings.inspect('pythonPath')?.workspaceValue;
      await settings.update('pythonPath', '/nowhere/python', false);
      try {
        await upgradesTo(revisionRow);
        await sees(
          'what is missing',
          'text=/nowhere.python \\(from databasePatterns.pythonPath\\) could not be run/',
        );
        await commands.executeCommand('notifications.clearAll');
      } finally {
        await settings.update('pythonPath', python, false);
      }
      assert.match(await alembic('current'), new RegExp(`^${before}`));
    });
  });

  test('a down_revision that no file has is repaired by choosing another', async () => {
    await withRevisions({ 'broken.py': revision('b0ca11e50000', 'c46d02b9e7f4') }, async () => {
      const problem = row("Problem: 'c46d02b9e7f4'");
      await sees('the problem', problem);
      await hover(problem);
      await click(`${problem} >> [aria-label="Repair down_revision…"]`);
      await sees('the choice', `${question} >> text=Repair down_revision`);
      await chooses(head);
      await waitFor('the edit', () =>
        window.activeTextEditor?.document.getText().includes(`down_revision = "${head}"`),
      );
      await window.activeTextEditor?.document.save();
      await seesNone('the problem', problem);
    });
  });

  test('a migration from the models asks whether a column was renamed', async () => {
    const model = uriOf('app/models/review.py').fsPath;
    const text = await readFile(model, 'utf8');
    await withRevisions({}, async () => {
      await writeFile(model, text.replace('title: Mapped[str]', 'headline: Mapped[str]'));
      try {
        await sees('the drift', row('Drift: '));
        void commands.executeCommand('databasePatterns.newMigration');
        await sees('the message', `${question} >> text=New Migration: Message`);
        await chooses('a headline');
        await sees('the content', `${question} >> text=New Migration: Content`);
        await chooses('From the models');
        await sees('the rename', `${question} >> text=New Migration: reviews.title to headline?`);
        await screenshot('migrations-rename');
        await chooses('Renamed');
        await sees('the offer to write', `${question} >> text=Write the File`);
        await press('Enter');
        const written = await waitFor('the file', () => {
          const document = window.activeTextEditor?.document;
          return document?.fileName.includes('a_headline') ? document.getText() : undefined;
        });
        assert.match(written, /op\.alter_column\(\s*"reviews",\s*"title",\s*new_column_name="headline"/);
      } finally {
        await writeFile(model, text);
      }
    });
  });

  test('New Migration: a table to pick, names refused as they are typed, a way back, and two ways out', async () => {
    await withRevisions({}, async () => {
      const known = await readdir(versions());
      void commands.executeCommand('databasePatterns.newMigration');
      await sees('the message', `${question} >> text=New Migration: Message`);
      await chooses('index coupons');
      await sees('the content', `${question} >> text=New Migration: Content`);
      await chooses('Rename a column');
      await sees('the table', `${question} >> text=New Migration: Table`);
      await commands.executeCommand('workbench.action.quickInputBack');
      await sees('the content', `${question} >> text=New Migration: Content`);
      await sees(
        'the choice made before',
        `${question} .monaco-list-row.focused:has-text("Rename a column")`,
      );
      await chooses('Index, concurrently');
      await sees('the table', `${question} >> text=New Migration: Table`);
      await screenshot('migrations-index-table');
      await chooses('reviews');
      await sees('the columns', `${question} >> text=New Migration: Columns`);
      await type('ratnig');
      await sees('the near name', `${question} >> text=Did you mean rating?`);
      await screenshot('migrations-index-columns');
      await press('Escape');
      await seesNone('the questions', question);
      assert.deepEqual(await readdir(versions()), known);

      void commands.executeCommand('databasePatterns.newMigration');
      await sees('the message', `${question} >> text=New Migration: Message`);
      await chooses('index reviews');
      await sees('the content', `${question} >> text=New Migration: Content`);
      await chooses('Index, concurrently');
      await sees('the table', `${question} >> text=New Migration: Table`);
      await chooses('reviews');
      await sees('the columns', `${question} >> text=New Migration: Columns`);
      await chooses('rating, created_at');
      await sees('the question Unique', `${question} >> text=New Migration: Unique`);
      await press('Enter');
      await sees('the offer to write', `${question} >> text=Write the File`);
      await press('Enter');
      const written = await waitFor('the file', () => {
        const document = window.activeTextEditor?.document;
        return document?.fileName.includes('index_reviews') ? document.getText() : undefined;
      });
      assert.match(written, /\["rating", "created_at"\],\s*unique=False,\s*postgresql_concurrently=True/);
    });
  });

  test('the graph names the database in its colour, and merges heads', async () => {
    await withRevisions({ 'second.py': revision('5ec0d4ead001', before) }, async () => {
      await commands.executeCommand('databasePatterns.openMigrationGraph');
      await sees('the database', `.badge.red:has-text("${label}, protected")`, { inside: 'webview' });
      await sees('two heads', 'text=Merge 2 Heads…', { inside: 'webview' });
      await screenshot('graph-two-heads');
      await click('text=Merge 2 Heads…', 'webview');
      await sees('the message', `${question} >> text=Message of the merge revision`);
      await press('Enter');
      await waitFor('the file', () => window.activeTextEditor?.document.fileName.includes('merge_heads'));
      await sees('the merge', `${row('merge heads')}[aria-label*="head, merge"]`);
    });
  });
});
