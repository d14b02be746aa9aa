/**
 * PostgreSQL's raw parse tree of an expression, stripped of what does not change its meaning: places in the text, casts,
 * schema prefixes, and the many spellings of one operator. Made to be compared, not to be read. Moments and intervals
 * all count as equal: PostgreSQL writes them anew in the session's time zone.
 */
import { isRecord, type PlainRecord, recordOf } from '../base/record.ts';
export type Canonical = string | readonly Canonical[] | { readonly [key: string]: Canonical };

/** Takes nodes as `libpg-query` gives them: `{ A_Expr: {…} }`. */
export function canonicalExpression(node: unknown): Canonical {
  if (Array.isArray(node)) return node.map(canonicalExpression);
  if (!isRecord(node)) return String(node);
  const [entry] = Object.entries(node);
  if (entry === undefined) return '';
  const [kind, value] = entry;
  const fields = recordOf(value);
  switch (kind) {
    case 'TypeCast':
      return cast(fields);
    case 'A_Const':
      return constant(fields);
    case 'ColumnRef':
      return `column ${lastString(fields.fields)}`;
    case 'FuncCall':
      return call(fields);
    case 'SQLValueFunction':
      return valueFunction(fields);
    case 'A_Expr':
      return operation(fields);
    case 'BoolExpr':
      return booleans(String(fields.boolop), list(fields.args));
    default:
      return { kind, ...plainFields(fields) };
  }
}

/**
 * Of a condition under which something counts, such as an index's WHERE: NULL is as good as false there, so that
 * `IS TRUE` and `IS FALSE` say what the column and its NOT say.
 */
export function canonicalCondition(node: unknown): Canonical {
  const fields = recordOf(node);
  if (isRecord(fields.BoolExpr) && fields.BoolExpr.boolop === 'AND_EXPR')
    return booleanOf('AND_EXPR', list(fields.BoolExpr.args).map(canonicalCondition));
  if (!isRecord(fields.BooleanTest)) return canonicalExpression(node);
  const { arg, booltesttype } = fields.BooleanTest;
  const test = canonicalExpression(arg);
  if (booltesttype === 'IS_TRUE') return test;
  return booltesttype === 'IS_FALSE' ? negated(test) : canonicalExpression(node);
}

function negated(condition: Canonical): Canonical {
  return booleanOf('NOT_EXPR', [condition]);
}

/** Of any other node: all that is no place in the text. */
function plainFields(fields: PlainRecord): Readonly<Record<string, Canonical>> {
  const kept = Object.entries(fields).filter(([name]) => !/location$|^typemod$/.test(name));
  return Object.fromEntries(kept.map(([name, value]) => [name, canonicalExpression(value)]));
}

const someMoment = 'constant moment';

function cast({ arg, typeName }: PlainRecord): Canonical {
  const value = canonicalExpression(arg);
  const type = isRecord(typeName) ? lastString(typeName.names) : '';
  const isTime = /^(?:timestamp|timestamptz|date|time|timetz|interval)$/.test(type);
  return isTime && typeof value === 'string' && value.startsWith('constant ') ? someMoment : value;
}

/** Constants by what their text means: `0`, `'0'` and `'0'::integer` are the same here. */
function constant(fields: PlainRecord): Canonical {
  if (fields.isnull === true) return 'null';
  const [kind, value] = Object.entries(fields).find(([name]) => /val$/.test(name)) ?? ['', {}];
  const inner = isRecord(value) ? Object.values(value)[0] : undefined;
  if (kind === 'ival') return `constant ${String(inner ?? 0)}`;
  if (kind === 'boolval') return `constant ${String(inner ?? false)}`;
  const text = String(inner ?? '');
  if (/^\d{4}-\d\d-\d\d(?:$|[ T]\d)/.test(text)) return someMoment;
  return `constant ${plainNumber(text) ?? plainDocument(text) ?? text}`;
}

/** `1.50` and `1.5`; null for what is no number, or one that JavaScript cannot hold. */
function plainNumber(text: string): string | null {
  const isNumber = /^-?\d+(?:\.\d*)?(?:e[+-]?\d+)?$/i.test(text);
  return isNumber && text.length < 16 ? String(Number(text)) : null;
}

/** JSON with its spaces and the order of its keys, as JSONB forgets them. */
function plainDocument(text: string): string | null {
  if (!/^\s*[[{]/.test(text)) return null;
  try {
    return JSON.stringify(sorted(JSON.parse(text)));
  } catch {
    return text.replace(/\s*,\s*/g, ',');
  }
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (!isRecord(value)) return value;
  const entries = Object.entries(value).map(([key, inner]) => [key, sorted(inner)] as const);
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)));
}

