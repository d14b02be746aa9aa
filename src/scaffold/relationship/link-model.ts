/** Many to many in SQLModel: a class of foreign keys alone, which both sides name as their `link_model`. */
import { ownerPart } from '../../base/dotted-name.ts';
import { addToClasses, type ClassAddition } from '../class-additions/class-additions.ts';
import type { ModelPlan, ReferenceColumn } from '../model/model-plan.ts';
import { renderPlan } from '../model/model-scaffold.ts';
import { hasKey } from '../model/read-columns.ts';
import { modelFile, newPlace } from '../model/read-plan.ts';
import type { RelationshipSide } from '../model/relationship-side.ts';
import { renderModel } from '../model/render-class.ts';
import { pascalOf } from '../names.ts';
import { folderOf } from '../paths.ts';
import type { BaseFact, ModelFact, ModelPlace, ProjectFacts } from '../project-facts.ts';
import { importOwn } from '../python-code/import-own.ts';
import { quoted } from '../python-code/quoting.ts';
import { classNames } from '../python-syntax.ts';
import { failed, type Rendering, type ScaffoldFile } from '../scaffold.ts';
import { relationshipField } from '../sqlmodel/relationship-field.ts';
import { withoutEnding } from '../subject-name.ts';
import type { AssociationNames } from './association-names.ts';

export function addLinkModel(
  facts: ProjectFacts,
  base: BaseFact,
  [model, target]: readonly [ModelFact, ModelFact],
  names: AssociationNames,
): Rendering {
  if (base.hasKey)
    return failed(
      `${base.name} gives every model a primary key of its own, so that both foreign keys cannot be it. Choose the kind with columns of its own.`,
    );
  const plan = linkPlan(facts, [model, target], names);
  if (facts.models.some(each => each.name === plan.name))
    return failed(`There is a model ${plan.name} already.`);
  const together = plan.place.kind === 'file';
  const written = together ? { files: [], problems: [] } : renderPlan(facts, plan, []);
  if (written.problems.length > 0) return failed(...written.problems);
  const code = together ? renderModel(facts, plan, base) : null;
  const first = firstOf(facts, [model, target]);
  const ends = sides(facts, [model, target], names, plan);
  const home = ends.find(each => each.className === first.name);
  const additions = ends.map(
    (addition): ClassAddition =>
      code !== null && addition === home
        ? { ...addition, before: code.blocks, imports: [...addition.imports, ...code.imports] }
        : addition,
  );
  const result = addToClasses(facts, additions);
  if (result.problems.length > 0) return failed(...result.problems);
  return { files: distinct([...written.files, ...result.files]), open: model.path, problems: [] };
}

/** Beside the models: before them where one file holds both, else in a file of its own. */
function linkPlan(
  facts: ProjectFacts,
  [model, target]: readonly [ModelFact, ModelFact],
  { table, columns }: AssociationNames,
): ModelPlan {
  // A model that is linked to itself names the far end by its column: `HeroFollowerLink`.
  const far = model === target ? pascalOf(columns[1].replace(/_id$/, '')) : withoutEnding(facts, target.name);
  const name = `${withoutEnding(facts, model.name)}${far}Link`;
  const ownTable = facts.base?.namesTables ? pascalOf(name).toLowerCase() : table;
  return {
    name,
    table: facts.base?.namesTables ? null : table,
    ownTable,
    place: linkPlace(facts, model, target),
    key: { kind: 'columns' },
    mixins: [],
    timestamps: false,
    columns: [...reference(model, columns[0], 0), ...reference(target, columns[1], 1)],
  };
}

function linkPlace(facts: ProjectFacts, model: ModelFact, target: ModelFact): ModelPlace {
  if (model.path === target.path) return { kind: 'file', path: model.path, module: model.module };
  const folder = facts.places.find(each => each.kind === 'folder' && model.path.startsWith(`${each.path}/`));
  const own = { path: folderOf(model.path), module: ownerPart(model.module) };
  return (
    folder ??
    (own.module === '' ? newPlace(facts) : { kind: 'folder', ...own, pluralFiles: false, prefix: '' })
  );
}

function reference(target: ModelFact, name: string, keyPlace: number): readonly ReferenceColumn[] {
  if (!hasKey(target)) return [];
  const flags = {
    nullable: false,
    unique: false,
    keyPlace,
    onDelete: 'CASCADE',
    relationship: null,
  } as const;
  return [{ kind: 'reference', name, target, ...flags }];
}

function firstOf(facts: ProjectFacts, [model, target]: readonly [ModelFact, ModelFact]): ModelFact {
  const classes = classNames(facts.fileAt(model.path)?.syntax);
  return classes.indexOf(target.name) < classes.indexOf(model.name) ? target : model;
}

function sides(
  facts: ProjectFacts,
  [model, target]: readonly [ModelFact, ModelFact],
  { own, other, columns: [near, far] }: AssociationNames,
  plan: ModelPlan,
): readonly ClassAddition[] {
  const side = (
    [from, to]: readonly [ModelFact, ModelFact],
    [name, backPopulates]: readonly [string, string],
    columns: readonly [string, string],
  ): ClassAddition => {
    const code = relationshipField(
      {
        name,
        path: from.path,
        target: to.name,
        targetIsAbove: false,
        holds: 'list',
        backPopulates,
        foreignKeys: null,
        remoteSide: null,
        joins: from === to ? joinsOf(facts, from, plan.name, columns) : null,
        // The database deletes the links along with either side.
        deletion: { onDelete: 'SET NULL', nullable: true },
      },
      facts,
      plan.name,
    );
    const home = modelFile(plan);
    const link =
      home.path === from.path ? [] : [importOwn(facts, { name: plan.name, module: home.module }, from)];
    return {
      path: from.path,
      className: from.name,
      columns: [],
      relationships: code.lines,
      before: [],
      imports: [...code.imports, ...link],
      typeImports: from.path === to.path ? [] : [importOwn(facts, to, from)],
    };
  };
  return [side([model, target], [own, other], [near, far]), side([target, model], [other, own], [far, near])];
}

/** Both columns point to one table: which of them is this end's, and which the far one's, has to be said. */
function joinsOf(
  { style }: ProjectFacts,
  { name, key }: ModelFact,
  link: string,
  columns: readonly [string, string],
): NonNullable<RelationshipSide['joins']> {
  const [primary, secondary] = columns.map(column =>
    quoted(`${name}.${key?.attribute ?? 'id'} == ${link}.${column}`, style),
  );
  return { primary: primary ?? '', secondary: secondary ?? '' };
}

/** A package that lists the models may hold one of the two itself. */
function distinct(files: readonly ScaffoldFile[]): readonly ScaffoldFile[] {
  const paths = [...new Set(files.map(each => each.path))];
  return paths.flatMap(path => {
    const same = files.filter(each => each.path === path);
    const [first] = same;
    if (same.length < 2 || first?.kind !== 'edit') return first ? [first] : [];
    return [{ ...first, edits: same.flatMap(each => (each.kind === 'edit' ? each.edits : [])) }];
  });
}
