/** `select(User).where([a, b])`, `and_(conditions)`: arguments that are expected one by one. */
import { rangeOf } from '../../base/range.ts';
import type { Argument, Call } from '../../python/syntax.ts';
import type { FileContext, ReportedFix, Rule } from '../rule.ts';
import { innerText, isListOrTuple } from '../shared/code/sequences.ts';
import { isBefore2 } from '../shared/drivers/legacy-version.ts';
import { calledName } from '../shared/statements/sql-condition.ts';

export const listWithoutUnpacking: Rule = {
  id: 'list-without-unpacking',
  category: 'query',
  since: '0.1.0',
  severity: 'error',
  preset: 'recommended',
  fix: 'safe',
  documentation: {
    summary: 'A list is given to a method that takes its arguments one by one',
    why: 'Conditions, orderings, columns and options are separate arguments since 2.0. A list raises `ArgumentError: SQL expression for WHERE/HAVING role expected, got […]`, and `case([…])` its own `ArgumentError` about `whens`.',
    instead: 'Unpack it: `.where(*conditions)`, `and_(*conditions)`, `case((User.age > 3, "a"), else_="b")`.',
    references: [
      'https://docs.sqlalchemy.org/en/20/changelog/migration_20.html#select-no-longer-accepts-varied-constructor-arguments-columns-are-passed-positionally',
    ],
  },
  examples: [
    {
      bad: "select(User).where([User.name == 'a', User.age > 3])",
      good: "select(User).where(User.name == 'a', User.age > 3)",
    },
    {
      bad: "conditions = [User.name == 'a', User.age > 3]\nstmt = select(User).where(or_(conditions))",
      good: "conditions = [User.name == 'a', User.age > 3]\nstmt = select(User).where(or_(*conditions))",
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
  'select_from',
  'returning',
  'options',
]);
const functions = /^sqlalchemy\.(?:sql\.(?:expression\.)?)?(?:and_|or_|case)$/;

function checkCall(node: Call, context: FileContext): void {
  const [first, ...others] = node.arguments.filter(each => !each.keyword);
  if (
    !first ||
    others.length > 0 ||
    first.unpacked ||
    !isList(first, context) ||
    !takesOneByOne(node, context)
  )
    return;
  // One pair of condition and result, also in a variable, is what `case()` takes.
  if (isCase(node, context) && (first.value.kind !== 'list' || isBefore2(context))) return;
  const { start, end } = first.value;
  context.report({
    range: { start, end },
    message: `${calledName(node)}() takes its arguments one by one: a list raises ArgumentError`,
    fixes: [fixFor(first, context)],
  });
}

function isCase(node: Call, { facts }: FileContext): boolean {
  const called = facts.meaningOf(node.function);
  return called.kind === 'library' && /\.case$/.test(called.name);
}

function takesOneByOne(node: Call, { facts }: FileContext): boolean {
  const called = facts.meaningOf(node.function);
  if (called.kind === 'library') return functions.test(called.name);
  if (node.function.kind !== 'attribute' || !methods.has(node.function.attribute.id)) return false;
  const owner = facts.meaningOf(node.function.value);
  // Legacy Query flattens what it is given in some places.
  return owner.kind === 'statement' && owner.statement !== 'query' && owner.statement !== 'text';
}

/** Written as one, or a variable that surely holds one. */
function isList({ value }: Argument, { facts }: FileContext): boolean {
  if (isListOrTuple(value)) return value.elements.length > 0;
  const meaning = facts.meaningOf(value);
  return value.kind === 'name' && meaning.kind === 'python' && meaning.type === 'builtins.list';
}

function fixFor({ value }: Argument, { file }: FileContext): ReportedFix {
  if (!isListOrTuple(value)) {
    return { title: 'Unpack it', edits: [{ range: { start: value.start, end: value.start }, newText: '*' }] };
  }
  const edit = { range: rangeOf(value.parenthesized ?? value), newText: innerText(value, file.text) };
  return { title: 'Unpack the list', edits: [edit] };
}
