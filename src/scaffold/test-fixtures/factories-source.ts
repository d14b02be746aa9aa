/** Functions that make rows for tests: what a test does not give is filled in. As a template. */
import { type ColumnField, fieldOf } from '../column-field.ts';
import { importLine } from '../module-scaffold.ts';
import { snakeOf, withArticle, wordsOf } from '../names.ts';
import { inPackage } from '../paths.ts';
import type { ColumnFact, ModelFact, ProjectFacts } from '../project-facts.ts';
import { importText } from '../python-template/python-template.ts';

export interface Factories {
  /** Null where no model can be made. */
  readonly source: string | null;
  /** The functions' names. */
  readonly names: readonly string[];
  /** What is left out, as sentences. */
  readonly notes: readonly string[];
}

interface Factory {
  readonly model: ModelFact;
  readonly fields: readonly FactoryField[];
}

interface FactoryField {
  readonly field: ColumnField;
  /** A row that must be there first. */
  readonly needs: { readonly model: ModelFact; readonly attribute: string } | null;
  /** Python for a value that no other row has; null for what may be left out. */
  readonly value: string | null;
}

export function factories(facts: ProjectFacts): Factories {
  const read = facts.models.map(model => ({ model, factory: factoryOf(facts, model) }));
  const made = withoutCircles(read.flatMap(({ factory }) => factory ?? []));
  const notes = facts.models
    .filter(model => !made.some(each => each.model === model))
    .map(({ name }) => `${name} has no factory: what a row of it must have could not be told.`);
  const names = made.map(({ model }) => nameOf(model));
  return { source: made.length === 0 ? null : sourceOf(facts, made), names, notes };
}

function nameOf({ name }: ModelFact): string {
  return `make_${snakeOf(name)}`;
}

/** Those whose rows can all be made: a circle of rows that need each other cannot begin. */
function withoutCircles(all: readonly Factory[]): readonly Factory[] {
  let made: readonly Factory[] = [];
  for (;;) {
    const more = all.filter(
      each =>
        !made.includes(each) &&
        each.fields.every(({ needs }) => needs === null || made.some(({ model }) => model === needs.model)),
    );
    if (more.length === 0) return made;
    made = [...made, ...more];
  }
}

/** Null where a column that a row must have is of a type without a known value. */
function factoryOf(facts: ProjectFacts, model: ModelFact): Factory | null {
  const from = {
    path: `${facts.tests.path}/factories.py`,
    module: inPackage(facts.tests.module, 'factories'),
  };
  const fields: FactoryField[] = [];
  for (const column of model.columns.filter(isGiven)) {
    const field = fieldOf(facts, model, column, from);
    const needs = column.nullable ? null : neededBy(facts, column);
    const value = field && !column.nullable ? fillingOf(facts, model, { field, column }) : null;
    const isFilled = field !== null && (column.nullable || needs !== null || value !== null);
    if (!isFilled && !column.nullable) return null;
    if (field) fields.push({ field, needs, value });
  }
  return { model, fields };
}

/** Not what the database or the model makes by itself, and no number that is counted up. */
function isGiven({ primaryKey, defaulted, foreignKey, type, annotation }: ColumnFact): boolean {
  if (defaulted) return false;
  const isCounted = annotation === 'int' || /^(Small|Big)?Integer\b/.test(type ?? '');
  return !primaryKey || foreignKey !== null || !isCounted;
}

function neededBy({ models }: ProjectFacts, { foreignKey }: ColumnFact): FactoryField['needs'] {
  const parts = foreignKey?.split('.') ?? [];
  const column = parts.pop();
  const model = models.find(each => each.table === parts.join('.'));
  return model?.key && model.key.column === column ? { model, attribute: model.key.attribute } : null;
}

function fillingOf(
  facts: ProjectFacts,
  model: ModelFact,
  { field, column }: { readonly field: ColumnField; readonly column: ColumnFact },
): string | null {
  if (column.foreignKey !== null) return null;
  const days = column.unique || column.primaryKey ? ' + timedelta(days=number)' : '';
  switch (field.type) {
    case 'int':
      return 'number';
    case 'str':
      return field.maxLength !== null && field.maxLength < column.attribute.length + 10
        ? 'str(number)'
        : `f"${column.attribute.replaceAll('_', ' ')} {number}"`;
    case 'bool':
      return 'False';
    case 'float':
      return 'float(number)';
    case 'Decimal':
      return 'Decimal(number)';
    case 'date':
      return `date(2026, 1, 2)${days}`;
    case 'datetime':
      return `datetime(2026, 1, 2, tzinfo=${facts.style.python < 311 ? 'timezone.utc' : 'UTC'})${days}`;
    case 'UUID':
      return 'uuid4()';
    default:
      if (field.type.startsWith('dict[')) return '{}';
      return isEnum(facts, model, field.type) ? `next(iter(${field.type}))` : null;
  }
}

