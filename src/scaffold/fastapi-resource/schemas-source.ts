/** What clients send and get of a resource, as a template. */
import type { ColumnField } from '../column-field.ts';
import { withArticle, wordsOf } from '../names.ts';
import { importText } from '../python-template/python-template.ts';
import type { ResourcePlan } from './resource-plan.ts';

export function schemasSource({ model, read, write }: ResourcePlan): string {
  const words = wordsOf(model.name).join(' ');
  const imports = [...read, ...write].flatMap(field => field.imports.map(importText));
  return `
"""What clients send and get of ${withArticle(words)}."""
from pydantic import BaseModel, ConfigDict, Field
${[...new Set(imports)].join('\n')}


class ${model.name}Write(BaseModel):
    """What a client sends, to make ${withArticle(words)} or to replace one."""

${write.length === 0 ? '    pass' : write.map(written).join('\n')}


class ${model.name}Read(BaseModel):
    """What a client gets."""

    model_config = ConfigDict(from_attributes=True)

${read.map(field => `    ${field.name}: ${annotation(field)}`).join('\n')}
`.replace(/(or to replace one\."""\n)\n {4}pass/, '$1');
}

function annotation({ type, nullable }: ColumnField): string {
  return nullable ? `${type} | None` : type;
}

function written(field: ColumnField): string {
  const { name, nullable, maxLength } = field;
  const length = maxLength === null ? [] : [`max_length=${maxLength}`];
  if (nullable) {
    const value = length.length === 0 ? 'None' : `Field(default=None, ${length.join('')})`;
    return `    ${name}: ${annotation(field)} = ${value}`;
  }
  return `    ${name}: ${annotation(field)}${length.length === 0 ? '' : ` = Field(${length.join('')})`}`;
}
