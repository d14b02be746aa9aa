/** The answers of the column group as column plans. Problems name the column that they are about. */
import { textAnswer, yesAnswer } from '../answers.ts';
import { pascalOf, snakeOf } from '../names.ts';
import type { ModelFact, ProjectFacts } from '../project-facts.ts';
import type { Answers } from '../scaffold.ts';
import { withoutEnding } from '../subject-name.ts';
import { checkColumnName, checkModelName } from './check-names.ts';
import type { ColumnTypePlan } from './column-types.ts';
import type { ColumnPlan, OnDelete, ReferenceColumn, RelationshipNames } from './model-plan.ts';
import { referenceType, selfReference } from './model-questions.ts';
import { type Detail, readEnumValues, readLength, readPrecision } from './read-details.ts';
import { relationshipNames } from './relationship-names.ts';

export interface ColumnContext {
  readonly facts: ProjectFacts;
  /** The new model's name. */
  readonly model: string;
  readonly problems: string[];
}

export function readColumns(items: readonly Answers[], context: ColumnContext): readonly ColumnPlan[] {
  const columns = items.flatMap(item => readColumn(item, items, context) ?? []);
  const repeated = columns.find(
    (column, index) => columns.findIndex(each => each.name === column.name) !== index,
  );
  if (repeated) context.problems.push(`The column ${repeated.name} is there twice. Rename one.`);
  return columns;
}

function readColumn(item: Answers, items: readonly Answers[], context: ColumnContext): ColumnPlan | null {
  const name = textAnswer(item, 'name');
  const problem = checkColumnName(name);
  if (problem !== null) return complain(context, name, problem);
  const nullable = yesAnswer(item, 'nullable');
  if (textAnswer(item, 'type') === referenceType)
    return readReference(item, items, { name, nullable }, context);
  const type = readType(item, name, context);
  if ('problem' in type) return complain(context, name, type.problem);
  const unique = yesAnswer(item, 'unique');
  return {
    kind: 'value',
    name,
    type: type.value,
    nullable,
    unique,
    index: !unique && yesAnswer(item, 'index'),
  };
}

function complain({ problems }: ColumnContext, column: string, problem: string): null {
  problems.push(`Column ${column}: ${problem}`);
  return null;
}

function readType(item: Answers, column: string, context: ColumnContext): Detail<ColumnTypePlan> {
  const kind = textAnswer(item, 'type');
  switch (kind) {
    case 'string': {
      const length = readLength(textAnswer(item, 'length') || '255');
      return 'problem' in length ? length : { value: { kind, length: length.value } };
    }
    case 'numeric': {
      const digits = readPrecision(textAnswer(item, 'precision') || '12, 2');
      return 'problem' in digits ? digits : { value: { kind, ...digits.value } };
    }
    case 'enum':
      return readEnum(item, column, context);
    case 'text':
    case 'integer':
    case 'bigint':
    case 'float':
    case 'boolean':
    case 'date':
    case 'timestamp':
    case 'uuid':
    case 'json':
      return { value: { kind } };
    default:
      return { problem: `There is no type ${kind}. Choose one of the list.` };
  }
}

function readEnum(item: Answers, column: string, { facts, model }: ColumnContext): Detail<ColumnTypePlan> {
  const members = readEnumValues(textAnswer(item, 'values'));
  if ('problem' in members) return members;
  const className = `${withoutEnding(facts, model)}${pascalOf(column)}`;
  const problem = checkModelName(facts, className);
  if (problem !== null) return { problem };
  return { value: { kind: 'enum', className, typeName: snakeOf(className), members: members.value } };
}

function readReference(
  item: Answers,
  items: readonly Answers[],
  { name, nullable }: { readonly name: string; readonly nullable: boolean },
  context: ColumnContext,
): ReferenceColumn | null {
  const chosen = textAnswer(item, 'target');
  const target =
    context.facts.models.find(model => `${model.module}.${model.name}` === chosen || model.name === chosen) ??
    null;
  if (target === null && chosen !== selfReference)
    return complain(context, name, `There is no model ${chosen} to point to. Choose another one.`);
  if (target !== null && !hasKey(target))
    return complain(
      context,
      name,
      `${target.name} has no single primary key column to point to. Choose another model.`,
    );
  const onDelete = readOnDelete(textAnswer(item, 'onDelete'));
  if (onDelete === 'SET NULL' && !nullable)
    return complain(
      context,
      name,
      'It can be emptied on delete only where it is nullable. Make it nullable, or choose another action.',
    );
  const unique = yesAnswer(item, 'single');
  const relationship = yesAnswer(item, 'relationship')
    ? namesOf(name, target, unique, isAlone(item, items), context)
    : null;
  return { kind: 'reference', name, target, nullable, unique, keyPlace: null, onDelete, relationship };
}

export function hasKey(
  model: ModelFact,
): model is ModelFact & { readonly key: NonNullable<ModelFact['key']> } {
  return model.key !== null;
}

function readOnDelete(text: string): OnDelete {
  return text === 'CASCADE' || text === 'SET NULL' || text === 'RESTRICT' ? text : 'NO ACTION';
}

/** True where no other column points to the same model. */
function isAlone(item: Answers, items: readonly Answers[]): boolean {
  return (
    items.filter(
      each =>
        textAnswer(each, 'type') === referenceType &&
        textAnswer(each, 'target') === textAnswer(item, 'target'),
    ).length === 1
  );
}

function namesOf(
  column: string,
  target: ModelFact | null,
  single: boolean,
  alone: boolean,
  { facts, model, problems }: ColumnContext,
): RelationshipNames {
  const taken = target?.attributes ?? [];
  const names = relationshipNames({
    column,
    model: withoutEnding(facts, model),
    target: target ? withoutEnding(facts, target.name) : null,
    single,
    alone,
    taken,
  });
  if (taken.includes(names.other)) {
    problems.push(
      `${target?.name} has an attribute ${names.other} already. Answer No to the relationship of ${column}, or rename the attribute.`,
    );
  }
  return names;
}
