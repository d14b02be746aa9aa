/** What the first model of a project needs besides itself: packages and a declarative base that names constraints. */

import { renderBase } from '../database-layer/base-source.ts';
import { inPackage } from '../paths.ts';
import type { NamedThing, ProjectFacts } from '../project-facts.ts';
import { fromImport } from '../python-code/import-need.ts';
import { renderImports } from '../python-code/imports.ts';
import type { ScaffoldFile } from '../scaffold.ts';
import type { ModelPlan } from './model-plan.ts';
import { modelFile } from './read-plan.ts';
import { exportsText } from './register-model.ts';

export interface Foundation {
  readonly base: NamedThing & { readonly expression: string };
  readonly files: readonly ScaffoldFile[];
}

/** `names` are what the models' package exports: the model and its enums. */
export function foundationOf(facts: ProjectFacts, plan: ModelPlan, names: readonly string[]): Foundation {
  const { package: home, base } = facts;
  const packages: readonly (readonly [string, string])[] = [
    [home.path, `"""The application."""\n`],
    ...(base
      ? []
      : [[`${home.path}/db`, `"""The database: its declarative base, and how it is reached."""\n`] as const]),
    ...(plan.place.kind === 'folder' ? [[plan.place.path, modelsPackage(facts, plan, names)] as const] : []),
  ];
  const files = packages
    .filter(([path]) => facts.places.length === 0 && !facts.exists(`${path}/__init__.py`))
    .map(([path, text]): ScaffoldFile => ({ kind: 'create', path: `${path}/__init__.py`, text }));
  if (base) return { base, files };
  const module = inPackage(inPackage(home.module, 'db'), 'base');
  const create: ScaffoldFile = { kind: 'create', path: `${home.path}/db/base.py`, text: renderBase(facts) };
  return { base: { name: 'Base', module, expression: 'Base' }, files: [...files, create] };
}

function modelsPackage(facts: ProjectFacts, plan: ModelPlan, names: readonly string[]): string {
  const imports = renderImports(
    names.map(name => fromImport(modelFile(plan).module, name)),
    facts,
  );
  return `"""Every model: importing this package fills \`Base.metadata\`."""\n\n${imports}\n\n${exportsText(names, facts.style)}\n`;
}
