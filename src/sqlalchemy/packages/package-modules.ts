/**
 * What packages that models inherit from declare, as the Python that says it: columns, table names and types, nothing of
 * what their methods do. Read like files of the workspace, so that a model has these columns without the package being
 * installed. Written after the packages' own sources; versions that declare the same columns are not told apart.
 */
import { advancedAlchemy } from './advanced-alchemy.ts';
import { fastapiUsers } from './fastapi-users.ts';
import { neutronLib } from './neutron-lib.ts';
import { smallMixins } from './small-mixins.ts';

export interface PackageModule {
  /** Dotted. */
  readonly name: string;
  readonly text: string;
}

interface DeclaredPackage {
  /** First parts of the names of its modules. */
  readonly tops: readonly string[];
  readonly modules: readonly PackageModule[];
}

const packages: readonly DeclaredPackage[] = [advancedAlchemy, fastapiUsers, neutronLib, ...smallMixins].map(
  modules => ({
    tops: Object.keys(modules).map(name => name.split('.')[0] ?? ''),
    modules: Object.entries(modules).map(([name, text]) => ({ name, text })),
  }),
);

/** The modules of each package that a text imports. */
export function modulesImportedBy(text: string): readonly PackageModule[] {
  // One search for all packages: this is asked for after every keystroke.
  const imported = new Set([...text.matchAll(/^\s*(?:from|import)\s+(\w+)/gm)].map(([, name = '']) => name));
  return packages.filter(({ tops }) => tops.some(top => imported.has(top))).flatMap(({ modules }) => modules);
}
