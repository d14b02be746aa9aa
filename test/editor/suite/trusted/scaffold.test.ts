/** New Model… and New Repository…, from their questions to files in the workspace, as a user answers them. */
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { setup, suite, test } from 'mocha';
import { commands, type TextDocument, Uri, window, workspace } from 'vscode';
import { closeAll, folder, open, python, uriOf } from '../shop.ts';
import { click, count, opensSubmenu, press, screenshot, type, visibleText, waitFor } from '../window.ts';

const run = promisify(execFile);

const WIDGET = '.quick-input-widget:visible';

/** Waits for a step and answers it; without a text its suggestion is taken. */
async function answer(step: string, text?: string): Promise<void> {
  await waitFor(`the question ${step}`, async () => (await title()).includes(`: ${step}`));
  if (text !== undefined) await type(text);
  await press('Enter');
}

async function title(): Promise<string> {
  const selector = `${WIDGET} .quick-input-title`;
  return (await count(selector)) === 0 ? '' : visibleText(selector);
}

function written(path: string): Promise<TextDocument> {
  return waitFor(path, () => {
    const shown = window.activeTextEditor?.document;
    return shown?.uri.toString() === uriOf(path).toString() ? shown : undefined;
  });
}

/** What a program prints that imports from the shop as it is on disk. */
async function printed(program: string): Promise<string> {
  const { stdout } = await run(python(), ['-c', program], { cwd: folder() });
  return stdout.trim();
}

