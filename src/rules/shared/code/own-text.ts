/** Python values that can only be what the program itself wrote, or what cannot hold SQL: text that no user reaches. */

import { sliceOf } from '../../../base/range.ts';
import { lastName } from '../../../python/last-name.ts';
import type { Binding, ParameterBinding } from '../../../python/scopes/binding.ts';
import { lookup, scopeAt } from '../../../python/scopes/lookup.ts';
import type {
  Attribute,
  Call,
  ClassDefinition,
  Expression,
  Interpolation,
  Parameter,
  StringLiteral,
} from '../../../python/syntax.ts';
import { findNodePath, walkExpressions } from '../../../python/walk.ts';
import type { FileContext } from '../../rule.ts';
import { nameList } from '../../rule-option.ts';
import { nameOf } from '../models/mapped-annotation.ts';
import { isListedCall } from './listed-call.ts';
import { valuesPassedFor } from './private-calls.ts';

/** Constants, numbers, what a function has quoted, and what SQLAlchemy itself knows by name: tables, columns, quoted names. */
export function isOwnText(value: Expression, context: FileContext): boolean {
  switch (value.kind) {
    case 'number':
    case 'constant':
      return true;
    case 'tuple':
    case 'list':
    case 'set':
      return value.elements.every(each => isOwnText(each, context));
    case 'dict':
      return value.entries.every(
        ({ key, value: each }) => key !== null && isOwnText(key, context) && isOwnText(each, context),
      );
    case 'string':
      return value.value !== null || openInterpolations(value, context).length === 0;
    case 'conditional':
      return isOwnText(value.then, context) && isOwnText(value.otherwise, context);
    case 'binary':
      return isOwnText(value.left, context) && isOwnText(value.right, context);
    case 'starred':
      return isOwnText(value.value, context);
    case 'comprehension':
      return isOwnText(value.element, context) && (value.value === null || isOwnText(value.value, context));
    case 'call':
      return makesSafe(value, context) || givesOwnPart(value, context) || isKnown(value, context);
    case 'attribute':
      return (
        schemaNames.has(value.attribute.id) ||
        isKnown(value, context) ||
        isNameOfZone(value, context) ||
        isOwnMember(value, context) ||
        isMemberOfClass(value, context)
      );
    case 'name':
      return isBoundToOwnText(value, context) || isKnown(value, context);
    default:
      return isKnown(value, context);
  }
}

export function openInterpolations(value: StringLiteral, context: FileContext): readonly Interpolation[] {
  return value.pieces
    .filter(piece => !piece.prefix.includes('t'))
    .flatMap(piece => piece.segments)
    .filter((segment): segment is Interpolation => segment.kind === 'interpolation')
    .filter(segment => !isInBindName(value, segment, context) && !isOwnText(segment.expression, context));
}

/** `:tag_{index}`: what names a parameter puts no value into the text. */
function isInBindName({ start }: StringLiteral, hole: Interpolation, { file }: FileContext): boolean {
  return /(?<!:):\w*$/.test(file.text.slice(Math.max(start, hole.start - 60), hole.start));
}

/** Types whose values print no quotes, words or operators. */
const harmlessTypes = /^(?:builtins\.(?:int|float|bool)|uuid\.UUID|decimal\.Decimal|datetime\.\w+)$/;

function isKnown(value: Expression, { facts }: FileContext): boolean {
  const meaning = facts.meaningOf(value);
  if (meaning.kind === 'python') return meaning.type !== null && harmlessTypes.test(meaning.type);
  return (
    meaning.kind === 'constant' ||
    meaning.kind === 'entity' ||
    meaning.kind === 'attribute' ||
    meaning.kind === 'sql'
  );
}

/** `zone.key` of a `ZoneInfo`, which there is for known zones alone. */
function isNameOfZone({ value, attribute }: Attribute, { facts }: FileContext): boolean {
  const owner = facts.meaningOf(value);
  return attribute.id === 'key' && owner.kind === 'python' && owner.type === 'zoneinfo.ZoneInfo';
}

/** `self.value` in a class of members, each of which is written there. */
function isOwnMember({ value, attribute, start }: Attribute, { file }: FileContext): boolean {
  if (value.kind !== 'name' || value.id !== 'self' || !/^(?:value|name)$/.test(attribute.id)) return false;
  const around = findNodePath(file.module, start).findLast(each => each.kind === 'class');
  return around?.kind === 'class' && isEnumeration(around);
}

/** `Level.none.value`, of a class of members: one of this module, or what is imported under a name of a class. */
function isMemberOfClass({ value: member, attribute }: Attribute, { file }: FileContext): boolean {
  if (!/^(?:value|name)$/.test(attribute.id) || member.kind !== 'attribute') return false;
  const { value: owner } = member;
  if (owner.kind !== 'name' || !/^[A-Z]+[a-z]\w*$/.test(owner.id)) return false;
  const bindings = lookup(scopeAt(file.scopes, owner.start), owner.id);
  return (
    bindings.length > 0 &&
    bindings.every(each => each.kind === 'import-from' || (each.kind === 'class' && isEnumeration(each.node)))
  );
}

function isEnumeration({ arguments: bases }: ClassDefinition): boolean {
  return bases.some(({ value, keyword }) => keyword === null && /Enum$/.test(nameOf(value)));
}

/**
 * `order = "DESC" if newest else "ASC"`: whatever way the function takes, the text is the program's own. So is each of a
 * list of constants that is looped over.
 */
function isBoundToOwnText(
  { id, start }: Extract<Expression, { kind: 'name' }>,
  context: FileContext,
): boolean {
  const bindings = lookup(scopeAt(context.file.scopes, start), id);
  return bindings.length > 0 && bindings.every(binding => bindsOwnText(binding, { id, start }, context));
}

