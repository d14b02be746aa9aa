/** What New Model asks. The defaults are what the project does already. */

import { pluralOf, snakeOf } from '../names.ts';
import type { ModelPlace, ProjectFacts } from '../project-facts.ts';
import type { GroupQuestion, ItemQuestion, PickOption, Question } from '../scaffold.ts';

export const inlineTimestamps = 'timestamps';
export const selfReference = 'self';

export function modelQuestions(facts: ProjectFacts, activePath: string | null): readonly Question[] {
  return [
    {
      kind: 'text',
      id: 'name',
      title: 'Name',
      prompt: 'The name of the class, in the singular.',
      placeholder: `OrderItem${facts.habits.ending}`,
    },
    ...tableQuestion(facts),
    ...placeQuestion(facts, activePath),
    ...keyQuestion(facts),
    mixinsQuestion(facts),
    columnsQuestion(facts),
  ];
}

/** Not asked where the base class derives the name. */
function tableQuestion({ habits, base }: ProjectFacts): readonly Question[] {
  if (base?.namesTables) return [];
  const example = snakeOf('OrderItem');
  return [
    {
      kind: 'text',
      id: 'table',
      title: 'Table name',
      prompt: `Leave it empty for the name of the class${habits.pluralTables ? ' in the plural' : ''}.`,
      placeholder: habits.pluralTables ? pluralOf(example) : example,
      optional: true,
    },
  ];
}

function placeQuestion({ places, root }: ProjectFacts, activePath: string | null): readonly Question[] {
  if (places.length < 2) return [];
  const nearest = places.find(place => activePath !== null && isAt(place, activePath)) ?? places[0];
  return [
    {
      kind: 'pick',
      id: 'place',
      title: 'Place',
      prompt: 'The file or folder that the model goes into.',
      options: places.map(place => ({
        value: place.path,
        label: place.path.slice(root.length + 1),
        description: place.kind === 'folder' ? 'a new file' : 'at the end of the file',
      })),
      ...(nearest ? { initial: nearest.path } : {}),
    },
  ];
}

function isAt(place: ModelPlace, path: string): boolean {
  return place.kind === 'file' ? place.path === path : path.startsWith(`${place.path}/`);
}

function keyQuestion(facts: ProjectFacts): readonly Question[] {
  const { base, keySample } = facts;
  // Where the base has a key, models may still have their own.
  if (base?.hasKey && (facts.usualKey === null || facts.usualKey === 'inherited')) return [];
  const options: readonly PickOption[] = [
    ...(base?.hasKey ? [{ value: 'inherited', label: `That of ${base.name}` }] : []),
    ...(keySample
      ? [{ value: 'usual', label: 'As in the other models', description: keySample.arguments.join(', ') }]
      : []),
    ...facts.mixins
      .filter(mixin => mixin.hasKey)
      .map(mixin => ({
        value: `mixin:${mixin.module}.${mixin.name}`,
        label: mixin.name,
        description: mixin.summary,
      })),
    ...facts.keyAliases.map(alias => ({
      value: `alias:${alias.module}.${alias.name}`,
      label: alias.name,
      description: `from ${alias.module}`,
    })),
    { value: 'integer', label: 'Integer', description: 'counted up by the database, to 2 billion' },
    { value: 'bigint', label: 'Big integer', description: 'counted up by the database' },
    { value: 'uuid', label: 'UUID', description: 'random, made in Python' },
  ];
  const usual = options.find(option => option.value === facts.usualKey) ?? options[0];
  const prompt = 'What identifies a row.';
  return [
    {
      kind: 'pick',
      id: 'key',
      title: 'Primary key',
      prompt,
      options,
      ...(usual ? { initial: usual.value } : {}),
    },
  ];
}

/** Those of more than half of the models. */
export function usualMixins({ mixins, models }: ProjectFacts): readonly string[] {
  return mixins
    .filter(mixin => !mixin.hasKey && mixin.uses * 2 > models.length)
    .map(mixin => `${mixin.module}.${mixin.name}`);
}

function mixinsQuestion(facts: ProjectFacts): Question {
  const { mixins, base } = facts;
  const options: PickOption[] = mixins
    .filter(mixin => !mixin.hasKey)
    .map(mixin => ({
      value: `${mixin.module}.${mixin.name}`,
      label: mixin.name,
      description: mixin.attributes.join(', '),
      ...(mixin.summary === '' ? {} : { detail: mixin.summary }),
    }));
  const named = [...mixins.flatMap(mixin => mixin.attributes), ...(base?.attributes ?? [])];
  if (!named.some(name => /^(created|updated)(_at|_on)?$/.test(name))) {
    options.push({ value: inlineTimestamps, label: 'Timestamps', description: 'created_at, updated_at' });
  }
  const prompt = 'Columns that the model shares with others.';
  return { kind: 'multi-pick', id: 'mixins', title: 'Mixins', prompt, options, initial: usualMixins(facts) };
}

