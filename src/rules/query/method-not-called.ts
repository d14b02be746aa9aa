/** `order_by(User.name.desc)`: the method itself where its result is meant. */
import type { Attribute } from '../../python/syntax.ts';
import { isSqlOperand } from '../../sqlalchemy/meaning.ts';
import type { FileContext, Rule } from '../rule.ts';
import { calledName } from '../shared/statements/sql-condition.ts';

export const methodNotCalled: Rule = {
  id: 'method-not-called',
  category: 'query',
  since: '0.1.0',
  severity: 'error',
  preset: 'recommended',
  fix: 'safe',
  documentation: {
    summary: 'The parentheses of a method such as `desc()` or of a function such as `func.now()` are missing',
    why: 'Without parentheses the method itself is given: `order_by(User.name.desc)` raises `ArgumentError: Method … may not be passed as a SQL expression`. `func.now` in a comparison is taken for a value, which the driver cannot send.',
    instead: 'Call it: `User.name.desc()`, `func.now()`.',
    references: [
      'https://docs.sqlalchemy.org/en/20/core/sqlelement.html#sqlalchemy.sql.expression.ColumnOperators.desc',
      'https://docs.sqlalchemy.org/en/20/core/functions.html',
    ],
  },
  examples: [
    { bad: 'select(User).order_by(User.name.desc)', good: 'select(User).order_by(User.name.desc())' },
    {
      bad: 'select(User).where(User.deleted_at < func.now)',
      good: 'select(User).where(User.deleted_at < func.now())',
    },
  ],
  check: { expressions: { attribute: checkAttribute } },
};

const methods: ReadonlySet<string> = new Set([
  'desc',
  'asc',
  'nulls_first',
  'nulls_last',
  'nullsfirst',
  'nullslast',
  'distinct',
]);
const relationshipMethods: ReadonlySet<string> = new Set(['any', 'has']);
const takers: ReadonlySet<string> = new Set([
  'select',
  'where',
  'filter',
  'having',
  'order_by',
  'group_by',
  'and_',
  'or_',
  'not_',
  'add_columns',
]);

function checkAttribute(node: Attribute, context: FileContext): void {
  if (!isMethod(node, context) || !isGiven(node, context)) return;
  const { id, start, end } = node.attribute;
  const isFunction = context.facts.meaningOf(node).kind === 'library';
  context.report({
    range: { start, end },
    message: isFunction
      ? `func.${id} is not called: the function itself is sent as a value, which no driver can do`
      : `${id} is not called: the method itself is given, and this raises ArgumentError`,
    fixes: [{ title: 'Call it', edits: [{ range: { start: end, end }, newText: '()' }] }],
  });
}

function isMethod(node: Attribute, { facts }: FileContext): boolean {
  const meaning = facts.meaningOf(node);
  if (meaning.kind === 'library') return /^sqlalchemy\.func\.\w+$/.test(meaning.name);
  const owner = facts.meaningOf(node.value);
  if (owner.kind === 'attribute' && owner.attribute.kind === 'relationship')
    return relationshipMethods.has(node.attribute.id);
  return isSqlOperand(owner) && methods.has(node.attribute.id);
}

/** Where an expression is expected: one side of a comparison, an argument of `where()` and its kin, of `~`. */
function isGiven(node: Attribute, { ancestors, facts }: FileContext): boolean {
  const around = ancestors.at(-1);
  if (around?.kind === 'comparison') {
    const operands = [around.left, ...around.rest.map(rest => rest.right)];
    return operands.some(each => each !== node && isSqlOperand(facts.meaningOf(each)));
  }
  if (around?.kind === 'unary') return around.operator === '~';
  if (around?.kind !== 'call' || around.function === node) return false;
  return (
    takers.has(calledName(around)) && around.arguments.some(each => each.value === node && !each.keyword)
  );
}
