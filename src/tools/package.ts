/** Packs `database-patterns.vsix` in the project's root from what `npm run build` made. */

import { join } from 'node:path';
import { createVSIX } from '@vscode/vsce';

const root = join(import.meta.dirname, '..', '..');
const packagePath = join(root, 'database-patterns.vsix');
await createVSIX({
  cwd: root,
  packagePath,
  dependencies: false,
  allowMissingRepository: true,
  skipLicense: false,
  // The package carries its pictures, so that links need no repository.
  rewriteRelativeLinks: false,
});
console.log(`Wrote ${packagePath}`);