function columnsQuestion(facts: ProjectFacts): GroupQuestion {
  return {
    kind: 'group',
    id: 'columns',
    title: 'Columns',
    prompt: 'The columns besides the primary key and those of the mixins.',
    item: 'column',
    summary: ['name', 'type'],
    questions: columnQuestions(facts),
  };
}

/** The id `type` of a foreign key; all others are kinds of `ColumnTypePlan`. */
export const referenceType = 'foreign-key';

const uniqueTypes = ['string', 'text', 'integer', 'bigint', 'numeric', 'date', 'timestamp', 'uuid', 'enum'];

/** Of one column. */
export function columnQuestions(facts: ProjectFacts): readonly ItemQuestion[] {
  const reference = { question: 'type', is: [referenceType] };
  return [
    {
      kind: 'text',
      id: 'name',
      title: 'Column name',
      prompt: 'The name in Python and in the database.',
      placeholder: 'unit_price',
    },
    {
      kind: 'pick',
      id: 'type',
      title: 'Type',
      prompt: 'What the column holds.',
      options: typeOptions,
      initial: 'string',
    },
    {
      kind: 'text',
      id: 'length',
      title: 'Length',
      prompt: 'The most characters that fit.',
      initial: '255',
      when: { question: 'type', is: ['string'] },
    },
    {
      kind: 'text',
      id: 'precision',
      title: 'Digits',
      prompt: 'All digits, and those behind the point.',
      initial: '12, 2',
      when: { question: 'type', is: ['numeric'] },
    },
    {
      kind: 'text',
      id: 'values',
      title: 'Values',
      prompt: 'The values that are allowed, with commas between them.',
      placeholder: 'pending, paid, shipped',
      when: { question: 'type', is: ['enum'] },
    },
    {
      kind: 'pick',
      id: 'target',
      title: 'Referenced model',
      prompt: 'The model that a row points to.',
      options: targetOptions(facts),
      when: reference,
    },
    {
      kind: 'confirm',
      id: 'nullable',
      title: 'Nullable',
      prompt: 'May the column be empty?',
      initial: false,
    },
    {
      kind: 'confirm',
      id: 'unique',
      title: 'Unique',
      prompt: 'Is each value allowed only once?',
      initial: false,
      when: { question: 'type', is: uniqueTypes },
    },
    {
      kind: 'confirm',
      id: 'index',
      title: 'Index',
      prompt: 'Will rows be searched by the column?',
      initial: false,
      when: { question: 'unique', is: [false] },
    },
    {
      kind: 'confirm',
      id: 'single',
      title: 'One to one',
      prompt: 'May only one row point to the same target?',
      initial: false,
      when: reference,
    },
    {
      kind: 'pick',
      id: 'onDelete',
      title: 'On delete',
      prompt: 'What happens to the row when its target is deleted.',
      options: onDeleteOptions,
      initial: 'NO ACTION',
      when: reference,
    },
    {
      kind: 'confirm',
      id: 'relationship',
      title: 'Relationship',
      prompt: 'Add a relationship to both models?',
      initial: true,
      when: reference,
    },
  ];
}

const typeOptions: readonly PickOption[] = [
  { value: 'string', label: 'String', description: 'VARCHAR, up to a length' },
  { value: 'text', label: 'Text', description: 'TEXT, of any length' },
  { value: 'integer', label: 'Integer', description: 'INTEGER, to 2 billion' },
  { value: 'bigint', label: 'Big integer', description: 'BIGINT' },
  { value: 'numeric', label: 'Numeric', description: 'NUMERIC, exact, as for money' },
  { value: 'float', label: 'Float', description: 'DOUBLE PRECISION, inexact' },
  { value: 'boolean', label: 'Boolean', description: 'BOOLEAN' },
  { value: 'date', label: 'Date', description: 'DATE' },
  { value: 'timestamp', label: 'Timestamp', description: 'TIMESTAMP WITH TIME ZONE' },
  { value: 'uuid', label: 'UUID', description: 'UUID' },
  { value: 'json', label: 'JSON', description: 'JSONB, a dictionary' },
  { value: 'enum', label: 'Enum', description: 'a type of its own with fixed values' },
  { value: referenceType, label: 'Foreign key', description: 'points to a row of another model' },
];

const onDeleteOptions: readonly PickOption[] = [
  {
    value: 'NO ACTION',
    label: 'Refuse',
    description: 'the target cannot be deleted as long as the row is there',
  },
  { value: 'CASCADE', label: 'Delete the row too', description: 'ON DELETE CASCADE' },
  {
    value: 'SET NULL',
    label: 'Empty the column',
    description: 'ON DELETE SET NULL; the column must be nullable',
  },
  {
    value: 'RESTRICT',
    label: 'Refuse at once',
    description: 'ON DELETE RESTRICT; even within one transaction',
  },
];

function targetOptions({ models }: ProjectFacts): readonly PickOption[] {
  const others = models
    .filter(model => model.key !== null)
    .map(model => ({ value: `${model.module}.${model.name}`, label: model.name, description: model.table }));
  return [...others, { value: selfReference, label: 'The model itself', description: 'as for a tree' }];
}
