/** Values that code gives to mapped columns without a statement of its own: `User(age=age)`, `user.age = age`, `session.get(User, key)`. */
import type { Assignment, Call, Expression } from '../../../python/syntax.ts';
import type { GivenValue } from '../../../sqlalchemy/given-value.ts';
import type { Meaning } from '../../../sqlalchemy/meaning.ts';
import type { ColumnAttribute, Model } from '../../../sqlalchemy/model.ts';
import type { FileContext } from '../../rule.ts';

export interface MappedValue {
  readonly value: GivenValue;
  readonly column: ColumnAttribute;
  /** `User.age`. */
  readonly name: string;
  /** What takes it first, and may convert it (`convertsValues`); null for a key, which is sent as it is. */
  readonly through: Model | null;
}

export function mappedValues(node: Call, context: FileContext): readonly MappedValue[] {
  return [...keyOfGet(node, context), ...valuesOfConstructor(node, context)];
}

/** `user.age = age`. */
export function assignedValue({ targets, value }: Assignment, context: FileContext): MappedValue | null {
  const [target, ...others] = targets;
  if (target?.kind !== 'attribute' || others.length > 0 || value === null) return null;
  const owner = context.facts.meaningOf(target.value);
  if (owner.kind !== 'instance') return null;
  const column = columnsOf(owner.model).find(({ name }) => name === target.attribute.id);
  return column ? { ...mappedValue(owner.model, column, value, context), through: owner.model } : null;
}

function keyOfGet(
  { function: called, arguments: given }: Call,
  context: FileContext,
): readonly MappedValue[] {
  const [entity, key] = given;
  if (called.kind !== 'attribute' || !/^get(?:_one)?$/.test(called.attribute.id)) return [];
  if (!entity || !key || key.keyword || context.facts.meaningOf(called.value).kind !== 'session') return [];
  const meaning = context.facts.meaningOf(entity.value);
  if (meaning.kind !== 'entity') return [];
  const [only, ...others] = columnsOf(meaning.model).filter(({ primaryKey }) => primaryKey);
  if (!only || others.length > 0) return [];
  return [{ ...mappedValue(meaning.model, only, key.value, context), through: null }];
}

function valuesOfConstructor(
  { function: called, arguments: given }: Call,
  context: FileContext,
): readonly MappedValue[] {
  const meaning = context.facts.meaningOf(called);
  if (meaning.kind !== 'entity' || meaning.alias) return [];
  const columns = new Map(columnsOf(meaning.model).map(column => [column.name, column]));
  return given.flatMap(({ keyword, value }) => {
    const column = keyword ? columns.get(keyword.id) : undefined;
    return column ? [{ ...mappedValue(meaning.model, column, value, context), through: meaning.model }] : [];
  });
}

function columnsOf({ attributes }: Model): readonly ColumnAttribute[] {
  return attributes.filter(attribute => attribute.kind === 'column');
}

/**
 * A constructor, a validator or a listener of its own may take what a column or relationship does not. Asked last, of what
 * would be reported: a check that asks it depends on all that the model's file says.
 */
export function convertsValues({ kind, attributes, location }: Model, { project }: FileContext): boolean {
  const text = project.files.get(location.path)?.text ?? '';
  return (
    kind === 'table' ||
    attributes.some(({ name }) => name === '__init__') ||
    /\bvalidates\(|\bvalidator\b|__setattr__|\blisten/.test(text)
  );
}

function mappedValue(
  { name }: Model,
  column: ColumnAttribute,
  expression: Expression,
  { facts, file }: FileContext,
): Omit<MappedValue, 'through'> {
  const { start, end } = expression;
  const meaning = facts.meaningOf(expression);
  const value: GivenValue = {
    location: { path: file.path, range: { start, end } },
    class: classOf(meaning, expression),
    elements: expression.kind === 'list' ? elementsOf(expression.elements, facts) : null,
    aware: null,
    constant: meaning.kind === 'constant' || expression.kind === 'list',
  };
  return { value, column, name: `${name}.${column.name}` };
}

/** The class of all elements; null where they are of several, or not known. */
function elementsOf(elements: readonly Expression[], facts: FileContext['facts']): string | null {
  const [first = null, ...others] = elements.map(each => classOf(facts.meaningOf(each), each));
  return others.every(each => each === first) ? first : null;
}

function classOf(meaning: Meaning, expression: Expression): string | null {
  // A key may be given as a tuple or by the names of its columns.
  if (meaning.kind === 'python')
    return /^builtins\.(?:list|dict)$/.test(meaning.type ?? '') ? null : meaning.type;
  if (meaning.kind !== 'constant') return null;
  switch (typeof meaning.value) {
    case 'string':
      return 'builtins.str';
    case 'boolean':
      return 'builtins.bool';
    case 'number':
      return expression.kind === 'number' && expression.type === 'float' ? 'builtins.float' : 'builtins.int';
    default:
      return null;
  }
}
