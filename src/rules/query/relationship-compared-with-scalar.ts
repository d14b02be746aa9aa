/** `Post.author == 5`: a relationship is compared with objects of its class, not with their keys. */
import { rangeOf, type TextRange } from '../../base/range.ts';
import type { Attribute, Call, Comparison, Expression, Identifier } from '../../python/syntax.ts';
import type { Meaning } from '../../sqlalchemy/meaning.ts';
import type { Model, RelationshipAttribute } from '../../sqlalchemy/model.ts';
import type { FileContext, Report, ReportedFix, Rule } from '../rule.ts';
import { changeTo } from '../shared/code/change-fix.ts';
import { primaryText, writtenText } from '../shared/code/operand-text.ts';
import { isPythonTest } from '../shared/code/python-condition.ts';
import { convertsValues } from '../shared/models/mapped-values.ts';
import { mayHaveComparator } from '../shared/models/relationship-call.ts';
import { unsupportedMethod } from '../shared/models/relationship-methods.ts';

export const relationshipComparedWithScalar: Rule = {
  id: 'relationship-compared-with-scalar',
  category: 'query',
  since: '0.1.0',
  severity: 'error',
  preset: 'recommended',
  fix: 'review',
  documentation: {
    summary:
      'A relationship is compared with a plain value instead of an object, or by a method it does not have',
    why: 'A relationship stands for whole objects. Compared with a number, a text or a column it raises `ArgumentError: Mapped instance expected for relationship comparison to object`. A collection cannot be compared with `==` at all and raises `InvalidRequestError`, as `has()` of a collection and `any()` of a single object do. `in_()` and `is_()` raise `NotImplementedError`.',
    instead:
      'Compare the foreign key (`Post.author_id == 5`), look through the relationship (`Post.author.has(User.id == 5)`, `User.posts.any(Post.id == 5)`), or compare with an object.',
    references: ['https://docs.sqlalchemy.org/en/20/orm/queryguide/select.html#relationship-where-operators'],
  },
  examples: [
    { bad: 'select(Post).where(Post.author == 5)', good: 'select(Post).where(Post.author_id == 5)' },
    {
      bad: 'select(User).where(User.posts == 5)',
      good: 'select(User).where(User.posts.any(Post.id == 5))',
    },
  ],
  check: { expressions: { comparison: checkComparison, call: checkCall } },
};

interface Relationship {
  readonly model: Model;
  readonly attribute: RelationshipAttribute;
}

function relationshipOf(meaning: Meaning): Relationship | null {
  if (meaning.kind !== 'attribute' || meaning.attribute.kind !== 'relationship') return null;
  return { model: meaning.model, attribute: meaning.attribute };
}

function checkComparison(node: Comparison, context: FileContext): void {
  const [rest, ...others] = node.rest;
  if (!rest || others.length > 0 || isPythonTest(node, context.ancestors)) return;
  const { facts, file } = context;
  if (rest.operator !== '==' && rest.operator !== '!=') return;
  const relationship = relationshipOf(facts.meaningOf(node.left));
  if (!relationship) return;
  const other = facts.meaningOf(rest.right);
  if (!isRefused(other, relationship.attribute)) return;
  if (mayHaveComparator(relationship.attribute, context)) return;
  const value = writtenText(file.text, rest.right);
  const fix = {
    relationship,
    left: node.left,
    operator: rest.operator,
    value,
    isObject: other.kind === 'instance',
  };
  context.report({
    range: node,
    message: messageFor(relationship.attribute, rest.operator),
    fixes: replacing(node, replacementFor(fix, context)),
  });
}

function messageFor({ name, collection }: RelationshipAttribute, operator: '==' | '!='): string {
  if (collection) {
    return `${name} is a collection, which cannot be compared with ${operator}: this raises InvalidRequestError`;
  }
  const error = operator === '==' ? 'ArgumentError' : 'AttributeError';
  return `${name} is a relationship and is compared with a plain value: this raises ${error}`;
}

/** What a parameter or a call is said to give. */
const plainTypes: ReadonlySet<string> = new Set([
  'builtins.str',
  'builtins.int',
  'builtins.float',
  'builtins.bool',
  'uuid.UUID',
]);

/** What surely is no object of the class. None is allowed: it asks for the lack of one. */
function isRefused(other: Meaning, attribute: RelationshipAttribute): boolean {
  switch (other.kind) {
    case 'constant':
      return other.value !== null;
    case 'instance':
      return attribute.collection;
    case 'python':
      return plainTypes.has(other.type ?? '') || (attribute.collection && other.type === 'builtins.list');
    case 'attribute':
      return other.attribute.kind === 'column';
    case 'entity':
      return !attribute.collection;
    default:
      return false;
  }
}

interface Replaced {
  readonly relationship: Relationship;
  readonly left: Expression;
  readonly operator: '==' | '!=';
  /** The other side, as written. */
  readonly value: string;
  readonly isObject: boolean;
}

interface Replacement {
  readonly title: string;
  readonly newText: string;
}

function replacing(node: TextRange, replacement: Replacement | null): readonly ReportedFix[] {
  if (replacement === null) return [];
  const { title, newText } = replacement;
  return [{ title, edits: [{ range: rangeOf(node), newText }] }];
}

function replacementFor(replaced: Replaced, { file, project }: FileContext): Replacement | null {
  const { relationship, left, operator, value } = replaced;
  const target = targetOf(relationship, project);
  if (target === null) return null;
  if (relationship.attribute.collection)
    return withinCollection(primaryText(file.text, left), target, replaced);
  const own = foreignKeyTo(target, relationship.model);
  if (own === null || left.kind !== 'attribute' || replaced.isObject) return null;
  const owner = writtenText(file.text, left.value);
  return { title: `Compare ${own}`, newText: `${owner}.${own} ${operator} ${value}` };
}

