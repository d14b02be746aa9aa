/** `select(User.posts)`, `order_by(Post.author)`: as an expression a relationship is its join condition. */
import type { Argument, Call } from '../../python/syntax.ts';
import type { FileContext, Rule } from '../rule.ts';
import { calledName } from '../shared/statements/sql-condition.ts';

export const relationshipAsColumn: Rule = {
  id: 'relationship-as-column',
  category: 'query',
  since: '0.1.0',
  severity: 'error',
  preset: 'recommended',
  fix: null,
  documentation: {
    summary: 'A relationship stands where a column is expected',
    why: 'As an SQL expression a relationship is the condition by which it joins. `select(User.posts)` is `SELECT users.id = posts.author_id FROM users, posts`: a truth value for every pair of rows, and no posts. `order_by()` and `group_by()` refer to a table that is not in FROM, which PostgreSQL refuses; where it is joined, they sort and group by true and false.',
    instead:
      'Select the class: `select(Post).join(Post.author)`. Order and group by a column of the joined class, count its key: `func.count(Post.id)`.',
    references: ['https://docs.sqlalchemy.org/en/20/orm/queryguide/select.html#joins'],
  },
  examples: [
    { bad: 'select(User.posts)', good: 'select(Post).join(Post.author)' },
    {
      bad: 'select(User.id).join(User.posts).group_by(User.id).having(func.count(User.posts) > 3)',
      good: 'select(User.id).join(User.posts).group_by(User.id).having(func.count(Post.id) > 3)',
    },
  ],
  check: { expressions: { call: checkCall } },
};

const methods: ReadonlySet<string> = new Set([
  'where',
  'filter',
  'having',
  'order_by',
  'group_by',
  'add_columns',
  'with_only_columns',
  'with_entities',
]);

function checkCall(node: Call, context: FileContext): void {
  if (!takesColumns(node, context)) return;
  for (const argument of node.arguments) checkArgument(node, argument, context);
}

function takesColumns(node: Call, { facts }: FileContext): boolean {
  const called = facts.meaningOf(node.function);
  if (called.kind === 'library') return /^(sqlalchemy|sqlmodel)\.(select$|func\.)/.test(called.name);
  if (node.function.kind !== 'attribute') return false;
  const owner = facts.meaningOf(node.function.value);
  const name = node.function.attribute.id;
  return owner.kind === 'session' ? name === 'query' : owner.kind === 'statement' && methods.has(name);
}

function checkArgument(node: Call, { value, keyword }: Argument, { facts, report }: FileContext): void {
  const meaning = facts.meaningOf(value);
  if (keyword || meaning.kind !== 'attribute' || meaning.attribute.kind !== 'relationship') return;
  const { name } = meaning.attribute;
  const called = calledName(node);
  const isOrdering = /^(order|group)_by$/.test(called);
  report({
    range: { start: value.start, end: value.end },
    // As a condition, or counted beside a join to the other table, it may do what was meant.
    ...(/^(where|filter|having|count)$/.test(called) ? { severity: 'warning' as const } : {}),
    message: isOrdering
      ? `${name} is a relationship: this is its join condition, true or false, and PostgreSQL refuses it where the other table is not joined`
      : `${name} is a relationship: this is its join condition, and the other table is added to FROM with a comma where it is not joined`,
  });
}
