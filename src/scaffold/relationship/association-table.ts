/** Many to many through a table that nobody sees: it stands before the first model, which knows it as a variable. */
import { addToClasses, type ClassAddition } from '../class-additions/class-additions.ts';
import { relatedType } from '../model/annotations.ts';
import { secondaryCondition } from '../model/render-relationship.ts';
import type { ModelFact, ProjectFacts } from '../project-facts.ts';
import { boundBy, fromImport, type ImportNeed } from '../python-code/import-need.ts';
import { importOwn } from '../python-code/import-own.ts';
import { assign, type Code, call, layOut } from '../python-code/layout.ts';
import { quoted } from '../python-code/quoting.ts';
import { sampleImports } from '../python-code/sample-imports.ts';
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
  const written = base.written ?? base;
  const lines = tableLines(
    facts,
    names,
    [model, target],
    base.kind === 'flask' ? base.name : written.expression,
  );
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
        ...['Column', 'ForeignKey', 'Table'].map(name => fromImport('sqlalchemy', name)),
        ...[model, target].flatMap(each => typeImports(facts, each)),
        ...relationshipImports,
        ...(written.module === model.module ? [] : [importOwn(facts, written, model)]),
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
  facts: ProjectFacts,
  { table, columns: names }: AssociationNames,
  models: readonly ModelFact[],
  base: string,
): readonly string[] {
  const { style } = facts;
  const columns = models.map((model, index): Code => {
    const target = quoted(`${model.table}.${model.key?.column ?? 'id'}`, style);
    const key = call('ForeignKey', target, `ondelete=${quoted('CASCADE', style)}`);
    const name = quoted(names[index] ?? '', style);
    // The index of the primary key serves its first column already.
    return call(
      'Column',
      name,
      keyType(facts, model).code,
      key,
      'primary_key=True',
      ...(index > 0 ? ['index=True'] : []),
    );
  });
  return layOut(assign(table, call('Table', quoted(table, style), `${base}.metadata`, ...columns)), 0, style);
}

/**
 * Said, although the foreign key says it too: type checkers do not follow that. As other foreign keys to the model, or its
 * own key, are written.
 */
function keyType(
  facts: ProjectFacts,
  { table, key, columns }: ModelFact,
): { readonly code: string; readonly imports: readonly ImportNeed[] } {
  const sample = facts.columns.references.get(`${table}.${key?.column ?? 'id'}`);
  if (sample && sample.type !== null) return { code: sample.type, imports: sample.imports };
  const written = columns.find(column => column.attribute === key?.attribute)?.type ?? '';
  const plain = (name: string, code = name) => ({ code, imports: [fromImport('sqlalchemy', name)] });
  switch (key?.type) {
    case 'UUID': {
      const usual = facts.keySample;
      const [type = ''] = usual?.arguments ?? [];
      const isOwn = columns.some(each => each.primaryKey && each.annotation === usual?.annotation);
      return usual && isOwn && !/^\w+\s*=/.test(type)
        ? { code: type, imports: usual.imports }
        : plain('Uuid');
    }
    case 'str':
      return plain('String', /^String\(\d+\)$/.exec(written)?.[0]);
    default:
      return plain(written.startsWith('BigInteger') ? 'BigInteger' : 'Integer');
  }
}

/** Of the key's type alone: a sample has those of its annotation and default too. */
function typeImports(facts: ProjectFacts, model: ModelFact): readonly ImportNeed[] {
  const { code, imports } = keyType(facts, model);
  const used = imports.filter(need => new RegExp(`(?<![\\w.])${boundBy(need)}\\b`).test(code));
  return sampleImports(used, model, facts);
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
  const annotation = relatedType(to.name, 'list', from.path, facts);
  return {
    path: from.path,
    className: from.name,
    columns: [],
    relationships: layOut(assign(`${name}: Mapped[${annotation.text}]`, code), 4, style),
    before: [],
    imports: [...relationshipImports, ...annotation.imports],
    typeImports: from.path === to.path ? [] : [importOwn(facts, to, from)],
  };
}
