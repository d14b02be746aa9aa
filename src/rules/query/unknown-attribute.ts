/** `User.nmae`: an attribute that the mapped class does not have. */
import { literalPattern } from '../../base/literal-pattern.ts';
import { sliceOf } from '../../base/range.ts';
import { nearestName } from '../../base/suggest.ts';
import type { Attribute } from '../../python/syntax.ts';
import type { Model } from '../../sqlalchemy/model.ts';
import type { FileContext, Rule } from '../rule.ts';
import { isListed, nameList } from '../rule-option.ts';
import { changeTo } from '../shared/code/change-fix.ts';
import { functionAround } from '../shared/code/function-around.ts';
import { isAssignedLater } from '../shared/models/later-attributes.ts';

const madeAttributes = nameList({
  name: 'attributes',
  summary: 'Attributes that something makes at run time, as `name` or `Model.name`',
});

export const unknownAttribute: Rule = {
  id: 'unknown-attribute',
  category: 'query',
  since: '0.1.0',
  // Type checkers see this one too: it is here for its fix.
  severity: 'warning',
  preset: 'recommended',
  fix: 'review',
  documentation: {
    summary: 'A model is asked for an attribute, or a subquery for a column, that it does not have',
    why: 'The line raises `AttributeError` when it runs.',
    instead: 'Use the attribute as the model declares it.',
    references: ['https://docs.sqlalchemy.org/en/20/orm/declarative_tables.html'],
  },
  options: [madeAttributes],
  examples: [{ bad: 'column = User.nmae', good: 'column = User.name' }],
  check: { expressions: { attribute: checkAttribute } },
};

function checkAttribute(node: Attribute, context: FileContext): void {
  if (node.attribute.id.startsWith('__')) return;
  const meaning = context.facts.meaningOf(node);
  const { id, start, end } = node.attribute;
  if (meaning.kind === 'unknown-column') {
    if (isTestedAgain(context)) return;
    const near = nearestName(id, meaning.columns);
    context.report({
      range: { start, end },
      message: `The subquery has no column ${id}, only ${meaning.columns.join(', ')}: this raises AttributeError`,
      fixes: near ? [changeTo({ start, end }, near)] : [],
    });
    return;
  }
  if (meaning.kind !== 'unknown-attribute') return;
  if (!isFullyKnown(meaning.model, id) || isAssignedLater(id, context)) return;
  const made = context.option(madeAttributes);
  if (isListed(made, id) || isListed(made, `${meaning.model.name}.${id}`)) return;
  const nearest = nearestName(
    id,
    meaning.model.attributes.map(attribute => attribute.name),
  );
  context.report({
    range: { start, end },
    message: `${meaning.model.name} has no attribute ${id}: this raises AttributeError${nearest ? `; did you mean ${nearest}?` : ''}`,
    fixes: nearest ? [changeTo({ start, end }, nearest)] : [],
  });
}

/** A test around the place stands elsewhere in its function too: the subquery may have been made of other columns by it. */
function isTestedAgain({ ancestors, file }: FileContext): boolean {
  const around = functionAround({ ancestors });
  if (!around) return false;
  const text = sliceOf(file.text, around);
  return ancestors.some(each => {
    if (each.kind !== 'conditional' && each.kind !== 'if') return false;
    const test = sliceOf(file.text, each.test).replace(/^not\s+/, '');
    return [...text.matchAll(new RegExp(`\\bif\\s+(?:not\\s+)?${literalPattern(test)}`, 'g'))].length > 1;
  });
}

/** SQLModel's classes have all that pydantic gives them, tables what Core gives them. */
function isFullyKnown({ kind }: Model, asked: string): boolean {
  return kind !== 'table' && !(kind === 'sqlmodel' && fromPydantic.test(asked));
}

const fromPydantic =
  /^(?:_.*|model_.*|sqlmodel_.*|dict|json|copy|construct|parse_(?:obj|raw|file)|schema|schema_json|from_orm|update_forward_refs|validate|Config|metadata|registry)$/;
