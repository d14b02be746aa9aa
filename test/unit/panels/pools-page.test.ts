// Each state of the pools' panel in a real browser, in each theme: no barrier that axe-core knows, and nothing hostile runs.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import type { AxeResults } from 'axe-core';
import { type Browser, type Page, chromium as playwright } from 'playwright-core';
import { chromium } from '../../../src/tools/bootstrap-chromium.ts';
import { panelThemes, picturePage } from '../../../src/tools/pictures/panel-page.ts';
import { panelStates } from '../../../src/tools/pictures/panel-states.ts';
import { buildOnce } from '../../build.ts';

const program = await chromium().catch(() => undefined);
const skip = program === undefined ? 'there is no Chromium here' : false;
const axePath = createRequire(import.meta.url).resolve('axe-core/axe.min.js');

let browser: Browser;
let page: Page;
let root = '';

before(async () => {
  if (program === undefined) return;
  root = join(await buildOnce(), '..');
  browser = await playwright.launch({ executablePath: program, args: ['--no-sandbox', '--disable-gpu'] });
  page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
});

after(() => browser?.close());

for (const [name, data] of Object.entries(panelStates())) {
  test(`${name}: axe-core finds no barrier, in any theme`, { skip }, async () => {
    const rules = await readFile(axePath, 'utf8');
    for (const theme of panelThemes) {
      await page.setContent(await picturePage({ root, theme, state: {}, data }));
      await page.locator('main > *').first().waitFor();
      await page.evaluate(rules);
      const { violations } = await page.evaluate<AxeResults>('axe.run()');
      const found = violations.map(({ id, nodes }) => `${theme}: ${id}: ${nodes[0]?.html}`);
      assert.deepEqual(found, []);
    }
  });
}

test('a hostile name is text, and neither runs nor widens the page', { skip }, async () => {
  let asked = false;
  page.once('dialog', dialog => {
    asked = true;
    void dialog.dismiss();
  });
  const data = panelStates().hostile;
  await page.setContent(await picturePage({ root, theme: 'light', state: {}, data }));
  await page.locator('.sessions tbody tr').first().waitFor();
  assert.equal(await page.locator('main script').count(), 0);
  assert.match(
    (await page.locator('.sessions .name').first().textContent()) ?? '',
    /^<script>alert\(1\)<\/script>/,
  );
  const excess = 'document.documentElement.scrollWidth - document.documentElement.clientWidth';
  assert.equal(await page.evaluate(excess), 0);
  assert.equal(asked, false);
});
