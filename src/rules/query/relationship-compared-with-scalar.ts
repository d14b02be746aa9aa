/** `Post.author == 5`: a relationship is compared with objects of its class, not with their keys. */
import { rangeOf } from '../../base/range.ts';
import type { Call, Comparison, Expression } from '../../python/syntax.ts';
import type { Meaning } from '../../sqlalchemy/meaning.ts';
import type { Model, RelationshipAttribute } from '../../sqlalchemy/model.ts';
import type { FileContext, Rule } from '../rule.ts';
import { primaryText, writtenText } from '../shared/code/operand-text.ts';
import { isPythonTest } from '../shared/code/python-condition.ts';

export const relationshipComparedWithScalar: Rule = {
  id: 'relationship-compared-with-scalar',
  category: 'query',
  since: '0.1.0',
  severity: 'error',
  preset: 'recommended',
  fix: 'review',
  documentation: {
    summary: 'A relationship is compared with a plain value instead of an object',
    why: 'A relationship stands for whole objects. Compared with a number, a text or a column it raises `ArgumentError: Mapped instance expected for relationship comparison to object`. A collection cannot be compared with `==` at all and raises `InvalidRequestError`.',
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
  const { attribute, model } = relationship;
  const target = attribute.target === null ? undefined : project.models.get(attribute.target);
  if (!target) return null;
  if (attribute.collection) return withinCollection(primaryText(file.text, left), target, replaced);
  const foreign = model.attributes.filter(
    each => each.kind === 'column' && refersTo(each.foreignKey, target),
  );
  const [own] = foreign;
  if (!own || foreign.length !== 1 || left.kind !== 'attribute' || replaced.isObject) return null;
  const owner = writtenText(file.text, left.value);
  return { title: `Compare ${own.name}`, newText: `${owner}.${own.name} ${operator} ${value}` };
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

/** `Post.author.in_([…])`. */
function checkCall(node: Call, context: FileContext): void {
  if (node.function.kind !== 'attribute') return;
  const { id, start, end } = node.function.attribute;
  if (id !== 'in_' && id !== 'not_in' && id !== 'notin_') return;
  const relationship = relationshipOf(context.facts.meaningOf(node.function.value));
  if (!relationship) return;
  context.report({
    range: { start, end },
    message: `${relationship.attribute.name} is a relationship, for which ${id}() is not supported: this raises NotImplementedError`,
  });
}