function bindsOwnText(
  binding: Binding,
  { id, start }: { readonly id: string; readonly start: number },
  context: FileContext,
): boolean {
  switch (binding.kind) {
    case 'import':
    case 'import-from':
      // What PEP 8 writes as a constant, also where its module cannot be read.
      return /^[A-Z][A-Z0-9_]+$/.test(id);
    // Names lead to earlier lines alone, so that they cannot lead in circles.
    case 'assignment':
      return (
        !binding.unpacked &&
        binding.node.end <= start &&
        isOwnText(binding.value, context) &&
        growsByOwnText(binding.value, { id, start }, context)
      );
    case 'parameter':
      return takesOwnText(binding, context);
    case 'for':
    case 'comprehension': {
      const { iterable } = binding.node;
      if (holds(iterable, start) || (binding.kind === 'for' && iterable.end > start)) return false;
      return isCounter(binding, id) || isOwnText(iterable, context);
    }
    default:
      return false;
  }
}

/** Parameters that are being asked about: a function that calls itself passes on what it was given. */
const asked = new Set<Parameter>();

/** `table: Literal["users", "posts"]`, and what each call of a private function passes a constant for. */
function takesOwnText(binding: ParameterBinding, context: FileContext): boolean {
  const { parameter } = binding;
  if (asked.has(parameter) || isLiteral(parameter)) return true;
  const values = valuesPassedFor(binding, context.file);
  if (values === null) return false;
  asked.add(parameter);
  try {
    return values.every(each => isOwnText(each, context));
  } finally {
    asked.delete(parameter);
  }
}

function isLiteral({ annotation }: Parameter): boolean {
  return annotation?.kind === 'subscript' && nameOf(annotation.value) === 'Literal';
}

/** `index` of `for index, name in enumerate(names)`. */
function isCounter(
  { node: { target, iterable } }: Binding & { kind: 'for' | 'comprehension' },
  id: string,
): boolean {
  const [first] = target.kind === 'tuple' ? target.elements : [];
  return (
    first?.kind === 'name' &&
    first.id === id &&
    iterable.kind === 'call' &&
    iterable.function.kind === 'name' &&
    iterable.function.id === 'enumerate'
  );
}

const mutable: ReadonlySet<Expression['kind']> = new Set(['list', 'set', 'dict', 'comprehension']);

/** A list holds more than what is written there where other code adds to it: whatever that adds must be the program's own. */
function growsByOwnText(
  value: Expression,
  { id, start }: { readonly id: string; readonly start: number },
  context: FileContext,
): boolean {
  if (!mutable.has(value.kind)) return true;
  const around = findNodePath(context.file.module, value.start).findLast(each => each.kind === 'function');
  const within = around ? sliceOf(context.file.text, around) : context.file.text;
  const grows = `\\.(?:append|extend|insert|add|update|setdefault)\\(|\\[[^\\]]*\\]\\s*=[^=]|\\s*[+|]=`;
  const found = [...within.matchAll(new RegExp(`\\b${id}(?:${grows})`, 'g'))];
  if (found.length === 0 || around === undefined) return found.length === 0;
  const added: Expression[] = [];
  walkExpressions(around, each => {
    if (each.kind !== 'call' || each.function.kind !== 'attribute' || each.end > start) return;
    const { value: owner, attribute } = each.function;
    const [only, ...others] = each.arguments;
    if (owner.kind !== 'name' || owner.id !== id || !/^(?:append|add)$/.test(attribute.id)) return;
    if (only !== undefined && others.length === 0) added.push(only.value);
  });
  return added.length === found.length && added.every(each => isOwnText(each, context));
}

function holds(outer: Expression, offset: number): boolean {
  return outer.start <= offset && offset < outer.end;
}

const numeric: ReadonlySet<string> = new Set([
  'int',
  'float',
  'len',
  'range',
  'abs',
  'round',
  'ceil',
  'floor',
  'hash',
  'uuid4',
]);
const quoting = /quot|escap|identifier|literal|sanitiz|mogrify/i;

/** For the rules that ask for the program's own text. */
export const quotingFunctions = nameList({
  name: 'quoting-functions',
  summary:
    'Functions whose text is safe in SQL, by the name they are called by, besides those that are called for quoting or escaping',
});

/** `int(limit)`, `preparer.quote(name)`, `uuid.uuid4()`: by their names. */
function makesSafe({ function: called }: Call, context: FileContext): boolean {
  const name = lastName(called) ?? '';
  if (numeric.has(name) || quoting.test(name)) return true;
  return isListedCall(context.option(quotingFunctions), called, context.file);
}

const partsOfDict: ReadonlySet<string> = new Set(['items', 'keys', 'values']);
const orders: ReadonlySet<string> = new Set([
  'sorted',
  'reversed',
  'enumerate',
  'zip',
  'list',
  'tuple',
  'set',
]);

/** `columns.items()` of a dictionary of constants, `sorted(TABLES)`, `", ".join(TABLES)`. */
function givesOwnPart({ function: called, arguments: given }: Call, context: FileContext): boolean {
  const values = given.filter(each => each.keyword === null).map(each => each.value);
  if (called.kind === 'name')
    return orders.has(called.id) && values.length > 0 && values.every(each => isOwnText(each, context));
  if (called.kind !== 'attribute') return false;
  if (called.attribute.id === 'join')
    return values.length === 1 && [called.value, ...values].every(each => isOwnText(each, context));
  return partsOfDict.has(called.attribute.id) && values.length === 0 && isOwnText(called.value, context);
}

const schemaNames: ReadonlySet<string> = new Set(['__tablename__', '__table__', 'fullname']);
