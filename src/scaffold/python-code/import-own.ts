/** How a file of the project imports another part of the project: as its neighbours do, else by the whole name. */

import { firstPart, ownerPart } from '../../base/dotted-name.ts';
import type { NamedThing } from '../named-thing.ts';
import { folderOf } from '../paths.ts';
import type { ProjectFacts } from '../project-facts.ts';
import type { ImportFrom } from '../python-syntax.ts';
import { fromImport, type ImportNeed } from './import-need.ts';

/** `from` is the file that will hold the import. */
export function importOwn(
  facts: ProjectFacts,
  thing: NamedThing,
  from: { readonly path: string; readonly module: string },
): ImportNeed {
  const neighbours = facts.filesIn(folderOf(from.path)).flatMap(file => file.syntax?.body ?? []);
  const imports = neighbours.filter((each): each is ImportFrom => each.kind === 'import-from');
  const same = imports.find(
    each =>
      each.names.some(name => name.name === thing.name && name.alias === null) && leadsTo(each, thing, from),
  );
  if (same) return fromImport('.'.repeat(same.level) + same.module, thing.name);
  const exported = imports.find(each => each.module !== '' && isExportedBy(each, thing, facts));
  if (exported) return fromImport('.'.repeat(exported.level) + exported.module, thing.name);
  const relative =
    imports.filter(each => each.level > 0).length * 2 >
    imports.filter(each => each.level > 0 || facts.ownPackages.has(firstPart(each.module))).length;
  const package_ = ownerPart(from.module);
  const sibling = package_ !== '' && ownerPart(thing.module) === package_;
  if (relative && sibling) return fromImport(`.${thing.module.slice(package_.length + 1)}`, thing.name);
  return fromImport(thing.module, thing.name);
}

/** True where the neighbours take such things from the package that lists them all. */
function isExportedBy(statement: ImportFrom, thing: NamedThing, { registry, fileAt }: ProjectFacts): boolean {
  const listing = registry === null ? null : fileAt(registry);
  if (!listing || listing.module !== ownerPart(thing.module)) return false;
  const isListing = statement.level === 0 && statement.module === listing.module;
  return isListing && new RegExp(`\\b${thing.name}\\b`).test(listing.text);
}

/** False where the neighbours mean another thing of the same name. */
function leadsTo(statement: ImportFrom, thing: NamedThing, from: { readonly module: string }): boolean {
  const packages = from.module.split('.');
  const start = statement.level === 0 ? [] : packages.slice(0, packages.length - statement.level);
  const module = [...start, ...(statement.module === '' ? [] : [statement.module])].join('.');
  return thing.module === module || thing.module.startsWith(`${module}.`);
}
