/**
 * What packages that models inherit from declare, as the Python that says it: columns, table names and types, nothing of
 * what their methods do. Read like files of the workspace, so that a model has these columns without the package being
 * installed. Written after the packages' own sources; versions that declare the same columns are not told apart.
 */
import { firstPart } from '../../base/dotted-name.ts';
import { advancedAlchemy } from './advanced-alchemy.ts';
import { fastapiUsers } from './fastapi-users.ts';
import { flaskAppBuilder, flaskAppBuilderSecurity } from './flask-appbuilder.ts';
import { neutronLib } from './neutron-lib.ts';
import { smallMixins } from './small-mixins.ts';

export interface PackageModule {
  /** Dotted. */
  readonly name: string;
  readonly text: string;
}

interface DeclaredPackage {
  /** What a file imports that needs it: modules or packages, dotted. */
  readonly imports: readonly string[];
  readonly modules: readonly PackageModule[];
}

const packages: readonly DeclaredPackage[] = [
  ...[advancedAlchemy, fastapiUsers, neutronLib, flaskAppBuilder, ...smallMixins].map(modules =>
    declared(modules, Object.keys(modules).map(firstPart)),
  ),
  declared(flaskAppBuilderSecurity, Object.keys(flaskAppBuilderSecurity)),
];

function declared(modules: Readonly<Record<string, string>>, imports: readonly string[]): DeclaredPackage {
  return { imports, modules: Object.entries(modules).map(([name, text]) => ({ name, text })) };
}

/** The modules of each package that a text imports. */
export function modulesImportedBy(text: string): readonly PackageModule[] {
  // One search for all packages: this is asked for after every keystroke.
  const imported = new Set(
    [...text.matchAll(/^\s*(?:from|import)\s+((\w+)[\w.]*)/gm)].flatMap(([, name = '', top = '']) => [
      name,
      top,
    ]),
  );
  return packages
    .filter(({ imports }) => imports.some(each => imported.has(each)))
    .flatMap(({ modules }) => modules);
}