suite('Scaffolds', () => {
  setup(closeAll);

  test('a Python file and a folder have the patterns in their menus', async () => {
    await open('app/models/review.py');
    await commands.executeCommand('workbench.files.action.showActiveFileInExplorer');
    await opensSubmenu('.monaco-editor .view-line >> nth=3', 'Database Patterns', 'Add Column…');
    await screenshot('menu-of-editor');
    await press('Escape');
    await press('Escape');
    await opensSubmenu(
      '.explorer-folders-view .monaco-list-row[aria-label^="models"]',
      'Database Patterns',
      'New Model…',
    );
    await screenshot('menu-of-folder');
    assert.equal(await count('.monaco-menu >> text=Add Column…'), 0);
    await click('.monaco-menu >> text=New Model…');
    await waitFor('the first question', async () => (await title()).includes(': Name'));
    await press('Escape');
  });

  test('New Model…: a bad name is refused as it is typed', async () => {
    void commands.executeCommand('databasePatterns.newModel');
    await waitFor('the first question', async () => (await title()).includes(': '));
    await type('not a name');
    await waitFor(
      'the reason',
      async () => (await count('text=A class name begins with a capital letter')) > 0,
    );
    await screenshot('new-model-refused');
    await press('Escape');
    await waitFor('the end of the questions', async () => (await count(WIDGET)) === 0);
  });

  test('New Model…: the way back keeps what was answered, and leaving writes nothing', async () => {
    const models = uriOf('app/models').fsPath;
    const before = await readdir(models);
    void commands.executeCommand('databasePatterns.newModel');
    await answer('Name', 'Voucher');
    await answer('Table', 'gift_vouchers');
    await waitFor('the question Primary key', async () => (await title()).includes(': Primary key'));
    await commands.executeCommand('workbench.action.quickInputBack');
    await waitFor('the question Table', async () => (await title()).includes(': Table'));
    await screenshot('new-model-back');
    await answer('Table');
    await answer('Primary key');
    await answer('Mixins');
    await answer('Columns', 'Add');
    await answer('Column name', 'code');
    await waitFor('the question Type', async () => (await title()).includes(': Type'));
    await commands.executeCommand('workbench.action.quickInputBack');
    await waitFor('the question Column name', async () => (await title()).includes(': Column name'));
    await commands.executeCommand('workbench.action.quickInputBack');
    await answer('Columns', 'Done');
    await waitFor('the offer to write', async () => (await title()).includes(': Write'));
    await press('Escape');
    await waitFor('the end of the questions', async () => (await count(WIDGET)) === 0);
    assert.deepEqual(await readdir(models), before);
    assert.deepEqual(
      workspace.textDocuments.filter(({ isDirty }) => isDirty),
      [],
    );
  });

  test('New Model…: shows what it would change, asks again, then writes the model and registers it', async () => {
    void commands.executeCommand('databasePatterns.newModel');
    await answer('Name', 'Coupon');
    await answer('Table');
    await answer('Primary key');
    await answer('Mixins');
    await answer('Columns', 'Add');
    await answer('Column name', 'code');
    await answer('Type', 'String');
    await screenshot('new-model-column');
    await answer('Length', '');
    await answer('Nullable');
    await answer('Unique', 'Yes');
    await answer('Columns', 'Done');
    await answer('Write', 'Show');
    await waitFor('the comparison', async () => (await count('.multiDiffEntry:visible')) === 2);
    await screenshot('new-model-changes');
    await answer('Write');
    const document = await written('app/models/coupon.py');
    assert.equal(await count('.multiDiffEntry:visible'), 0);
    await screenshot('new-model-written');
    assert.match(document.getText(), /code: Mapped\[str\] = mapped_column\(String\(255\), unique=True\)/);
    assert.match(await readFile(uriOf('app/models/__init__.py').fsPath, 'utf8'), /import Coupon/);
    const program = 'from app.models import Coupon as C; print(C.__tablename__, *C.__table__.c.keys())';
    assert.match(await printed(program), /^coupons .*\bcode\b/);
  });

  test('New Repository…: writes the repository of the new model', async () => {
    void commands.executeCommand('databasePatterns.newRepository');
    await waitFor('the question', async () => (await title()).includes(': Model'));
    await screenshot('new-repository');
    await answer('Model', 'Coupon');
    await answer('Write');
    await written('app/repositories/coupons.py');
    await screenshot('new-repository-written');
    const program =
      'from app.repositories.coupons import CouponRepository as R; print(R.model.__name__, *(b.__name__ for b in R.__mro__))';
    assert.match(await printed(program), /^Coupon CouponRepository Repository /);
  });

  test('a file that is there is asked about: compared, kept, and replaced with one undo', async () => {
    const mine = uriOf('tests/factories.py');
    const before = await readFile(mine.fsPath, 'utf8');
    const conftest = uriOf('tests/conftest.py');
    const kept = await readFile(conftest.fsPath, 'utf8');
    void commands.executeCommand('databasePatterns.addTestFixtures', {});
    await waitFor('the question', async () => (await title()).includes(': tests/conftest.py'));
    await screenshot('clash-asked');
    await press('Escape');
    await waitFor('the end of the questions', async () => (await count(WIDGET)) === 0);
    assert.deepEqual(
      [await readFile(conftest.fsPath, 'utf8'), await readFile(mine.fsPath, 'utf8')],
      [kept, before],
    );
    void commands.executeCommand('databasePatterns.addTestFixtures', {});
    await answer('tests/conftest.py', 'Compare');
    await waitFor('both files', () =>
      window.tabGroups.activeTabGroup.activeTab?.label.includes('the new one'),
    );
    await screenshot('clash-compared');
    await answer('tests/conftest.py', 'Keep');
    await answer('tests/factories.py', 'Replace');
    await answer('Write', 'Show');
    await waitFor('the comparison', async () => (await count('.multiDiffEntry:visible')) > 0);
    await screenshot('clash-replacement');
    await answer('Write');
    await waitFor('the new text', async () => (await readFile(mine.fsPath, 'utf8')) !== before);
    assert.equal(await readFile(conftest.fsPath, 'utf8'), kept);
    await written('tests/conftest.py');
    const made = async () =>
      (await readdir(uriOf('tests').fsPath)).filter(each => each === 'test_factories.py');
    assert.equal((await made()).length, 1);
    const { document } = await window.showTextDocument(mine);
    await commands.executeCommand('undo');
    await waitFor('the old text', () => document.getText() === before);
    await waitFor('the end of what was made', async () => (await made()).length === 0);
    await document.save();
  });

  test('Convert to 2.0 Style…: the open file, as a preview', async () => {
    const uri = uriOf('app/legacy_report.py');
    const code =
      'from sqlalchemy.orm import Session\n\nfrom app.models import Customer\n\n\n' +
      'def first(session: Session) -> Customer | None:\n    return session.query(Customer).order_by(Customer.id).first()\n';
    await writeFile(uri.fsPath, code);
    await window.showTextDocument(uri);
    void commands.executeCommand('databasePatterns.convertToNewStyle');
    await answer('Files');
    await waitFor('the question Parts', async () => (await title()).includes(': Parts'));
    await screenshot('convert-parts');
    await answer('Parts');
    await answer('Dynamic relationships');
    await answer('Write', 'Show');
    await waitFor('the comparison', async () => (await count('.multiDiffEntry:visible')) === 1);
    await screenshot('convert-changes');
    await answer('Write');
    await waitFor('the converted file', async () =>
      (await readFile(uri.fsPath, 'utf8')).includes(
        'session.scalars(select(Customer).order_by(Customer.id).limit(1)).first()',
      ),
    );
    await rm(uri.fsPath);
  });

  test('Models from an Existing Database…: a script’s tables become models beside those that are there', async () => {
    const script = Uri.file(join(await mkdtemp(join(tmpdir(), 'dbpatterns-script-')), 'dump.sql'));
    const ddl =
      'CREATE TABLE suppliers (id integer PRIMARY KEY, name text NOT NULL UNIQUE);\n' +
      'CREATE TABLE contracts (id integer PRIMARY KEY, supplier_id integer NOT NULL REFERENCES suppliers ON DELETE CASCADE);';
    await writeFile(script.fsPath, ddl);
    const registry = uriOf('app/models/__init__.py').fsPath;
    const before = await readFile(registry, 'utf8');
    void commands.executeCommand('databasePatterns.modelsFromDatabase', script);
    await waitFor('the question Tables', async () => (await title()).includes(': Tables'));
    await screenshot('models-from-database-tables');
    await answer('Tables');
    await waitFor('the question Write', async () => (await title()).includes(': Write'));
    await screenshot('models-from-database-write');
    await answer('Write');
    const document = await written('app/models/contract.py');
    await screenshot('models-from-database-written');
    assert.match(
      document.getText(),
      /supplier: Mapped\["Supplier"\] = relationship\(back_populates="contracts"/,
    );
    const program =
      'from app.models import Supplier as S; print(S.__tablename__, *S.__mapper__.relationships.keys())';
    assert.equal(await printed(program), 'suppliers contracts');
    for (const name of ['supplier', 'contract']) await rm(uriOf(`app/models/${name}.py`).fsPath);
    await writeFile(registry, before);
  });
});
