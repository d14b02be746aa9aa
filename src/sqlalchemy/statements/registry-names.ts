/** Names in the strings of a relationship: classes and tables of the registry first, then SQLAlchemy's own functions. */
import { lastPart } from '../../base/dotted-name.ts';
import type { Expression } from '../../python/syntax.ts';
import type { Model } from '../model.ts';
import { entityOf } from './entities.ts';
import type { Evaluation } from './evaluation.ts';
import { type Environment, library, type Value } from './value.ts';

/** The expression with each class or table as one name, whose value is put among the locals. */
export function registryNames(
  evaluation: Evaluation,
  expression: Expression,
  owner: Model,
  locals: Environment['locals'],
): Expression {
  const named = (each: Expression) => registryNames(evaluation, each, owner, locals);
  switch (expression.kind) {
    case 'name':
    case 'attribute':
      return namedChain(evaluation, expression, owner, locals) ?? insideOf(expression, named);
    default:
      return insideOf(expression, named);
  }
}

function insideOf(expression: Expression, named: (each: Expression) => Expression): Expression {
  switch (expression.kind) {
    case 'attribute':
    case 'subscript':
      return { ...expression, value: named(expression.value) };
    case 'call':
      return {
        ...expression,
        function: named(expression.function),
        arguments: expression.arguments.map(each => ({ ...each, value: named(each.value) })),
      };
    case 'comparison':
      return {
        ...expression,
        left: named(expression.left),
        rest: expression.rest.map(each => ({ ...each, right: named(each.right) })),
      };
    case 'binary':
      return { ...expression, left: named(expression.left), right: named(expression.right) };
    case 'unary':
      return { ...expression, operand: named(expression.operand) };
    case 'list':
    case 'tuple':
      return { ...expression, elements: expression.elements.map(named) };
    default:
      return expression;
  }
}

/** The longest beginning of `app.models.User.id` that is a class or a table; null for what is none. */
function namedChain(
  evaluation: Evaluation,
  expression: Expression,
  owner: Model,
  locals: Environment['locals'],
): Expression | null {
  const attributes: (Expression & { readonly kind: 'attribute' })[] = [];
  let root = expression;
  for (; root.kind === 'attribute'; root = root.value) attributes.unshift(root);
  if (root.kind !== 'name') return null;
  const names = [root.id, ...attributes.map(each => each.attribute.id)];
  for (let length = names.length; length > 0; length--) {
    const text = names.slice(0, length).join('.');
    const value = registered(evaluation, text, owner) ?? (length === 1 ? library(root.id) : null);
    if (value === null) continue;
    locals.set(text, value);
    const start: Expression = { ...root, id: text };
    return attributes
      .slice(length - 1)
      .reduce<Expression>((inner, each) => ({ ...each, value: inner }), start);
  }
  return null;
}

function registered(evaluation: Evaluation, text: string, owner: Model): Value | null {
  const named = evaluation.linked
    .modelsNamed(lastPart(text))
    .filter(model => model.kind !== 'table' && `.${model.qualifiedName}`.endsWith(`.${text}`));
  const sameBase = named.filter(model => model.base === owner.base);
  const [only, ...others] = sameBase.length > 0 ? sameBase : named;
  if (only !== undefined) return others.length === 0 ? entityOf(evaluation, only) : null;
  const parts = text.split('.');
  const table = evaluation.tables.named(parts.at(-1) ?? '', parts.slice(0, -1).join('.') || owner.schema);
  return table === null ? null : { kind: 'from', from: table };
}
