/** Many to many through a table that nobody sees: it stands before the first model, which knows it as a variable. */
import { addToClasses, type ClassAddition } from '../class-additions/class-additions.ts';
import { pluralOf, snakeOf } from '../names.ts';
import type { ModelFact, ProjectFacts } from '../project-facts.ts';
import { fromImport, type ImportNeed } from '../python-code/import-need.ts';
import { importOwn } from '../python-code/import-own.ts';
import { assign, type Code, call, layOut } from '../python-code/layout.ts';
import { quoted } from '../python-code/quoting.ts';
import { failed, type Rendering } from '../scaffold.ts';
import { associationProblems, associationTable } from './association-names.ts';

export function addAssociationTable(facts: ProjectFacts, model: ModelFact, target: ModelFact): Rendering {
  const { base, style } = facts;
  const [own, other] = [pluralOf(snakeOf(target.name)), pluralOf(snakeOf(model.name))];
  const problems = [
    ...associationProblems(facts, model, target),
    ...(model.attributes.includes(own) ? [`${model.name} has an attribute ${own} already.`] : []),
    ...(target.attributes.includes(other) ? [`${target.name} has an attribute ${other} already.`] : []),
    ...(base === null ? ['There is no declarative base whose metadata could hold the table.'] : []),
  ];
  if (problems.length > 0 || base === null) return failed(...problems);
  const table = associationTable(facts, model, target);
  const lines = tableLines(facts, table, [model, target], base.name);
  const additions: readonly ClassAddition[] = [
    {
      ...sideOf(facts, model, target, { name: own, secondary: table, other }),
      before: [lines],
      imports: [
        ...['Column', 'ForeignKey', 'Table', keyType(model).name, keyType(target).name].map(name =>
          fromImport('sqlalchemy', name),
        ),
        ...relationshipImports,
        ...(base.module === model.module ? [] : [importOwn(facts, base, model)]),
      ],
    },
    sideOf(facts, target, model, { name: other, secondary: quoted(table, style), other: own }),
  ];
  const result = addToClasses(facts, additions);
  return result.problems.length > 0
    ? failed(...result.problems)
    : { files: result.files, open: model.path, problems: [] };
}

const relationshipImports: readonly ImportNeed[] = [
  fromImport('sqlalchemy.orm', 'Mapped'),
  fromImport('sqlalchemy.orm', 'relationship'),
];

function tableLines(
  { style }: ProjectFacts,
  table: string,
  models: readonly ModelFact[],
  base: string,
): readonly string[] {
  const columns = models.map((model, index): Code => {
    const target = quoted(`${model.table}.${model.key?.column ?? 'id'}`, style);
    const key = call('ForeignKey', target, `ondelete=${quoted('CASCADE', style)}`);
    const name = quoted(`${snakeOf(model.name)}_id`, style);
    // The index of the primary key serves its first column already.
    return call(
      'Column',
      name,
      keyType(model).code,
      key,
      'primary_key=True',
      ...(index > 0 ? ['index=True'] : []),
    );
  });
  return layOut(assign(table, call('Table', quoted(table, style), `${base}.metadata`, ...columns)), 0, style);
}

/** Said, although the foreign key says it too: type checkers do not follow that. */
function keyType({ key, columns }: ModelFact): { readonly name: string; readonly code: string } {
  const written = columns.find(column => column.attribute === key?.attribute)?.type ?? '';
  const length = /^String\(\d+\)$/.exec(written)?.[0];
  switch (key?.type) {
    case 'UUID':
      return { name: 'Uuid', code: 'Uuid' };
    case 'str':
      return { name: 'String', code: length ?? 'String' };
    default: {
      const name = written.startsWith('BigInteger') ? 'BigInteger' : 'Integer';
      return { name, code: name };
    }
  }
}

interface Side {
  readonly name: string;
  /** As Python. */
  readonly secondary: string;
  readonly other: string;
}

function sideOf(
  facts: ProjectFacts,
  from: ModelFact,
  to: ModelFact,
  { name, secondary, other }: Side,
): ClassAddition {
  const { style, habits, base } = facts;
  const code = call(
    'relationship',
    `secondary=${secondary}`,
    `back_populates=${quoted(other, style)}`,
    ...(habits.lazy === null ? [] : [`lazy=${quoted(habits.lazy, style)}`]),
    ...(base?.dataclass ? ['init=False'] : []),
    // The database deletes the association's rows along with either side.
    'passive_deletes=True',
  );
  return {
    path: from.path,
    className: from.name,
    columns: [],
    relationships: layOut(assign(`${name}: Mapped[list[${quoted(to.name, style)}]]`, code), 4, style),
    before: [],
    imports: relationshipImports,
    typeImports: from.path === to.path ? [] : [importOwn(facts, to, from)],
  };
}
