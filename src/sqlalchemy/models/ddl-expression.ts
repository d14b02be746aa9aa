/**
 * Small SQL expressions inside table definitions (server defaults, checks, index elements, predicates) as SQLAlchemy
 * prints them in DDL: literals inline, columns without their table. Statements are rendered elsewhere.
 */

import type { Call, ComparisonOperator, Expression } from '../../python/syntax.ts';
import { quoteIdentifier } from '../../schema/identifier.ts';
import { argumentsOf } from '../reading/arguments.ts';
import { constantOf } from '../reading/constants.ts';
import { followReference, referenceOf } from '../reading/reference.ts';
import { type Constant, enterSite, maximumDepth, type Site } from '../reading/site.ts';
import { readType } from '../types/read-type.ts';

export interface DdlContext {
  readonly site: Site;
  /** Database name of the column that an expression stands for; null where it is none. */
  columnOf(expression: Expression): string | null;
}

/** Null where the expression is more than is understood here. Strings are raw SQL in `text()`, values elsewhere. */
export function renderDdlExpression(expression: Expression, context: DdlContext): string | null {
  const column = context.columnOf(expression);
  if (column !== null) return quoteIdentifier(column);
  switch (expression.kind) {
    case 'call':
      return renderCall(expression, context);
    case 'comparison':
      return renderComparison(expression, context);
    case 'binary':
      return renderBinary(expression, context);
    case 'unary':
      return renderUnary(expression, context);
    case 'name':
    case 'attribute': {
      const reference = referenceOf(expression, context.site);
      const value = reference.kind === 'variable' ? reference.node.value : null;
      if (value?.kind !== 'call' || context.site.depth > maximumDepth || reference.kind !== 'variable') break;
      return renderDdlExpression(value, { ...context, site: enterSite(context.site, reference.file) });
    }
  }
  const value = constantOf(expression, context.site);
  return value === undefined ? null : renderLiteral(value);
}

/** A string is SQL here, as in `Computed("a + b")`; SQLAlchemy reads it as `text()` does. */
export function sqlText(
  expression: Expression,
  site: Site,
  columnOf: DdlContext['columnOf'] = () => null,
): string | null {
  const sql = constantOf(expression, site);
  return typeof sql === 'string' ? unescaped(sql) : renderDdlExpression(expression, { site, columnOf });
}

/** `\:` is a colon that begins no parameter. */
function unescaped(sql: string): string {
  return sql.replaceAll('\\:', ':');
}

export function renderLiteral(value: Constant): string | null {
  if (value === null) return 'NULL';
  if (typeof value === 'string') return `'${value.replaceAll("'", "''")}'`;
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : null;
}

const keywordFunctions = new Set([
  'current_date',
  'current_time',
  'current_timestamp',
  'current_user',
  'localtime',
  'localtimestamp',
  'session_user',
  'user',
]);

function renderCall(call: Call, context: DdlContext): string | null {
  const { positional } = argumentsOf(call);
  const reference = followReference(call.function, context.site);
  if (reference.kind === 'library') return renderLibraryCall(reference.name, positional, context);
  if (call.function.kind !== 'attribute') return null;
  return renderMethod(call.function.value, call.function.attribute.id, positional, context);
}

function renderLibraryCall(
  name: string,
  positional: readonly Expression[],
  context: DdlContext,
): string | null {
  const [first, second] = positional;
  if (name.startsWith('func.')) return renderFunction(name.slice(5), positional, context);
  switch (name) {
    case 'text':
    case 'literal_column': {
      const sql = first && constantOf(first, context.site);
      return typeof sql === 'string' ? unescaped(sql) : null;
    }
    case 'true':
    case 'false':
      return name;
    case 'null':
      return 'NULL';
    case 'column':
      return quoted(first, context);
    case 'literal':
    case 'DefaultClause':
    case 'type_coerce':
      return first ? renderDdlExpression(first, context) : null;
    case 'cast':
      return first && second ? castTo(renderDdlExpression(first, context), second, context) : null;
    case 'and_':
    case 'or_':
      return joinAll(positional, name === 'and_' ? ' AND ' : ' OR ', context);
    case 'not_': {
      const operand = first && renderDdlExpression(first, context);
      return operand ? `NOT ${grouped(operand, first)}` : null;
    }
    case 'desc':
    case 'asc': {
      const operand = first && renderDdlExpression(first, context);
      return operand ? `${operand} ${name.toUpperCase()}` : null;
    }
    default:
      return null;
  }
}