const currentTime = 'now()';

function valueFunction({ op, typmod }: PlainRecord): Canonical {
  const name = String(op);
  return name === 'SVFOP_CURRENT_TIMESTAMP' ? currentTime : `${name} ${String(typmod ?? '')}`;
}

function call(fields: PlainRecord): Canonical {
  const name = lastString(fields.funcname).toLowerCase();
  const parameters = list(fields.args);
  if ((name === 'now' || name === 'transaction_timestamp') && parameters.length === 0) return currentTime;
  const rest = Object.entries(fields).filter(
    ([key]) => !/location$|^(?:funcname|args|funcformat)$/.test(key),
  );
  return {
    call: name,
    arguments: parameters.map(canonicalExpression),
    ...Object.fromEntries(rest.map(([key, value]) => [key, canonicalExpression(value)])),
  };
}

function operation(fields: PlainRecord): Canonical {
  const operator = lastString(fields.name);
  const left = fields.lexpr === undefined ? null : canonicalExpression(fields.lexpr);
  const right = canonicalExpression(fields.rexpr);
  switch (fields.kind) {
    case 'AEXPR_IN':
      return among(operator === '<>' ? '<>' : '=', left ?? '', listItems(fields.rexpr));
    case 'AEXPR_OP_ANY':
    case 'AEXPR_OP_ALL': {
      const elements = arrayElements(fields.rexpr);
      const fits = (fields.kind === 'AEXPR_OP_ANY') === (operator === '=');
      if (elements !== null && fits && /^(?:=|<>)$/.test(operator))
        return among(operator, left ?? '', elements);
      return { operator, kind: String(fields.kind), left: left ?? '', right };
    }
    case 'AEXPR_BETWEEN':
    case 'AEXPR_NOT_BETWEEN':
      return between(fields, left ?? '');
    case 'AEXPR_DISTINCT':
    case 'AEXPR_NOT_DISTINCT':
    case 'AEXPR_NULLIF':
      return { operator: String(fields.kind), left: left ?? '', right };
    default:
      if (left === null && operator === '-' && typeof right === 'string' && right.startsWith('constant '))
        return `constant -${right.slice('constant '.length)}`;
      if (left !== null && operator === '=' && right === 'constant true') return left;
      if (left !== null && operator === '=' && right === 'constant false') return negated(left);
      return { operator, left: left ?? '', right };
  }
}

/** PostgreSQL makes an equation of a list of one. */
function among(operator: string, left: Canonical, items: readonly Canonical[]): Canonical {
  const [only] = items;
  if (items.length === 1 && only !== undefined) return { operator, left, right: only };
  return { among: operator, left, items };
}

function between(fields: PlainRecord, left: Canonical): Canonical {
  const [low, high] = listItems(fields.rexpr);
  const inside = fields.kind === 'AEXPR_BETWEEN';
  return booleanOf(inside ? 'AND_EXPR' : 'OR_EXPR', [
    { operator: inside ? '>=' : '<', left, right: low ?? '' },
    { operator: inside ? '<=' : '>', left, right: high ?? '' },
  ]);
}

function booleans(operator: string, nodes: readonly unknown[]): Canonical {
  return booleanOf(operator, nodes.map(canonicalExpression));
}

/** `a AND (b AND c)` is `a AND b AND c`. */
function booleanOf(operator: string, parts: readonly Canonical[]): Canonical {
  const flat = parts.flatMap(part => {
    const inner = isBoolean(part) && operator !== 'NOT_EXPR' && part.boolean === operator ? part.parts : null;
    return inner ?? [part];
  });
  return { boolean: operator, parts: flat };
}

function isBoolean(
  part: Canonical,
): part is { readonly boolean: string; readonly parts: readonly Canonical[] } {
  return typeof part === 'object' && !Array.isArray(part) && 'boolean' in part;
}

function listItems(node: unknown): readonly Canonical[] {
  const inner = isRecord(node) && isRecord(node.List) ? list(node.List.items) : list(node);
  return inner.map(canonicalExpression);
}

function arrayElements(node: unknown): readonly Canonical[] | null {
  if (!isRecord(node)) return null;
  if (isRecord(node.TypeCast)) return arrayElements(node.TypeCast.arg);
  return isRecord(node.A_ArrayExpr) ? list(node.A_ArrayExpr.elements).map(canonicalExpression) : null;
}

function lastString(nodes: unknown): string {
  const last = list(nodes).at(-1);
  if (isRecord(last) && isRecord(last.String)) return String(last.String.sval ?? '');
  return isRecord(last) && 'A_Star' in last ? '*' : '';
}

function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
