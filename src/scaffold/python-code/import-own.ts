/** How a file of the project imports another part of the project: as its neighbours do, else by the whole name. */

import { firstPart, ownerPart } from '../../base/dotted-name.ts';
import { mostCommon } from '../learn/most-common.ts';
import type { NamedThing } from '../named-thing.ts';
import { folderOf } from '../paths.ts';
import type { KnownFile, ProjectFacts } from '../project-facts.ts';
import { type ImportFrom, lastName, type Statement } from '../python-syntax.ts';
import { fromImport, type ImportNeed } from './import-need.ts';

/** `from` is the file that will hold the import. */
export function importOwn(
  facts: ProjectFacts,
  thing: NamedThing,
  from: { readonly path: string; readonly module: string },
): ImportNeed {
  const imports = importsBeside(facts, from.path);
  const same = imports.filter(
    each =>
      each.names.some(name => name.name === thing.name && name.alias === null) && leadsTo(each, thing, from),
  );
  const own = importsIn(facts.fileAt(from.path)).find(each => same.includes(each));
  const usual = mostCommon(same.map(writtenModule));
  if (own || usual !== null) return fromImport(own ? writtenModule(own) : (usual ?? ''), thing.name);
  const exported = imports.find(each => each.module !== '' && isExportedBy(each, thing, facts));
  if (exported) return fromImport(writtenModule(exported), thing.name);
  const dotted = relativeModule(thing.module, from.module, imports);
  return fromImport(dotted ?? namespaceOf(facts, from.module, imports) + thing.module, thing.name);
}

/**
 * `company.` where the neighbours import modules of their own package as `company.shop.db`, and never as `shop.db`: the
 * folders above it have no `__init__.py`.
 */
function namespaceOf({ project }: ProjectFacts, module: string, imports: readonly ImportFrom[]): string {
  const own = firstPart(module);
  const known = new Set([...project.files.values()].map(file => file.name));
  const whole = imports.flatMap(each => (each.level === 0 ? [each.module] : []));
  if (whole.some(each => firstPart(each) === own)) return '';
  const prefixes = whole.flatMap(each => {
    const at = `.${each}`.lastIndexOf(`.${own}.`);
    return at > 0 && known.has(each.slice(at)) ? [each.slice(0, at)] : [];
  });
  return mostCommon(prefixes) ?? '';
}

/** As the statement writes it: `..base`. */
function writtenModule({ level, module }: ImportFrom): string {
  return '.'.repeat(level) + module;
}

function importsBeside(facts: ProjectFacts, path: string): readonly ImportFrom[] {
  return facts.filesIn(folderOf(path)).flatMap(importsIn);
}

/** `..recipe.note`, where the neighbours reach that far by dots more often than by whole names; null where they do not. */
function relativeModule(module: string, from: string, imports: readonly ImportFrom[]): string | null {
  const [target, packages] = [module.split('.'), ownerPart(from).split('.')];
  const common = packages.findIndex((part, index) => part !== target[index]);
  const shared = common < 0 ? packages.length : common;
  if (ownerPart(from) === '' || shared === 0 || shared >= target.length) return null;
  const level = packages.length - shared + 1;
  const ancestor = packages.slice(0, shared).join('.');
  const dotted = imports.filter(each => each.level === level).length;
  const whole = imports.filter(
    each =>
      each.level === 0 && each.module.startsWith(`${ancestor}.`) && isBeyond(each.module, packages, shared),
  ).length;
  return dotted > whole ? '.'.repeat(level) + target.slice(shared).join('.') : null;
}

/** True where the module lies as far away: below the ancestor, and not below the next package. */
function isBeyond(module: string, packages: readonly string[], shared: number): boolean {
  return shared >= packages.length || module.split('.')[shared] !== packages[shared];
}

/** Those for annotations alone count too. */
function importsIn(file: KnownFile | null): readonly ImportFrom[] {
  const body: readonly Statement[] = file?.syntax?.body ?? [];
  const guarded = body.flatMap(each =>
    each.kind === 'if' && lastName(each.test) === 'TYPE_CHECKING' ? each.body : [],
  );
  return [...body, ...guarded].filter((each): each is ImportFrom => each.kind === 'import-from');
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
  // A namespace package may stand before the name that the file has in the project.
  return (
    thing.module === module ||
    thing.module.startsWith(`${module}.`) ||
    (thing.module.includes('.') && module.endsWith(`.${thing.module}`))
  );
}
