/** SQL text that a call is given and that is put together there: out of what, and whether it is a value or a name. */
import { contains, sliceOf } from '../../../base/range.ts';
import { lastName } from '../../../python/last-name.ts';
import { lookup, scopeAt } from '../../../python/scopes/lookup.ts';
import type { Call, Expression, Interpolation, StringLiteral } from '../../../python/syntax.ts';
import { walkExpressions } from '../../../python/walk.ts';
import type { FileContext, ReportedFix } from '../../rule.ts';
import { boundOnce } from '../code/bound-once.ts';
import { isRevision, isTestModule } from '../code/deliberate-change.ts';
import { functionAround } from '../code/function-around.ts';
import { isOwnText, openInterpolations } from '../code/own-text.ts';
import { libraryNameOf } from '../models/column-call.ts';
import { bindFixes, goesOnWithValue } from './bind-interpolations.ts';
import { sqlArgument } from './sql-sink.ts';

export interface BuiltSql {
  /** What does it, as the subject of a sentence. */
  readonly how: string;
  /** The first value, or the first name where there are names alone. */
  readonly place: Place;
  /** Bind parameters in its place. */
  readonly fixes: readonly ReportedFix[];
  /**
   * A value, or a name that a request gives. Other names of tables and columns, settings and clauses cannot be parameters,
   * and mostly come from the program itself.
   */
  readonly isValue: boolean;
}

type Place = Expression | Interpolation;

/** Null where the call is given no SQL, where all of it is constant, and where no request reaches it. */
export function builtSql(node: Call, context: FileContext): BuiltSql | null {
  if (isOutOfReach(context)) return null;
  // What stands at module or class level is put together once, at import: no request can reach it.
  if (!context.ancestors.some(each => each.kind === 'function' || each.kind === 'lambda')) return null;
  const argument = sqlArgument(node, context.facts);
  if (!argument || isPartOfDefinition(node, context)) return null;
  const built = argument.value;
  const source = builtValue(built, context);
  const [first] = source?.places ?? [];
  if (!source || !first) return null;
  const fixes = bindFixes(node, built, context);
  const value = fixes.length > 0 ? first : source.places.find(each => takesValue(built, each, context));
  return { how: source.how, place: value ?? first, fixes, isValue: value !== undefined };
}

