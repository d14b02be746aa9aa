/** What the first model of a project needs besides itself: packages and a declarative base that names constraints. */

import { type NamingConvention, renderBase } from '../database-layer/base-source.ts';
import type { NamedThing } from '../named-thing.ts';
import { inPackage } from '../paths.ts';
import type { ModelPlace, ProjectFacts } from '../project-facts.ts';
import { fromImport } from '../python-code/import-need.ts';
import { renderImports } from '../python-code/imports.ts';
import type { ScaffoldFile } from '../scaffold.ts';
import { exportsText } from './register-model.ts';

export interface Foundation {
  readonly base: NamedThing & { readonly expression: string };
  readonly files: readonly ScaffoldFile[];
}

/** `exported` is what the models' package offers: models and their enums. `convention` is for a base that is written. */
export function foundationOf(
  facts: ProjectFacts,
  place: ModelPlace,
  exported: readonly NamedThing[],
  convention?: NamingConvention,
): Foundation {
  const { package: home, base } = facts;
  const packages: readonly (readonly [string, string])[] = [
    [home.path, `"""The application."""\n`],
    ...(base
      ? []
      : [[`${home.path}/db`, `"""The database: its declarative base, and how it is reached."""\n`] as const]),
    ...(place.kind === 'folder' ? [[place.path, modelsPackage(facts, exported)] as const] : []),
  ];
  const files = packages
    .filter(([path]) => facts.places.length === 0 && !facts.exists(`${path}/__init__.py`))
    .map(([path, text]): ScaffoldFile => ({ kind: 'create', path: `${path}/__init__.py`, text }));
  if (base) return { base: base.written ?? base, files };
  const module = inPackage(inPackage(home.module, 'db'), 'base');
  const create: ScaffoldFile = {
    kind: 'create',
    path: `${home.path}/db/base.py`,
    text: renderBase(facts, convention),
  };
  return { base: { name: 'Base', module, expression: 'Base' }, files: [...files, create] };
}

function modelsPackage(facts: ProjectFacts, exported: readonly NamedThing[]): string {
  const imports = renderImports(
    exported.map(({ module, name }) => fromImport(module, name)),
    facts,
  );
  const names = exported.map(({ name }) => name);
  return `"""Every model: importing this package fills \`Base.metadata\`."""\n\n${imports}\n\n${exportsText(names, facts.style)}\n`;
}
