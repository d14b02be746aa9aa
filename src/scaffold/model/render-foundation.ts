/** What the first model of a project needs besides itself: packages and a declarative base that names constraints. */
import { inPackage } from '../paths.ts';
import type { NamedThing, ProjectFacts } from '../project-facts.ts';
import { fromImport } from '../python-code/import-need.ts';
import { renderImports } from '../python-code/imports.ts';
import { quoted } from '../python-code/quoting.ts';
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
  const create: ScaffoldFile = { kind: 'create', path: `${home.path}/db/base.py`, text: baseText(facts) };
  return { base: { name: 'Base', module, expression: 'Base' }, files: [...files, create] };
}

function modelsPackage(facts: ProjectFacts, plan: ModelPlan, names: readonly string[]): string {
  const imports = renderImports(
    names.map(name => fromImport(modelFile(plan).module, name)),
    facts,
  );
  return `"""Every model: importing this package fills \`Base.metadata\`."""\n\n${imports}\n\n${exportsText(names, facts.style)}\n`;
}

const convention: readonly (readonly [string, string])[] = [
  ['ix', 'ix_%(table_name)s_%(column_0_N_name)s'],
  ['uq', 'uq_%(table_name)s_%(column_0_N_name)s'],
  ['ck', 'ck_%(table_name)s_%(constraint_name)s'],
  ['fk', 'fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s'],
  ['pk', 'pk_%(table_name)s'],
];

function baseText(facts: ProjectFacts): string {
  const { style } = facts;
  const isAsync = facts.concurrency === 'async';
  const imports = [
    fromImport('sqlalchemy', 'MetaData'),
    fromImport('sqlalchemy.orm', 'DeclarativeBase'),
    ...(isAsync ? [fromImport('typing', 'Any')] : []),
  ];
  const eager = [
    '',
    '    # Values that the database makes come back with the INSERT or UPDATE itself:',
    '    # an async session cannot fetch them later, at the first access.',
    `    __mapper_args__: Any = {${quoted('eager_defaults', style)}: True}`,
  ];
  const lines = [
    '"""The declarative base of every model."""',
    '',
    renderImports(imports, facts),
    '',
    '# Names that can be predicted, so that a migration can drop a constraint.',
    'NAMING_CONVENTION = {',
    ...convention.map(([kind, name]) => `    ${quoted(kind, style)}: ${quoted(name, style)},`),
    '}',
    '',
    '',
    'class Base(DeclarativeBase):',
    '    """The base of every model: Alembic compares its metadata with the database."""',
    '',
    '    metadata = MetaData(naming_convention=NAMING_CONVENTION)',
    ...(isAsync ? eager : []),
  ];
  return `${lines.join('\n')}\n`;
}
