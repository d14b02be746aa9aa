/** The extension under test as VS Code sees it: the installed package, not the clone. */
import assert from 'node:assert/strict';
import { type Extension, extensions } from 'vscode';

const ID = 'database-patterns.database-patterns';

type Contributes = {
  readonly commands: readonly { readonly command: string }[];
  readonly views: Readonly<Record<string, readonly { readonly id: string; readonly name: string }[]>>;
};

export function installedExtension(): Extension<unknown> {
  const extension = extensions.getExtension(ID);
  assert.ok(extension, `${ID} is not installed`);
  return extension;
}

export function contributions(): Contributes {
  const { contributes } = installedExtension().packageJSON as { readonly contributes: Contributes };
  return contributes;
}
