/** `select(User).where(User.posts.title == "a")`: a relationship of the class is no object to walk through. */
import type { Attribute } from '../../python/syntax.ts';
import type { Model, RelationshipAttribute } from '../../sqlalchemy/model.ts';
import type { FileContext, ReportedFix, Rule } from '../rule.ts';
import { writtenText } from '../shared/code/operand-text.ts';

export const attributeThroughRelationship: Rule = {
  id: 'attribute-through-relationship',
  category: 'query',
  since: '0.1.0',
  severity: 'error',
  preset: 'recommended',
  fix: 'review',
  documentation: {
    summary: 'An attribute of the related class is read through a relationship of the class',
    why: "On an object, `post.author.name` walks to the author. On the class, `Post.author` is a description of the relationship: `Post.author.name` raises `AttributeError: Neither 'InstrumentedAttribute' object nor 'Comparator' object associated with Post.author has an attribute 'name'`. Django’s `author__name` has made it a habit.",
    instead:
      'Join and name the other class: `.join(Post.author).where(User.name == "a")`, or ask through the relationship: `Post.author.has(User.name == "a")`, `User.posts.any(Post.title == "a")`.',
    references: ['https://docs.sqlalchemy.org/en/20/orm/queryguide/select.html#relationship-where-operators'],
  },
  examples: [
    {
      bad: "select(Post).where(Post.author.name == 'a')",
      good: "select(Post).where(Post.author.has(User.name == 'a'))",
    },
    {
      bad: "select(User).join(User.posts).where(User.posts.title == 'a')",
      good: "select(User).join(User.posts).where(Post.title == 'a')",
    },
  ],
  check: { expressions: { attribute: checkAttribute } },
};

/** What relationships have themselves. */
const own =
  /^(any|has|contains|of_type|and_|is_|is_not|isnot|in_|not_in|property|prop|parent|class_|key|mapper|entity|expression|comparator|impl|label|desc|asc|info|type|timetuple)$|^_/;

function checkAttribute(node: Attribute, context: FileContext): void {
  const { id, start, end } = node.attribute;
  const owner = context.facts.meaningOf(node.value);
  if (owner.kind !== 'attribute' || owner.attribute.kind !== 'relationship' || own.test(id)) return;
  const target = context.project.models.get(owner.attribute.target ?? '');
  if (!target?.attributes.some(each => each.name === id)) return;
  const path = `${owner.model.name}.${owner.attribute.name}`;
  const fix = fixFor(node, owner.attribute, target, context);
  context.report({
    range: { start, end },
    message: `${path} is a relationship, not an object, and has no ${id}: this raises AttributeError; join it and write ${target.name}.${id}`,
    fixes: fix ? [fix] : [],
  });
}

/** Where it is one side of a comparison: `any()` or `has()` around the whole of it. */
function fixFor(
  node: Attribute,
  { collection }: RelationshipAttribute,
  target: Model,
  { ancestors, file }: FileContext,
): ReportedFix | null {
  const around = ancestors.at(-1);
  if (around?.kind !== 'comparison' || around.left !== node || around.rest.length !== 1) return null;
  const method = collection ? 'any' : 'has';
  const rest = file.text.slice(node.end, around.end);
  const newText = `${writtenText(file.text, node.value)}.${method}(${target.name}.${node.attribute.id}${rest})`;
  return {
    title: `Ask with .${method}()`,
    edits: [{ range: { start: around.start, end: around.end }, newText }],
  };
}
