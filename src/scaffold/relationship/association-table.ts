/** Many to many through a table that nobody sees: it stands before the first model, which knows it as a variable. */
import { addToClasses, type ClassAddition } from '../class-additions/class-additions.ts';
import { annotatedName } from '../model/annotated-name.ts';
import { secondaryCondition } from '../model/render-relationship.ts';
import type { ModelFact, ProjectFacts } from '../project-facts.ts';
import { fromImport, type ImportNeed } from '../python-code/import-need.ts';
import { importOwn } from '../python-code/import-own.ts';
import { assign, type Code, call, layOut } from '../python-code/layout.ts';
import { quoted } from '../python-code/quoting.ts';
import { failed, type Rendering } from '../scaffold.ts';
import { type AssociationNames, associationNames, associationProblems } from './association-names.ts';
import { addLinkModel } from './link-model.ts';

/** `asked` is the first model's attribute; empty for the name that the target gives it. */
export function addAssociationTable(
  facts: ProjectFacts,
  model: ModelFact,
  target: ModelFact,
  asked: string,
): Rendering {
  const { base, style } = facts;
  const names = associationNames(facts, model, target, asked);
  const { table, own, other } = names;
  const reflexive = model === target;
  const problems = [
    ...associationProblems(facts, [model, target], table),
    ...(model.attributes.includes(own) ? [`${model.name} has an attribute ${own} already.`] : []),
    ...(target.attributes.includes(other) ? [`${target.name} has an attribute ${other} already.`] : []),
    ...(base === null ? ['There is no declarative base whose metadata could hold the table.'] : []),
  ];
  if (problems.length > 0 || base === null) return failed(...problems);
  if (base.kind === 'sqlmodel') return addLinkModel(facts, base, [model, target], names);
  const lines = tableLines(facts, names, [model, target], base.name);
  const [near, far] = names.columns;
  const additions: readonly ClassAddition[] = [
    {
      ...sideOf(facts, model, target, {
        name: own,
        secondary: table,
        other,
        joins: reflexive ? joinsOf(facts, model, table, [near, far]) : [],
      }),
      before: [lines],
      imports: [
        ...['Column', 'ForeignKey', 'Table', keyType(model).name, keyType(target).name].map(name =>
          fromImport('sqlalchemy', name),
        ),
        ...relationshipImports,
        ...(base.module === model.module ? [] : [importOwn(facts, base, model)]),
      ],
    },
    sideOf(facts, target, model, {
      name: other,
      secondary: reflexive ? table : quoted(table, style),
      other: own,
      joins: reflexive ? joinsOf(facts, model, table, [far, near]) : [],
    }),
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
  { table, columns: names }: AssociationNames,
  models: readonly ModelFact[],
  base: string,
): readonly string[] {
  const columns = models.map((model, index): Code => {
    const target = quoted(`${model.table}.${model.key?.column ?? 'id'}`, style);
    const key = call('ForeignKey', target, `ondelete=${quoted('CASCADE', style)}`);
    const name = quoted(names[index] ?? '', style);
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
  readonly joins: readonly Code[];
}

/** Both columns point to one table: which of them is this end's, and which the far one's, has to be said. */
function joinsOf(
  { style }: ProjectFacts,
  { name, key }: ModelFact,
  table: string,
  [near, far]: readonly [string, string],
): readonly Code[] {
  const condition = (column: string): string =>
    quoted(secondaryCondition(name, table, [[key?.attribute ?? 'id', column]]), style);
  return [`primaryjoin=${condition(near)}`, `secondaryjoin=${condition(far)}`];
}

function sideOf(
  facts: ProjectFacts,
  from: ModelFact,
  to: ModelFact,
  { name, secondary, other, joins }: Side,
): ClassAddition {
  const { style, habits, base } = facts;
  const code = call(
    'relationship',
    `secondary=${secondary}`,
    ...joins,
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
    relationships: layOut(
      assign(`${name}: Mapped[list[${annotatedName(to.name, from.path, facts)}]]`, code),
      4,
      style,
    ),
    before: [],
    imports: relationshipImports,
    typeImports: from.path === to.path ? [] : [importOwn(facts, to, from)],
  };
}
