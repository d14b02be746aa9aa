/**
 * `node src/tools/walkthrough-pictures.ts` after `npm test editor`: cuts the pictures of the walkthrough out of the screenshots that the
 * editor tests leave in `test/output/`.
 */
import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pictureBrowser } from './pictures/picture-browser.ts';

const root = join(import.meta.dirname, '..', '..');

/** By the picture's name: the screenshot, and the piece of it in its pixels. */
const cuts = {
  findings: ['quick-fixes', { x: 412, y: 330, width: 740, height: 525 }],
  sql: ['overview', { x: 412, y: 338, width: 960, height: 345 }],
  pools: ['pools-panel', { x: 412, y: 50, width: 1024, height: 620 }],
  migrations: ['graph', { x: 352, y: 46, width: 1088, height: 620 }],
  scaffolds: ['new-model-changes', { x: 412, y: 0, width: 1028, height: 790 }],
} as const;

const folder = join(root, 'media', 'walkthrough');
await mkdir(folder, { recursive: true });
const browser = await pictureBrowser();
try {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  for (const [name, [screenshot, clip]] of Object.entries(cuts)) {
    const image = await readFile(join(root, 'test', 'output', `${screenshot}.png`), 'base64');
    await page.setContent(`<style>body { margin: 0 }</style><img src="data:image/png;base64,${image}">`);
    await page.screenshot({ path: join(folder, `${name}.png`), clip });
  }
} finally {
  await browser.close();
}
