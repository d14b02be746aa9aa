/** `Post.author == 5`: a relationship is compared with objects of its class, not with their keys. */
import { rangeOf, type TextRange } from '../../base/range.ts';
import type { Argument, Call, Comparison, Expression } from '../../python/syntax.ts';
import type { Meaning } from '../../sqlalchemy/meaning.ts';
import type { Model, RelationshipAttribute } from '../../sqlalchemy/model.ts';
import type { FileContext, ReportedFix, Rule } from '../rule.ts';
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

function relationshipOf(meaning: Meaning, context: FileContext): Relationship | null {
  if (meaning.kind !== 'attribute' || meaning.attribute.kind !== 'relationship') return null;
  if (mayHaveComparator(meaning.attribute, context)) return null;
  return { model: meaning.model, attribute: meaning.attribute };
}

function checkComparison(node: Comparison, context: FileContext): void {
  const [rest, ...others] = node.rest;
  if (!rest || others.length > 0 || isPythonTest(node, context.ancestors)) return;
  const { facts, file } = context;
  if (rest.operator !== '==' && rest.operator !== '!=') return;
  const relationship = relationshipOf(facts.meaningOf(node.left), context);
  if (!relationship) return;
  const other = facts.meaningOf(rest.right);
  if (!isRefused(other, relationship.attribute)) return;
  const value = writtenText(file.text, rest.right);
  const fix = {
    relationship,
    left: node.left,
    operator: rest.operator,
    value,
    isObject: other.kind === 'instance',
  };
  const replacement = replacementFor(fix, context);
  context.report({
    range: node,
    message: messageFor(relationship.attribute, rest.operator),
    fixes: replacement
      ? [{ title: replacement.title, edits: [{ range: rangeOf(node), newText: replacement.newText }] }]
      : [],
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
  { operator, value, isObject }: Replaced,
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
    const relationship = relationshipOf(context.facts.meaningOf(called.value), context);
    if (relationship) checkMethod(node, called, relationship, context);
    else if (called.attribute.id === 'filter_by') checkFilter(node, called.value, context);
  }
  if (node.arguments.some(each => each.keyword !== null)) checkConstructor(node, context);
}

/** `Post.author.in_([…])`, `User.posts.has(…)`, `User.posts.contains(3)`. */
function checkMethod(
  node: Call,
  called: Extract<Expression, { kind: 'attribute' }>,
  relationship: Relationship,
  context: FileContext,
): void {
  const method = called.attribute.id;
  const unsupported = unsupportedMethod(method, relationship.attribute);
  if (unsupported !== null) {
    const { message, instead } = unsupported;
    const written = writtenText(context.file.text, called.value);
    const fix = instead === null ? null : changeTo(instead.range(node, called), instead.newText(written));
    context.report({ range: rangeOf(called.attribute), message, fixes: fix ? [fix] : [] });
    return;
  }
  const [given] = node.arguments;
  if (method !== 'contains' || !given || given.keyword) return;
  const meaning = context.facts.meaningOf(given.value);
  if (!isRefused(meaning, { ...relationship.attribute, collection: false })) return;
  const value = writtenText(context.file.text, given.value);
  const target = targetOf(relationship, context.project);
  const left = primaryText(context.file.text, called.value);
  const replacement =
    target &&
    withinCollection(left, target, {
      relationship,
      left: called.value,
      operator: '==',
      value,
      isObject: false,
    });
  context.report({
    range: given.value,
    message: `${relationship.attribute.name} holds objects, and this is a plain value: contains() raises ArgumentError`,
    fixes: replacement
      ? [{ title: replacement.title, edits: [{ range: rangeOf(node), newText: replacement.newText }] }]
      : [],
  });
}

/** `filter_by(author=5)`, where one class alone can be meant. */
function checkFilter(node: Call, receiver: Expression, context: FileContext): void {
  const owner = context.facts.meaningOf(receiver);
  if (owner.kind !== 'statement') return;
  const models = owner.entities ?? (owner.target ? [owner.target] : []);
  for (const argument of node.arguments) checkKeyword(argument, models, 'ArgumentError', context);
}

/** `Post(author=5)`. */
function checkConstructor(node: Call, context: FileContext): void {
  const meaning = context.facts.meaningOf(node.function);
  if (meaning.kind !== 'entity' || meaning.alias || convertsValues(meaning.model, context)) return;
  for (const argument of node.arguments) checkKeyword(argument, [meaning.model], 'AttributeError', context);
}

function checkKeyword(
  { keyword, value }: Argument,
  models: readonly Model[],
  error: string,
  context: FileContext,
): void {
  if (keyword === null) return;
  const found = models.flatMap(model => {
    const attribute = model.attributes.find(each => each.name === keyword.id);
    return attribute?.kind === 'relationship' ? [{ model, attribute }] : [];
  });
  const [relationship, ...others] = found;
  if (!relationship || others.length > 0 || relationship.attribute.collection) return;
  if (!isRefused(context.facts.meaningOf(value), relationship.attribute)) return;
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