/** As its class statement says, in the model's module or where that takes it from. */
function isEnum({ fileAt, project }: ProjectFacts, model: ModelFact, name: string): boolean {
  const sign = new RegExp(`^class ${name}\\([^)]*Enum\\b`, 'm');
  if (sign.test(fileAt(model.path)?.text ?? '')) return true;
  return [...project.files.values()].some(file => sign.test(file.text));
}

function sourceOf(facts: ProjectFacts, made: readonly Factory[]): string {
  const imports = made.flatMap(({ model, fields }) => [
    importLine(model),
    ...fields.flatMap(({ field }) => field.imports.map(importText)),
  ]);
  const typing = facts.style.python < 311 ? 'typing_extensions' : 'typing';
  const zone = facts.style.python < 311 ? 'timezone' : 'UTC';
  return `
"""Rows for tests: what a test does not give is filled in."""
from datetime import ${zone}, date, datetime, timedelta
from decimal import Decimal
from itertools import count
from typing import TypedDict
from ${typing} import Unpack
from uuid import UUID, uuid4
from sqlalchemy.ext.asyncio import AsyncSession
${[...new Set(imports)].join('\n')}

NUMBERS = count(1)


${made.map(factoryCode).join('\n\n\n')}
`;
}

function factoryCode({ model, fields }: Factory): string {
  const name = snakeOf(model.name);
  const words = wordsOf(model.name).join(' ');
  const keys = fields.map(
    ({ field }) => `    ${field.name}: ${field.type}${field.nullable ? ' | None' : ''}`,
  );
  const filled = fields.filter(({ value }) => value !== null);
  const needed = fields.flatMap(({ field, needs }) => (needs ? [{ field, ...needs }] : []));
  const given = fields.length > 0 ? `, **given: Unpack[${model.name}Values]` : '';
  const values = filled.map(({ field, value }) => `        "${field.name}": ${value},`);
  const body = [
    `    """Make ${withArticle(words)}."""`,
    ...(filled.some(({ value }) => /\bnumber\b/.test(value ?? '')) ? ['    number = next(NUMBERS)'] : []),
    ...needed.map(({ field, model: other, attribute }) =>
      [
        `    if "${field.name}" not in given:`,
        `        ${field.name.replace(/_id$/, '')}_row = await ${nameOf(other)}(session)`,
        `        given["${field.name}"] = ${field.name.replace(/_id$/, '')}_row.${attribute}`,
      ].join('\n'),
    ),
    ...(values.length > 0
      ? [`    values: ${model.name}Values = {\n${values.join('\n')}\n        **given,\n    }`]
      : []),
    `    ${name} = ${model.name}(${values.length > 0 ? '**values' : fields.length > 0 ? '**given' : ''})`,
    `    session.add(${name})`,
    '    await session.flush()',
    `    return ${name}`,
  ];
  const types =
    fields.length > 0
      ? `class ${model.name}Values(TypedDict, total=False):\n    """What a test can give of ${withArticle(words)}."""\n\n${keys.join('\n')}\n\n\n`
      : '';
  return `${types}async def ${nameOf(model)}(session: AsyncSession${given}) -> ${model.name}:\n${body.join('\n')}`;
}

/** Each of them once, without anything given. */
export function factoriesTestSource(
  module: string,
  names: readonly string[],
  concurrency: 'sync' | 'async',
): string {
  const mark = concurrency === 'async' ? '@pytest.mark.asyncio\n' : '';
  return `
"""The factories make rows that the database takes."""
import pytest
from ${module} import ${names.join(', ')}
from sqlalchemy.ext.asyncio import AsyncSession

${mark}async def test_each_factory_makes_a_row(session: AsyncSession) -> None:
    """Twice, so that what has to differ does."""
    for _ in range(2):
${names.map(name => `        await ${name}(session)`).join('\n')}
`;
}
