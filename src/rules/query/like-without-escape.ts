/** `User.name.contains(q)`: a `%` or `_` in the value matches anything. */
import type { TextEdit } from '../../base/edit.ts';
import type { BinaryOperation, Call, Expression, StringLiteral } from '../../python/syntax.ts';
import { isSqlOperand } from '../../sqlalchemy/meaning.ts';
import type { FileContext, ReportedFix, Rule } from '../rule.ts';
import { nameList } from '../rule-option.ts';
import { writtenOut } from '../shared/code/bound-once.ts';
import { isListedCall } from '../shared/code/listed-call.ts';
import { writtenText } from '../shared/code/operand-text.ts';
import { columnFamily } from '../shared/models/column-family.ts';

const escapingFunctions = nameList({
  name: 'escaping-functions',
  summary: 'Functions that escape `%` and `_` in a text, by the name they are called by',
});

export const likeWithoutEscape: Rule = {
  id: 'like-without-escape',
  category: 'query',
  since: '0.1.0',
  severity: 'information',
  preset: 'strict',
  fix: 'review',
  documentation: {
    summary: 'A value goes into LIKE without its `%` and `_` being escaped',
    why: 'LIKE reads `%` as any text and `_` as any character, also inside a value that a person typed: a search for `50%` or `first_name` finds other rows than those that hold it, and `%` alone finds all of them. Patterns that begin with `%` scan the whole table.',
    instead:
      'Write `User.name.contains(q, autoescape=True)`, and `startswith`, `endswith`, `icontains` likewise, instead of building the pattern from a string.',
    references: [
      'https://docs.sqlalchemy.org/en/20/core/operators.html#string-containment',
      'https://docs.sqlalchemy.org/en/20/core/sqlelement.html#sqlalchemy.sql.expression.ColumnOperators.contains',
    ],
  },
  options: [escapingFunctions],
  examples: [
    {
      bad: 'def found(q: str) -> object:\n    return select(User).where(User.name.contains(q))',
      good: 'def found(q: str) -> object:\n    return select(User).where(User.name.contains(q, autoescape=True))',
    },
    {
      bad: 'def found(q: str) -> object:\n    return select(User).where(User.name.ilike(f"%{q}%"))',
      good: 'def found(q: str) -> object:\n    return select(User).where(User.name.icontains(q, autoescape=True))',
    },
  ],
  check: { expressions: { call: checkCall } },
};

const affixes: ReadonlySet<string> = new Set([
  'contains',
  'startswith',
  'endswith',
  'icontains',
  'istartswith',
  'iendswith',
]);
const patterns: Readonly<Record<string, string>> = { like: '', ilike: 'i' };

function checkCall(node: Call, context: FileContext): void {
  if (node.function.kind !== 'attribute' || !isText(node.function.value, context)) return;
  const method = node.function.attribute.id;
  const given = node.arguments[0];
  if (!given || given.keyword || given.value.kind === 'starred') return;
  if (node.arguments.some(each => each.keyword?.id === 'autoescape' || each.keyword?.id === 'escape')) return;
  if (affixes.has(method)) checkAffix(given.value, context);
  else if (Object.hasOwn(patterns, method)) checkPattern(node, given.value, context);
}

/** A column of a text type; a text made by SQL. Arrays, JSON and collections have a `contains()` of their own. */
function isText(receiver: Expression, { facts }: FileContext): boolean {
  const meaning = facts.meaningOf(receiver);
  if (meaning.kind === 'attribute') return columnFamily(meaning) === 'text';
  return (
    meaning.kind === 'sql' && isSqlOperand(meaning) && /^(String|Text|Unicode)\b/.test(meaning.type ?? '')
  );
}

function checkAffix(value: Expression, context: FileContext): void {
  if (!isOpen(value, context)) return;
  const end = { start: value.parenthesized?.end ?? value.end, end: value.parenthesized?.end ?? value.end };
  context.report({
    range: { start: value.start, end: value.end },
    message: messageFor(writtenText(context.file.text, value)),
    fixes: [{ title: 'Add autoescape=True', edits: [{ range: end, newText: ', autoescape=True' }] }],
  });
}

/** A plain value of Python that is not constant. */
function isOpen(value: Expression, context: FileContext): boolean {
  const { facts, file } = context;
  if (value.kind === 'call' && isListedCall(context.option(escapingFunctions), value.function, file))
    return false;
  if (value.kind === 'string') return value.value === null;
  const isPython = (each: Expression) => facts.meaningOf(each).kind === 'python';
  if (isPython(value)) return true;
  if (value.kind === 'call' && value.function.kind === 'attribute') return isPython(value.function.value);
  return value.kind === 'name' && facts.meaningOf(value).kind === 'unknown';
}