function quoted(expression: Expression | undefined, context: DdlContext): string | null {
  const name = expression && constantOf(expression, context.site);
  return typeof name === 'string' ? quoteIdentifier(name) : null;
}

function renderFunction(name: string, positional: readonly Expression[], context: DdlContext): string | null {
  if (positional.length === 0 && keywordFunctions.has(name.toLowerCase())) return name.toUpperCase();
  const values = positional.map(value => renderDdlExpression(value, context));
  return values.includes(null) ? null : `${name}(${values.join(', ')})`;
}

function castTo(operand: string | null, type: Expression, context: DdlContext): string | null {
  const sql = readType(type, context.site, null)?.sql;
  return operand !== null && sql ? `CAST(${operand} AS ${sql})` : null;
}

function joinAll(operands: readonly Expression[], word: string, context: DdlContext): string | null {
  const parts = operands.map(operand => renderGrouped(operand, context));
  return parts.includes(null) ? null : parts.join(word);
}

function renderMethod(
  owner: Expression,
  method: string,
  positional: readonly Expression[],
  context: DdlContext,
): string | null {
  const operand = renderDdlExpression(owner, context);
  const first = positional[0];
  if (operand === null) return null;
  switch (method) {
    case 'desc':
    case 'asc':
      return `${operand} ${method.toUpperCase()}`;
    case 'nulls_last':
    case 'nullslast':
      return `${operand} NULLS LAST`;
    case 'nulls_first':
    case 'nullsfirst':
      return `${operand} NULLS FIRST`;
    case 'is_':
    case 'isnot':
    case 'is_not': {
      const value = first && renderDdlExpression(first, context);
      return value ? `${operand} ${method === 'is_' ? 'IS' : 'IS NOT'} ${value}` : null;
    }
    case 'in_':
    case 'not_in': {
      const values = first && constantOf(first, context.site);
      if (!Array.isArray(values) || values.length === 0) return null;
      const rendered = values.map(renderLiteral);
      return rendered.includes(null)
        ? null
        : `${operand} ${method === 'in_' ? 'IN' : 'NOT IN'} (${rendered.join(', ')})`;
    }
    case 'cast':
      return first ? castTo(operand, first, context) : null;
    case 'label':
    case 'self_group':
      return operand;
    default:
      return null;
  }
}

const operators: Partial<Record<ComparisonOperator, string>> = {
  '==': '=',
  '!=': '!=',
  '<': '<',
  '<=': '<=',
  '>': '>',
  '>=': '>=',
};

function renderComparison(node: Expression & { kind: 'comparison' }, context: DdlContext): string | null {
  const rest = node.rest[0];
  const operator = rest && operators[rest.operator];
  if (!rest || !operator || node.rest.length !== 1) return null;
  const left = renderDdlExpression(node.left, context);
  const right = renderDdlExpression(rest.right, context);
  if (left === null || right === null) return null;
  if (right === 'NULL') return `${left} ${operator === '=' ? 'IS' : 'IS NOT'} NULL`;
  return `${left} ${operator} ${right}`;
}

function renderBinary(node: Expression & { kind: 'binary' }, context: DdlContext): string | null {
  const word = { '&': 'AND', '|': 'OR', '+': '+', '-': '-', '*': '*', '/': '/', '%': '%' }[
    node.operator as string
  ];
  const left = renderGrouped(node.left, context);
  const right = renderGrouped(node.right, context);
  return word && left !== null && right !== null ? `${left} ${word} ${right}` : null;
}

function renderUnary(node: Expression & { kind: 'unary' }, context: DdlContext): string | null {
  if (node.operator === 'not') return null;
  const operand = renderDdlExpression(node.operand, context);
  if (operand === null) return null;
  return node.operator === '~' ? `NOT ${grouped(operand, node.operand)}` : `${node.operator}${operand}`;
}

function renderGrouped(node: Expression, context: DdlContext): string | null {
  const text = renderDdlExpression(node, context);
  return text === null ? null : grouped(text, node);
}

/** Parentheses around what binds weaker than a comparison, and around sums inside products. */
function grouped(text: string, node: Expression | undefined): string {
  const weak = node?.kind === 'binary' || (node?.kind === 'call' && / (AND|OR) /.test(text));
  return weak ? `(${text})` : text;
}
