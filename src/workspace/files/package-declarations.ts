/** What packages declare beside a workspace's own files, parsed once: see `sqlalchemy/packages/`. */
import { isSameList } from '../../base/same-list.ts';
import type { PythonParser } from '../../python/reading/parser.ts';
import { modulesImportedBy, type PackageModule } from '../../sqlalchemy/packages/package-modules.ts';
import type { SourceFile } from '../../sqlalchemy/project.ts';
import { parseFile } from './parse-file.ts';

export interface PackageDeclarations {
  /** The declarations of the packages that files import, without modules that the workspace has itself. */
  of(files: readonly SourceFile[], isOwn: (module: string) => boolean): readonly SourceFile[];
  /** Whether both files import the same of these packages. */
  areAlike(one: SourceFile, two: SourceFile): boolean;
}

export function createPackageDeclarations(parser: PythonParser): PackageDeclarations {
  const parsed = new Map<PackageModule, SourceFile>();
  const imported = new WeakMap<SourceFile, readonly PackageModule[]>();
  const modulesOf = (file: SourceFile) => {
    const known = imported.get(file) ?? modulesImportedBy(file.text);
    imported.set(file, known);
    return known;
  };
  return {
    of(files, isOwn) {
      const modules = [...new Set(files.flatMap(modulesOf))].filter(module => !isOwn(module.name));
      return modules.map(module => {
        const { name, text } = module;
        const file = parsed.get(module) ?? parseFile(parser, { path: pathOf(name), name, text });
        parsed.set(module, file);
        return file;
      });
    },
    areAlike: (one, two) => isSameList(modulesOf(one), modulesOf(two)),
  };
}

/** No path of a disk: nothing of it is ever checked or shown. */
function pathOf(module: string): string {
  return `package:${module.replaceAll('.', '/')}.py`;
}
