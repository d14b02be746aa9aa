/** One model's repository: the generic base with the model filled in, and deleted rows hidden where the model marks them. */
import { pluralOf } from '../names.ts';
import type { ProjectFacts, RepositoryBase } from '../project-facts.ts';
import { fromImport, type ImportNeed } from '../python-code/import-need.ts';
import { importOwn } from '../python-code/import-own.ts';
import { renderImports } from '../python-code/imports.ts';
import { layOut } from '../python-code/layout.ts';
import { quoted } from '../python-code/quoting.ts';
import { subjectOf } from '../subject-name.ts';
import type { RepositoryPlan } from './repository-plan.ts';

interface Part {
  readonly lines: readonly string[];
  readonly imports: readonly ImportNeed[];
}

export function renderRepository(facts: ProjectFacts, plan: RepositoryPlan): string {
  const { base, model } = plan;
  const rows = pluralOf(subjectOf(facts, model.name)).replaceAll('_', ' ');
  const parts = [modelPart(plan), constructorPart(plan), ...softDeleteParts(facts, plan)].filter(
    part => part.lines.length > 0,
  );
  const key = base.typeArguments === 2 ? [model.key?.type ?? 'int'] : [];
  const own = [
    importOwn(facts, base, plan),
    importOwn(facts, model, plan),
    ...(key.includes('UUID') ? [fromImport('uuid', 'UUID')] : []),
  ];
  const head = layOut(
    {
      open: `class ${plan.name}(`,
      elements: [`${base.name}[${[model.name, ...key].join(', ')}]`],
      close: '):',
    },
    0,
    facts.style,
  );
  const lines = [
    `"""The repository of ${rows}."""`,
    '',
    renderImports([...own, ...parts.flatMap(part => part.imports)], facts),
    '',
    '',
    ...head,
    `    """${rows.charAt(0).toUpperCase()}${rows.slice(1)}."""`,
    ...parts.flatMap(part => ['', ...part.lines]),
  ];
  return `${lines.join('\n')}\n`;
}

function modelPart({ base, model }: RepositoryPlan): Part {
  return {
    lines: base.modelAttribute === null ? [] : [`    ${base.modelAttribute} = ${model.name}`],
    imports: [],
  };
}

function isModel(parameter: string): boolean {
  return /model|entity/i.test(parameter);
}

/** True for a base whose constructor takes the model and the session, in any order. */
export function takesModelAsArgument({ modelAttribute, parameters }: RepositoryBase): boolean {
  return modelAttribute === null && parameters.length === 2 && parameters.filter(isModel).length === 1;
}

function constructorPart({ base, model }: RepositoryPlan): Part {
  if (!takesModelAsArgument(base)) return { lines: [], imports: [] };
  const session = base.concurrency === 'async' ? 'AsyncSession' : 'Session';
  const given = base.parameters.map(name => (isModel(name) ? model.name : 'session')).join(', ');
  return {
    lines: [`    def __init__(self, session: ${session}) -> None:`, `        super().__init__(${given})`],
    imports: [
      fromImport(base.concurrency === 'async' ? 'sqlalchemy.ext.asyncio' : 'sqlalchemy.orm', session),
    ],
  };
}

function softDeleteParts({ style }: ProjectFacts, { base, model }: RepositoryPlan): readonly Part[] {
  if (!base.hasCriteria || !model.attributes.includes('deleted_at')) return [];
  const override = fromImport(style.python < 312 ? 'typing_extensions' : 'typing', 'override');
  const [zone, zoneImport] = style.python < 311 ? ['timezone.utc', 'timezone'] : ['UTC', 'UTC'];
  const [definition, wait] = base.concurrency === 'async' ? ['async def', 'await '] : ['def', ''];
  const changes = `{${quoted('deleted_at', style)}: datetime.now(${zone})}`;
  return [
    {
      lines: [
        '    @override',
        '    def _criteria(self) -> Sequence[ColumnElement[bool]]:',
        `        return (${model.name}.deleted_at.is_(None),)`,
      ],
      imports: [
        override,
        fromImport('collections.abc', 'Sequence'),
        fromImport('sqlalchemy', 'ColumnElement'),
      ],
    },
    {
      lines: [
        '    @override',
        `    ${definition} delete(self, row: ${model.name}) -> None:`,
        ...layOut({ open: `${wait}self.update(`, elements: ['row', changes], close: ')' }, 8, style),
      ],
      imports: [override, fromImport('datetime', 'datetime'), fromImport('datetime', zoneImport)],
    },
  ];
}