function takesValue(built: Expression, place: Place, context: FileContext): boolean {
  if (isGivenByRequest(place, context)) return true;
  if (isSetting(built, context) || isOwnClause(place, context)) return false;
  return textsBefore(built, place, context).some(
    text => goesOnWithValue(text) || (text.match(/'/g) ?? []).length % 2 === 1,
  );
}

/** SET and its kin take no parameters, and mostly numbers and names of the configuration. */
function isSetting(built: Expression, { file }: FileContext): boolean {
  const written = sliceOf(file.text, built).replace(/^\W*(?:[a-z]{0,2}["'])?\W*/i, '');
  return /^(?:set|reset|begin|notify|listen|unlisten)\b/i.test(written);
}

/** The SQL before the place, or before each that a template has, from the beginning of its literal. */
function textsBefore(built: Expression, place: Place, { file }: FileContext): readonly string[] {
  const template = templateOf(built);
  if (template) {
    const body = bodyOf(template, file.text);
    const fields = [...body.matchAll(/%(?:\(\w+\))?s|\{\w*\}/g)];
    return fields.map(each => body.slice(0, each.index));
  }
  // Without the quotes of Python around what stands before, and the operator.
  const before = file.text.slice(built.start, place.start).replace(opening, '');
  return [before.replace(/["']{1,3}\s*\+\s*$/, '')];
}

/** Of `%` and `.format()`. */
function templateOf(built: Expression): StringLiteral | null {
  if (built.kind === 'binary')
    return built.operator === '%' && built.left.kind === 'string' ? built.left : null;
  if (built.kind !== 'call' || built.function.kind !== 'attribute') return null;
  const { value, attribute } = built.function;
  return attribute.id === 'format' && value.kind === 'string' ? value : null;
}

const routes = /^(?:get|post|put|patch|delete|route|websocket|api_route)$/;

/** A parameter of a route, or something of a request, also by the name that it is bound to. */
function isGivenByRequest(place: Place, context: FileContext): boolean {
  const around = functionAround(context);
  const isRoute = around?.decorators.some(
    each => each.kind === 'call' && routes.test(lastName(each.function) ?? ''),
  );
  const parameters = new Set(isRoute ? around?.parameters.map(each => each.name.id) : []);
  const made = place.kind === 'interpolation' ? place.expression : place;
  const bound = made.kind === 'name' ? boundOnce(made.id, context) : null;
  let found = false;
  for (const each of bound ? [made, bound] : [made])
    walkExpressions(each, inner => {
      found ||= inner.kind === 'name' && (parameters.has(inner.id) || inner.id === 'request');
    });
  return found;
}

/** `Column(server_default=text(…))`, `CheckConstraint(text(…))`: DDL takes no parameters, and no request sends it. */
function isPartOfDefinition(node: Call, { ancestors, facts }: FileContext): boolean {
  // `text(…).bindparams(…)` begins where the text does.
  const around = ancestors.findLast(each => each.kind === 'call' && each.start < node.start);
  if (around?.kind !== 'call') return false;
  const given = around.arguments.find(({ value }) => contains(value, node));
  if (/^server_(?:default|onupdate)$|_where$|^sqltext$/.test(given?.keyword?.id ?? '')) return true;
  return definitionCalls.test(libraryNameOf(around.function, facts) ?? '');
}

const definitionCalls = /^sqlalchemy\.(?:CheckConstraint|Computed|Index|DDL)$/;

/** A condition or another clause, not a value, that the code beside has made: it mostly holds parameters of its own. */
function isOwnClause(place: Place, { file }: FileContext): boolean {
  const before = file.text.slice(Math.max(0, place.start - 80), place.start).replace(/["'\s+(]*$/, '');
  if (!/\b(?:where|and|or|not|on|having|select|by|returning)$/i.test(before)) return false;
  const made = place.kind === 'interpolation' ? place.expression : place;
  if (made.kind === 'call') return true;
  if (made.kind !== 'name') return false;
  const bindings = lookup(scopeAt(file.scopes, made.start), made.id);
  return bindings.length > 0 && bindings.every(({ kind }) => kind === 'assignment');
}

/** A migration or a test puts its own constants together, and no request reaches it. */
export function isOutOfReach({ file }: FileContext): boolean {
  return isRevision(file) || isTestModule(file.name);
}

interface BuiltValue {
  readonly how: string;
  readonly places: readonly Place[];
}

/** How the text takes in something that is not constant, or null where all of it is. */
export function builtValue(value: Expression, context: FileContext): BuiltValue | null {
  switch (value.kind) {
    case 'string': {
      const places = openInterpolations(value, context).filter(
        each => !isOnlyName(value, each.start, context),
      );
      return places.length > 0 ? { how: 'An f-string', places } : null;
    }
    case 'binary':
      return builtByOperator(value, context);
    case 'call':
      return builtByFormat(value, context);
    default:
      return null;
  }
}

function builtByOperator(
  value: Extract<Expression, { kind: 'binary' }>,
  context: FileContext,
): BuiltValue | null {
  if (value.operator === '%' && value.left.kind === 'string') {
    if (isOwnText(value.right, context) || namesOnly(value.left, context)) return null;
    return { how: 'The % operator', places: [value.right] };
  }
  if (value.operator !== '+') return null;
  const parts = operandsOf(value);
  for (const part of parts) {
    const inner = part.kind === 'binary' && part.operator === '+' ? null : builtValue(part, context);
    if (inner) return inner;
  }
  if (!parts.some(part => part.kind === 'string')) return null;
  const places = parts.filter(
    part => part.kind !== 'string' && part.kind !== 'binary' && !isOwnText(part, context),
  );
  return places.length > 0 ? { how: 'Concatenation', places } : null;
}

/** Of a chain of additions, which leans to the left and may be thousands long. */
function operandsOf(value: Expression): readonly Expression[] {
  const operands: Expression[] = [];
  let left = value;
  while (left.kind === 'binary' && left.operator === '+') {
    operands.push(left.right);
    left = left.left;
  }
  return [left, ...operands.toReversed()];
}

function builtByFormat(value: Call, context: FileContext): BuiltValue | null {
  const called = value.function;
  if (called.kind !== 'attribute' || called.attribute.id !== 'format' || called.value.kind !== 'string')
    return null;
  if (namesOnly(called.value, context)) return null;
  const places = value.arguments.map(each => each.value).filter(each => !isOwnText(each, context));
  return places.length > 0 ? { how: '.format()', places } : null;
}

/** Statements that take no parameters at all: what is put into them are names, and rarely from outside. */
export const definitions =
  /^\s*(?:create|alter|drop|grant|revoke|truncate|analyze|vacuum|reindex|refresh|comment|cluster|lock|pragma|dbcc|use|show|desc|describe)\b/i;

/** The type of a cast (`::{type}`), or a name in a statement that defines something. */
function isOnlyName(literal: StringLiteral, place: number, { file }: FileContext): boolean {
  const before = bodyOf(literal, file.text).slice(0, place - literal.start);
  return /::\w*$/.test(before) || (definitions.test(before) && !/[=<>']\s*$/.test(before));
}

function namesOnly(literal: StringLiteral, { file }: FileContext): boolean {
  const body = bodyOf(literal, file.text);
  return definitions.test(body) && !/'\s*(?:%|\{)/.test(body);
}

const opening = /^[a-z]*(?:"""|'''|"|')/i;

/** The literal with its opening blanked out, so that offsets stay. */
function bodyOf(literal: StringLiteral, text: string): string {
  return text.slice(literal.start, literal.end).replace(opening, quotes => ' '.repeat(quotes.length));
}
