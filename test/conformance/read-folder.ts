/** The Python files of a folder, parsed and named: the input of the conformance scripts. */
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { nameModules } from '../../src/python/modules/module-names.ts';
import { createModuleTable, type ModuleTable, readModuleSymbols } from '../../src/python/modules/modules.ts';
import { readScopes } from '../../src/python/scopes/scope.ts';
import type { SourceFile } from '../../src/sqlalchemy/project.ts';
import { createPackageDeclarations } from '../../src/workspace/files/package-declarations.ts';
import { loadTestPythonParser } from '../python-parser.ts';

export interface PythonFolder {
  readonly files: readonly SourceFile[];
  readonly table: ModuleTable;
}

const skipped = /^(\..*|__pycache__|node_modules|venv)$/;

export async function readPythonFolder(root: string): Promise<PythonFolder> {
  const paths = [...pythonPaths(root)].map(path => relative(root, path).split(sep).join('/'));
  const names = nameModules(paths, ['']);
  const parser = await loadTestPythonParser();
  const files = paths.map((path): SourceFile => {
    const text = readFileSync(join(root, path), 'utf8');
    const module = parser.parse(text);
    const scopes = readScopes(module);
    return {
      path,
      text,
      name: names.get(path) ?? path,
      module,
      scopes,
      symbols: readModuleSymbols(module, scopes),
    };
  });
  const own = new Set(files.map(file => file.name));
  const all = [...files, ...createPackageDeclarations(parser).of(files, name => own.has(name))];
  parser.dispose();
  return { files: all, table: createModuleTable(all) };
}

function* pythonPaths(folder: string): Generator<string> {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    if (skipped.test(entry.name)) continue;
    const path = join(folder, entry.name);
    if (entry.isDirectory()) yield* pythonPaths(path);
    else if (entry.name.endsWith('.py')) yield path;
  }
}
