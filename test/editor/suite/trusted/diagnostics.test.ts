/** What the editor finds is what CI finds, and it keeps up with what is typed, saved under a name, and not saved at all. */
import assert from 'node:assert/strict';
import { rm } from 'node:fs/promises';
import { setup, suite, suiteSetup, suiteTeardown, test } from 'mocha';
import { commands, languages, Selection, type Uri, window, workspace } from 'vscode';
import {
  type CliReport,
  checkByCli,
  cliLines,
  cliRules,
  editorLines,
  findingOf,
  rulesIn,
  waitForFinding,
} from '../findings.ts';
import { closeAll, open, rangeOf, uriOf } from '../shop.ts';
import { count, fill, press, screenshot, type, waitFor } from '../window.ts';

const MISTAKES = 'app/mistakes.py';
const SAVED = 'app/saved_from_untitled.py';

const UNTITLED = `from sqlalchemy import select

from app.models import Customer

statement = select(Customer).where(Customer.deleted_at is None)
`;

/** Selects a text and types another over it, as a user would. */
async function retype(text: string, replacement: string, after = ''): Promise<void> {
  const editor = window.activeTextEditor;
  assert.ok(editor);
  const range = rangeOf(editor.document, text, after);
  editor.selection = new Selection(range.start, range.end);
  await commands.executeCommand('workbench.action.focusActiveEditorGroup');
  await type(replacement);
  await waitFor('the typed text', () => editor.document.getText().includes(replacement));
}

/** Waits for exactly these findings; their order does not matter. */
async function shows(uri: Uri, rules: readonly string[]): Promise<void> {
  const expected = rules.toSorted();
  const found = (): readonly string[] => rulesIn(uri).toSorted();
  await waitFor('the findings', () => String(found()) === String(expected)).catch(() => {});
  assert.deepEqual(found(), expected);
}

async function gone(uri: Uri, rule: string): Promise<void> {
  await waitFor(`the end of ${rule}`, () => findingOf(uri, rule) === undefined);
}

suite('Diagnostics', () => {
  let report: CliReport;

  suiteSetup(async () => {
    report = await checkByCli();
  });
  setup(closeAll);
  suiteTeardown(() => rm(uriOf(SAVED).fsPath, { force: true }));

  test('the editor finds what the command line finds, everywhere in the workspace', async () => {
    await open(MISTAKES);
    const expected = cliLines(report);
    await waitFor('as many findings', () => editorLines().length === expected.length).catch(() => {});
    assert.deepEqual(editorLines(), expected);
    await screenshot('mistakes');
  });

  test('a mistake that is corrected vanishes, one that is typed appears', async () => {
    const { document } = await open(MISTAKES);
    const before = cliRules(report, MISTAKES);
    assert.equal(before.length, 10);
    await shows(document.uri, before);
    await retype(' is None', '.is_(None)');
    const corrected = before.filter(each => !each.endsWith(' identity-test-on-column'));
    await shows(document.uri, corrected);
    await retype('Order.id', 'Order.idd', 'joinedload(Order.items)');
    const line = rangeOf(document, 'Order.idd').start.line + 1;
    await shows(document.uri, [...corrected, `${line} unknown-column`]);
  });

  test('taking the changes back brings the first findings back', async () => {
    const { document } = await open(MISTAKES);
    const before = cliRules(report, MISTAKES);
    await retype('Customer.deleted_at is None', 'Customer.deletd_at is None');
    await waitFor('other findings', () => String(rulesIn(document.uri)) !== String(before));
    await closeAll();
    await shows(uriOf(MISTAKES), before);
  });

  test('an untitled document is checked, and stays checked when it is saved under a name', async () => {
    const document = await workspace.openTextDocument({ language: 'python', content: UNTITLED });
    await window.showTextDocument(document);
    await waitForFinding(document.uri, 'identity-test-on-column');
    await screenshot('untitled');
    void commands.executeCommand('workbench.action.files.saveAs');
    const dialogue = '.quick-input-widget:visible';
    // Once it lists the folder it no longer changes what is entered.
    await waitFor('the files', async () => (await count(`${dialogue} .monaco-list-row`)) > 0);
    await fill(`${dialogue} input`, uriOf(SAVED).fsPath);
    await press('Enter');
    const saved = await waitFor('the saved file', () => {
      const shown = window.activeTextEditor?.document;
      return shown?.fileName.endsWith(SAVED) ? shown : undefined;
    });
    const finding = await waitForFinding(saved.uri, 'identity-test-on-column');
    assert.equal(saved.getText(finding.range), 'Customer.deleted_at is None');
    await waitFor('no findings of what is gone', () => languages.getDiagnostics(document.uri).length === 0);
    await retype(' is None', '.is_(None)');
    await gone(saved.uri, 'identity-test-on-column');
  });
});