function targetOf({ attribute }: Relationship, project: FileContext['project']): Model | null {
  return attribute.target === null ? null : (project.models.get(attribute.target) ?? null);
}

/** The name of the one column that refers to the other class; null where several do. */
function foreignKeyTo(target: Model, { attributes }: Model): string | null {
  const foreign = attributes.filter(each => each.kind === 'column' && refersTo(each.foreignKey, target));
  return foreign.length === 1 ? (foreign[0]?.name ?? null) : null;
}

function withinCollection(
  written: string,
  target: Model,
  { operator, value, isObject }: Pick<Replaced, 'operator' | 'value' | 'isObject'>,
): Replacement | null {
  const negation = operator === '==' ? '' : '~';
  if (isObject)
    return { title: 'Look for it with .contains()', newText: `${negation}${written}.contains(${value})` };
  const keys = target.attributes.filter(each => each.kind === 'column' && each.primaryKey);
  const [key] = keys;
  if (!key || keys.length !== 1) return null;
  const newText = `${negation}${written}.any(${target.name}.${key.name} == ${value})`;
  return { title: 'Look through it with .any()', newText };
}

function refersTo(foreignKey: string | null, target: Model): boolean {
  return (
    foreignKey !== null && target.tableName !== null && foreignKey.split('.').at(-2) === target.tableName
  );
}

function checkCall(node: Call, context: FileContext): void {
  const called = node.function;
  if (called.kind === 'attribute') {
    const relationship = relationshipOf(context.facts.meaningOf(called.value));
    if (relationship) checkMethod(node, called, relationship, context);
    else if (called.attribute.id === 'filter_by') checkFilter(node, called.value, context);
  }
  if (node.arguments.some(each => each.keyword !== null)) checkConstructor(node, context);
}

/** `Post.author.in_([…])`, `User.posts.has(…)`, `User.posts.contains(3)`. */
function checkMethod(node: Call, called: Attribute, relationship: Relationship, context: FileContext): void {
  const { attribute } = relationship;
  const unsupported = unsupportedMethod(node, called, attribute, context.file.text);
  const report = unsupported
    ? { range: rangeOf(called.attribute), ...unsupported }
    : containsOfValue(node, called, relationship, context);
  if (report && !mayHaveComparator(attribute, context)) context.report(report);
}

/** `User.posts.contains(3)`. */
function containsOfValue(
  node: Call,
  { value: left, attribute: method }: Attribute,
  relationship: Relationship,
  { facts, file, project }: FileContext,
): Report | null {
  const [given] = node.arguments;
  if (method.id !== 'contains' || !given || given.keyword) return null;
  const { attribute } = relationship;
  if (!isRefused(facts.meaningOf(given.value), { ...attribute, collection: false })) return null;
  const value = writtenText(file.text, given.value);
  const target = targetOf(relationship, project);
  const replacement =
    target &&
    withinCollection(primaryText(file.text, left), target, { operator: '==', value, isObject: false });
  return {
    range: given.value,
    message: `${attribute.name} holds objects, and this is a plain value: contains() raises ArgumentError`,
    fixes: replacing(node, replacement),
  };
}

/** `filter_by(author=5)`, where one class alone can be meant. */
function checkFilter(node: Call, receiver: Expression, context: FileContext): void {
  const owner = context.facts.meaningOf(receiver);
  if (owner.kind !== 'statement') return;
  const models = owner.entities ?? (owner.target ? [owner.target] : []);
  for (const each of misgiven(node, models, context)) reportKeyword(each, 'ArgumentError', context);
}

/** `Post(author=5)`. */
function checkConstructor(node: Call, context: FileContext): void {
  const meaning = context.facts.meaningOf(node.function);
  if (meaning.kind !== 'entity' || meaning.alias) return;
  const found = misgiven(node, [meaning.model], context);
  if (found.length === 0 || convertsValues(meaning.model, context)) return;
  for (const each of found) reportKeyword(each, 'AttributeError', context);
}

interface Misgiven {
  readonly keyword: Identifier;
  readonly value: Expression;
  readonly relationship: Relationship;
}

/** Keywords that name a relationship of one of the classes, and are given a plain value. */
function misgiven(node: Call, models: readonly Model[], { facts }: FileContext): readonly Misgiven[] {
  return node.arguments.flatMap(({ keyword, value }) => {
    const relationship = keyword && onlyRelationship(keyword.id, models);
    if (!relationship || relationship.attribute.collection) return [];
    return isRefused(facts.meaningOf(value), relationship.attribute)
      ? [{ keyword, value, relationship }]
      : [];
  });
}

function onlyRelationship(name: string, models: readonly Model[]): Relationship | null {
  const [relationship, ...others] = models.flatMap(model => {
    const attribute = model.attributes.find(each => each.name === name);
    return attribute?.kind === 'relationship' ? [{ model, attribute }] : [];
  });
  return relationship && others.length === 0 ? relationship : null;
}

function reportKeyword(
  { keyword, value, relationship }: Misgiven,
  error: string,
  context: FileContext,
): void {
  context.report({
    range: { start: keyword.start, end: value.end },
    message: `${keyword.id} is a relationship and is given a plain value: this raises ${error}`,
    fixes: keywordFix(keyword, relationship, context),
  });
}

/** The key in the place of the object. */
function keywordFix(
  keyword: TextRange,
  relationship: Relationship,
  { project }: FileContext,
): readonly ReportedFix[] {
  const target = targetOf(relationship, project);
  const own = target && foreignKeyTo(target, relationship.model);
  return own === null ? [] : [changeTo(keyword, own)];
}
