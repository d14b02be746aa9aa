/** Many to many through a model of its own, whose primary key is both foreign keys unless its base has one; further columns can be added to it. */
import type { ModelPlan, ReferenceColumn } from '../model/model-plan.ts';
import { renderPlan } from '../model/model-scaffold.ts';
import { hasKey } from '../model/read-columns.ts';
import { newPlace } from '../model/read-plan.ts';
import { pascalOf, pluralOf, snakeOf } from '../names.ts';
import type { ModelFact, ProjectFacts } from '../project-facts.ts';
import { failed, type Rendering } from '../scaffold.ts';
import { withoutEnding } from '../subject-name.ts';
import { associationNames, associationProblems } from './association-names.ts';

/** `asked` is the first model's attribute where the user names it. */
export function addAssociationObject(
  facts: ProjectFacts,
  [model, target]: readonly [ModelFact, ModelFact],
  asked: string,
): Rendering {
  const { name, table, columns, attributes } = namesOf(facts, [model, target], asked);
  const taken = attributes.flatMap((attribute, index) => {
    const owner = index === 0 ? model : target;
    return owner.attributes.includes(attribute)
      ? [`${owner.name} has an attribute ${attribute} already.`]
      : [];
  });
  const problems = [
    ...associationProblems(facts, [model, target], table),
    ...(facts.models.some(each => each.name === name) ? [`There is a model ${name} already.`] : []),
    ...taken,
  ];
  if (problems.length > 0) return failed(...problems);
  // A key that the base gives to every model stays; then the pair is unique besides.
  const hasOwnKey = facts.base?.hasKey === true;
  const plan: ModelPlan = {
    name,
    table: facts.base?.namesTables ? null : table,
    ownTable: table,
    place:
      facts.places.find(each => each.path === model.path || model.path.startsWith(`${each.path}/`)) ??
      newPlace(facts),
    key: { kind: hasOwnKey ? 'inherited' : 'columns' },
    mixins: [],
    timestamps: false,
    columns: [
      ...reference(model, { column: columns[0], place: 0, hasOwnKey, other: attributes[0] }),
      ...reference(target, { column: columns[1], place: 1, hasOwnKey, other: attributes[1] }),
    ],
    ...(hasOwnKey ? { unique: columns } : {}),
  };
  return renderPlan(facts, plan, []);
}

/** The first model's attribute where nobody names it. */
export function linkAttribute(facts: ProjectFacts, models: readonly [ModelFact, ModelFact]): string {
  return namesOf(facts, models, '').attributes[0];
}

interface ObjectNames {
  readonly name: string;
  readonly table: string;
  readonly columns: readonly [string, string];
  /** What the first model and the second call its rows. */
  readonly attributes: readonly [string, string];
}

/** Between a model and itself each end has links of its own: those of its children, and those of its parents. */
function namesOf(
  facts: ProjectFacts,
  [model, target]: readonly [ModelFact, ModelFact],
  asked: string,
): ObjectNames {
  const { table, columns } = associationNames(facts, model, target, asked);
  if (model === target) {
    const [one, other] = columns.map(column => column.replace(/_id$/, ''));
    return {
      name: `${withoutEnding(facts, model.name)}${pascalOf(other ?? '')}${facts.habits.ending}`,
      table,
      columns,
      attributes: [`${other}_links`, `${one}_links`],
    };
  }
  const subject = `${withoutEnding(facts, model.name)}${withoutEnding(facts, target.name)}`;
  const name = `${subject}${facts.habits.ending}`;
  const attribute = pluralOf(snakeOf(subject));
  return { name, table, columns, attributes: [asked || attribute, attribute] };
}

interface LinkEnd {
  readonly column: string;
  /** Which of the two ends it is. */
  readonly place: number;
  /** True where the link has a key besides. */
  readonly hasOwnKey: boolean;
  readonly other: string;
}

function reference(
  target: ModelFact,
  { column, place, hasOwnKey, other }: LinkEnd,
): readonly ReferenceColumn[] {
  if (!hasKey(target)) return [];
  return [
    {
      kind: 'reference',
      name: column,
      target,
      nullable: false,
      unique: false,
      keyPlace: hasOwnKey ? null : place,
      covered: hasOwnKey && place === 0,
      onDelete: 'CASCADE',
      relationship: { own: column.replace(/_id$/, ''), other },
    },
  ];
}
