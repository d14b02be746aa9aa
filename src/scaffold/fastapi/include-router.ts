/** Makes the application serve a new router: its import, and `app.include_router(…)` after those that are there. */

import { joined } from '../model/edit-target.ts';
import type { PlacedThing } from '../named-thing.ts';
import { inPackage } from '../paths.ts';
import type { CodeStyle, ProjectFacts } from '../project-facts.ts';
import { addImports, indentAt, insertAt, lineEnd } from '../python-code/add-imports.ts';
import { fromImport, type ImportNeed } from '../python-code/import-need.ts';
import { quoted } from '../python-code/quoting.ts';
import { assignedName, calledOn, type Statement } from '../python-syntax.ts';
import type { ScaffoldFile } from '../scaffold.ts';
import { bodiesOf } from './bodies.ts';

export interface RouterPlace {
  /** The package of its module; empty for none. */
  readonly package: string;
  /** The module's own name. */
  readonly file: string;
  readonly name: string;
  /** The name in the application's module, which may import several. */
  readonly alias: string;
  /** Given where it is included; absent where the router has its own. */
  readonly prefix?: string;
}

/** Whether the routers that are included in it are given their prefixes there, and not where they are made. */
export function givesPrefixes(facts: ProjectFacts, into: PlacedThing): boolean {
  const file = facts.fileAt(into.path);
  if (!file) return false;
  const includes = bodiesOf(file.syntax)
    .flat()
    .filter(each => calledOn(each, 'include_router') === into.name);
  const given = includes.filter(({ start, end }) => /\bprefix=["']/.test(file.text.slice(start, end)));
  return given.length * 2 > includes.length;
}

/** Why the application cannot be edited; null where it can. */
export function mountProblem({ fileAt }: ProjectFacts, app: PlacedThing): string | null {
  return fileAt(app.path)?.syntax ? null : `${app.path} could not be read. Save the file and try again.`;
}

/**
 * Why a module that imports `used` cannot be imported by the application: both would wait for each other. Null where
 * it can.
 */
export function circleNote(app: PlacedThing, used: PlacedThing, router: string): string | null {
  return app.path === used.path
    ? `${app.module} holds ${used.name} too, so that ${router} could not import it: move ${used.name} into a module of its own, and include the router then.`
    : null;
}

/** `into` is an application or a router that others are included in. */
export function includeRouter(
  facts: ProjectFacts,
  into: PlacedThing,
  router: RouterPlace,
): readonly ScaffoldFile[] {
  const file = facts.fileAt(into.path);
  const statements = bodiesOf(file?.syntax ?? null).flat();
  const includes = statements.filter(each => calledOn(each, 'include_router') === into.name);
  const place = includes.at(-1) ?? statements.find(each => assignedName(each) === into.name);
  if (!file || !place) return [];
  const { need, expression } = included(router, includes, { text: file.text, style: facts.style });
  const call = `\n${indentAt(file.text, place.start)}${into.name}.include_router(${expression})`;
  const edits = [...addImports(file, [need], facts), insertAt(lineEnd(file.text, place.end), call)];
  return [{ kind: 'edit', path: file.path, edits: joined(edits) }];
}

/** By its module, where the others are: `app.include_router(orders.router)`. */
function included(
  { package: home, file, name, alias, prefix }: RouterPlace,
  includes: readonly Statement[],
  { text, style }: { readonly text: string; readonly style: CodeStyle },
): { readonly need: ImportNeed; readonly expression: string } {
  const byModule = includes.filter(({ start, end }) =>
    new RegExp(`\\(\\s*\\w+\\.${name}\\b`).test(text.slice(start, end)),
  );
  const more = prefix === undefined ? '' : `, prefix=${quoted(prefix, style)}`;
  if (home !== '' && byModule.length * 2 > includes.length)
    return { need: fromImport(home, file), expression: `${file}.${name}${more}` };
  return { need: fromImport(inPackage(home, file), `${name} as ${alias}`), expression: `${alias}${more}` };
}