function messageFor(written: string): string {
  return `A % or _ in ${written} matches any text: LIKE finds other rows than those that hold it`;
}

/** `f"%{q}%"` or `"%" + q + "%"`, which is what `contains()` is for. */
function checkPattern(node: Call, value: Expression, context: FileContext): void {
  const pattern = writtenOut(value, context);
  const hole = pattern && holeOf(pattern);
  if (!hole || !isOpen(hole.expression, context)) return;
  const written = writtenText(context.file.text, hole.expression);
  const fix = affixFix(node, hole, written);
  context.report({
    range: { start: value.start, end: value.end },
    message: messageFor(written),
    fixes: fix ? [fix] : [],
  });
}

interface Hole {
  readonly before: string;
  readonly expression: Expression;
  readonly after: string;
}

function holeOf(value: Expression): Hole | null {
  switch (value.kind) {
    case 'string':
      return onlyHole(value);
    case 'binary':
      return value.operator === '%' ? percentHole(value) : addedHole(value);
    case 'call':
      return formattedHole(value);
    default:
      return null;
  }
}

/** `"%{}%".format(q)`. */
function formattedHole({ function: called, arguments: given }: Call): Hole | null {
  if (called.kind !== 'attribute' || called.attribute.id !== 'format' || called.value.kind !== 'string')
    return null;
  const [only, ...others] = given;
  const parts = called.value.value?.split(/\{\w*\}/) ?? [];
  if (!only || only.unpacked || others.length > 0 || parts.length !== 2) return null;
  return { before: parts[0] ?? '', expression: only.value, after: parts[1] ?? '' };
}

/** `"%%%s%%" % q`. */
function percentHole({ left, right }: BinaryOperation): Hole | null {
  if (left.kind !== 'string' || left.value === null || right.kind === 'dict') return null;
  const parts = left.value.split(/(?<=(?:^|[^%])(?:%%)*)%s/).map(part => part.replaceAll('%%', '%'));
  const expression = right.kind === 'tuple' ? right.elements[0] : right;
  if (expression === undefined || parts.length !== 2) return null;
  return { before: parts[0] ?? '', expression, after: parts[1] ?? '' };
}

/** The one interpolation of the text, with what stands around it. */
function onlyHole(literal: StringLiteral): Hole | null {
  const segments = literal.pieces.flatMap(piece => piece.segments);
  const index = segments.findIndex(segment => segment.kind === 'interpolation');
  const hole = segments[index];
  const others = segments.filter(segment => segment !== hole);
  if (hole?.kind !== 'interpolation' || others.some(segment => segment.kind !== 'text')) return null;
  const textOf = (list: typeof segments) =>
    list.map(each => (each.kind === 'text' ? each.value : '')).join('');
  return {
    before: textOf(segments.slice(0, index)),
    expression: hole.expression,
    after: textOf(segments.slice(index + 1)),
  };
}

/** The one part of a concatenation that is no literal. */
function addedHole(value: BinaryOperation): Hole | null {
  const parts = addedParts(value);
  const index = parts.findIndex(part => part.kind !== 'string' || part.value === null);
  const expression = parts[index];
  const textOf = (list: readonly Expression[]) =>
    list.map(each => (each.kind === 'string' ? each.value : null));
  const [before, after] = [textOf(parts.slice(0, index)), textOf(parts.slice(index + 1))];
  if (expression === undefined || [...before, ...after].includes(null)) return null;
  return { before: before.join(''), expression, after: after.join('') };
}

function addedParts(value: Expression): readonly Expression[] {
  const isAdded = value.kind === 'binary' && value.operator === '+';
  return isAdded ? [...addedParts(value.left), ...addedParts(value.right)] : [value];
}

function affixFix(node: Call, { before, after }: Hole, written: string): ReportedFix | null {
  if (node.function.kind !== 'attribute') return null;
  const name =
    before === '%' && after === '%'
      ? 'contains'
      : before === '' && after === '%'
        ? 'startswith'
        : before === '%' && after === ''
          ? 'endswith'
          : null;
  const { id, start } = node.function.attribute;
  if (name === null) return null;
  const newText = `${patterns[id]}${name}(${written}, autoescape=True)`;
  const edit: TextEdit = { range: { start, end: node.end }, newText };
  return { title: `Replace with ${patterns[id]}${name}()`, edits: [edit] };
}
