/** All answers as the plan of a model, or the reasons why there is none. */
import { choicesAnswer, itemsAnswer, textAnswer } from '../answers.ts';
import { pluralOf, snakeOf } from '../names.ts';
import { folderOf, inPackage, stemOf } from '../paths.ts';
import type { ModelPlace, ProjectFacts } from '../project-facts.ts';
import type { Answers } from '../scaffold.ts';
import { subjectOf } from '../subject-name.ts';
import { checkModelName, checkTableName } from './check-names.ts';
import type { ColumnPlan, KeyPlan, ModelPlan } from './model-plan.ts';
import { inlineTimestamps, usualMixins } from './model-questions.ts';
import { readColumns } from './read-columns.ts';

export interface PlanReading {
  readonly plan: ModelPlan;
  /** Where there are any, the plan is not to be rendered. */
  readonly problems: readonly string[];
}

export function readPlan(facts: ProjectFacts, answers: Answers, activePath: string | null): PlanReading {
  const problems: string[] = [];
  const name = textAnswer(answers, 'name');
  const nameProblem = checkModelName(facts, name);
  if (nameProblem !== null) problems.push(nameProblem);
  const chosen = answers.mixins === undefined ? usualMixins(facts) : choicesAnswer(answers, 'mixins');
  const ownTable = tableName(facts, name, textAnswer(answers, 'table'));
  const plan: ModelPlan = {
    name,
    ownTable,
    table: facts.base?.namesTables ? null : ownTable,
    place: readPlace(facts, textAnswer(answers, 'place'), activePath),
    key: readKey(facts, textAnswer(answers, 'key')),
    mixins: facts.mixins.filter(
      mixin => chosen.includes(`${mixin.module}.${mixin.name}`) || chosen.includes(mixin.name),
    ),
    timestamps: chosen.includes(inlineTimestamps),
    columns: readColumns(itemsAnswer(answers, 'columns'), { facts, model: name, problems }),
  };
  const tableProblem = nameProblem === null ? checkTableName(facts, ownTable) : null;
  if (tableProblem !== null) problems.push(tableProblem);
  problems.push(...clashes(facts, plan));
  return { plan, problems };
}

/** `given` is what the user names it; empty for the name that the class gives it. */
export function tableName(facts: ProjectFacts, name: string, given: string): string {
  if (facts.base?.namesTables) return derivedTable(facts, name);
  if (given !== '') return given;
  const subject = subjectOf(facts, name);
  return facts.habits.pluralTables ? pluralOf(subject) : subject;
}

const derivations: readonly ((name: string) => string)[] = [
  name => name.toLowerCase(),
  snakeOf,
  name => pluralOf(snakeOf(name)),
  name => `${name.toLowerCase()}s`,
];

/** What the base class makes of a name, as far as the tables of other models show it. */
function derivedTable({ models }: ProjectFacts, name: string): string {
  const fits = (derive: (name: string) => string): number =>
    models.filter(model => model.table === derive(model.name)).length;
  const best = [...derivations].sort((a, b) => fits(b) - fits(a))[0] ?? snakeOf;
  return best(name);
}

function readPlace(facts: ProjectFacts, path: string, activePath: string | null): ModelPlace {
  const chosen = facts.places.find(place => place.path === path || place.path.endsWith(`/${path}`));
  const active = facts.places.find(
    place => activePath !== null && (activePath === place.path || folderOf(activePath) === place.path),
  );
  return (path === '' ? active : chosen) ?? facts.places[0] ?? newPlace(facts);
}

/** For the first model of a project: the package `models`, or a file `models.py` that is there already. */
export function newPlace({ exists, package: home }: ProjectFacts): ModelPlace {
  const module = inPackage(home.module, 'models');
  const file = `${home.path}/models.py`;
  if (exists(file)) return { kind: 'file', path: file, module };
  return { kind: 'folder', path: `${home.path}/models`, module, pluralFiles: false, prefix: '' };
}

function readKey(facts: ProjectFacts, answer: string): KeyPlan {
  const value = answer === '' ? (facts.usualKey ?? (facts.base?.hasKey ? 'inherited' : 'integer')) : answer;
  if (facts.base?.hasKey && value === 'inherited') return { kind: 'inherited' };
  if (facts.keySample && value === 'usual') return { kind: 'usual', sample: facts.keySample };
  const name = value.slice(value.indexOf(':') + 1);
  const mixin = facts.mixins.find(
    each => value.startsWith('mixin:') && `${each.module}.${each.name}` === name,
  );
  if (mixin) return { kind: 'mixin', mixin };
  const alias = facts.keyAliases.find(
    each => value.startsWith('alias:') && `${each.module}.${each.name}` === name,
  );
  if (alias) return { kind: 'alias', alias };
  return { kind: value === 'bigint' || value === 'uuid' ? value : 'integer' };
}

/** Attributes that would come twice into the class. */
function clashes(facts: ProjectFacts, plan: ModelPlan): readonly string[] {
  const taken = new Map<string, string>(
    (facts.base?.attributes ?? []).map(name => [name, facts.base?.name ?? '']),
  );
  const mixins = plan.key.kind === 'mixin' ? [plan.key.mixin, ...plan.mixins] : plan.mixins;
  for (const mixin of mixins) for (const name of mixin.attributes) taken.set(name, mixin.name);
  if (plan.key.kind !== 'mixin' && plan.key.kind !== 'inherited') taken.set('id', 'the primary key');
  if (plan.timestamps) for (const name of ['created_at', 'updated_at']) taken.set(name, 'the timestamps');
  return plan.columns.flatMap(column => columnClashes(column, plan, taken));
}

function columnClashes(
  column: ColumnPlan,
  plan: ModelPlan,
  taken: ReadonlyMap<string, string>,
): readonly string[] {
  const owner = taken.get(column.name);
  const problems =
    owner === undefined
      ? []
      : [`The column ${column.name} comes from ${owner} already. Remove or rename it.`];
  if (column.kind !== 'reference' || column.relationship === null) return problems;
  const { own, other } = column.relationship;
  const attributes = [...taken.keys(), ...plan.columns.map(each => each.name)];
  const names = column.target === null ? [own, other] : [own];
  const clash = names.find(name => attributes.includes(name));
  if (clash === undefined) return problems;
  return [
    ...problems,
    `The relationship of ${column.name} would be called ${clash}, as another attribute is. End the column's name with _id, or rename one.`,
  ];
}

/** The path and module of the file that the model will be in. */
export function modelFile({ name, place }: Pick<ModelPlan, 'name' | 'place'>): {
  readonly path: string;
  readonly module: string;
} {
  if (place.kind === 'file') return { path: place.path, module: place.module };
  const stem = place.pluralFiles ? pluralOf(snakeOf(name)) : snakeOf(name);
  const path = `${place.path}/${place.prefix}${stem}.py`;
  return { path, module: inPackage(place.module, stemOf(path)) };
}
