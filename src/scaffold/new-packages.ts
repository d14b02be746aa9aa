/** The `__init__.py` files that new folders need to be packages. */
import { folderOf } from './paths.ts';
import type { ProjectFacts } from './project-facts.ts';
import type { ScaffoldFile } from './scaffold.ts';

export interface PackageNeed {
  /** Absolute. */
  readonly path: string;
  /** One sentence: the package's docstring. */
  readonly documentation: string;
}

/** Where the project has the folder as a namespace package, it stays one. */
export function newPackages(
  { exists, filesIn }: ProjectFacts,
  needs: readonly PackageNeed[],
): readonly ScaffoldFile[] {
  const seen = new Set<string>();
  return needs.flatMap(({ path, documentation }): readonly ScaffoldFile[] => {
    const init = `${path}/__init__.py`;
    if (seen.has(init) || exists(init) || filesIn(path).length > 0) return [];
    seen.add(init);
    return [{ kind: 'create', path: init, text: `"""${documentation}"""\n` }];
  });
}

/** The project's own package where it is new, then the folder that a new file is in. */
export function homePackages(facts: ProjectFacts, folder: PackageNeed): readonly ScaffoldFile[] {
  const home = facts.package;
  const inside = folder.path === home.path || folder.path.startsWith(`${home.path}/`);
  const needs = [
    ...(inside && !home.exists ? [{ path: home.path, documentation: 'The application.' }] : []),
    ...(folder.path === facts.root || folder.path === folderOf(home.path) ? [] : [folder]),
  ];
  return newPackages(facts, needs);
}
