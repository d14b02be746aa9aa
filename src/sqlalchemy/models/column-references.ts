/** Columns that relationship arguments name: `[User.id]`, `"Order.customer_id"`, `users.c.id`, `remote(id)`, joins of them. */
import { lastName } from '../../python/last-name.ts';
import type { Call, Expression, Subscript } from '../../python/syntax.ts';
import { stringOf } from '../reading/constants.ts';
import { parseExpressionText } from '../reading/expression-text.ts';
import { type Reference, referenceOf } from '../reading/reference.ts';
import { enterSite, type Site } from '../reading/site.ts';
import type { ModelDraft } from './drafts.ts';
import type { Linking } from './linking.ts';
import { tableVariableName } from './read-bare-table.ts';
import type { TableEntry } from './table-registry.ts';

export interface ResolvedColumn {
  readonly entry: TableEntry;
  /** Name in the database. */
  readonly column: string;
}

/** Whose arguments are read: names without an owner are attributes of the draft. */
export interface ReferenceContext {
  readonly draft: ModelDraft;
  readonly site: Site;
  readonly linking: Linking;
}

export function resolveColumns(
  expressions: readonly Expression[],
  context: ReferenceContext,
): readonly ResolvedColumn[] {
  return expressions.flatMap(expression => {
    const text = stringOf(expression, context.site);
    if (text !== undefined) return columnsInText(text, context);
    const found = resolveColumn(expression, context);
    return found ? [found] : [];
  });
}

function columnsInText(text: string, context: ReferenceContext): readonly ResolvedColumn[] {
  return text
    .replace(/[[\]()]/g, '')
    .split(',')
    .map(part => resolveText(part.trim(), context))
    .filter(found => found !== null);
}

function resolveColumn(expression: Expression, context: ReferenceContext): ResolvedColumn | null {
  if (expression.kind === 'call')
    return expression.arguments[0] ? resolveColumn(expression.arguments[0].value, context) : null;
  if (expression.kind === 'name') return columnOf(context.draft, expression.id, context);
  if (expression.kind === 'subscript') return resolveItem(expression, context);
  if (expression.kind === 'string') return resolveText(expression.value ?? '', context);
  if (expression.kind !== 'attribute') return null;
  const owner = withoutCollection(expression.value);
  if (owner.kind === 'name' && owner.id === 'cls')
    return columnOf(context.draft, expression.attribute.id, context);
  const reference =
    owner.kind === 'call' ? classGivenBack(owner, context.site) : referenceOf(owner, context.site);
  const qualifiedName =
    'qualifiedName' in reference ? reference.qualifiedName : tableVariableName(owner, context.site);
  const known = qualifiedName === null ? undefined : context.linking.drafts.get(qualifiedName);
  if (known) return columnOf(known, expression.attribute.id, context);
  const name = lastName(owner) ?? '';
  return resolveText(`${name}.${expression.attribute.id}`, context);
}

/** `order_class().customer_id`: a function that imports the class late, and gives it back. */
function classGivenBack(call: Call, site: Site): Reference {
  const called = referenceOf(call.function, site);
  const last = called.kind === 'function' ? called.node.body.at(-1) : undefined;
  if (called.kind !== 'function' || last?.kind !== 'return' || last.value === null) return called;
  return referenceOf(last.value, enterSite(site, called.file));
}

/** `users.c["id"]` is `users.c.id`. */
function resolveItem(
  { value, indices: [index], start, end }: Subscript,
  context: ReferenceContext,
): ResolvedColumn | null {
  if (index?.kind !== 'string' || index.value === null) return null;
  const attribute = { id: index.value, start: index.start, end: index.end };
  return resolveColumn({ kind: 'attribute', value, attribute, start, end }, context);
}

function withoutCollection(expression: Expression): Expression {
  if (expression.kind !== 'attribute') return expression;
  return /^(c|columns|__table__)$/.test(expression.attribute.id)
    ? withoutCollection(expression.value)
    : expression;
}

/** `Order.customer_id`, `orders.c.customer_id`, `app.models.Order.customer_id`. */
export function resolveText(text: string, context: ReferenceContext): ResolvedColumn | null {
  const parts = text.split('.').filter(part => part !== 'c' && part !== 'columns' && part !== '__table__');
  const attribute = parts.pop();
  if (!attribute) return null;
  if (parts.length === 0) return columnOf(context.draft, attribute, context);
  const owner = context.linking.modelNamed(parts.join('.'), context.draft);
  if (owner) return columnOf(owner, attribute, context);
  const entry = context.linking.registry.find(
    parts[parts.length - 1] ?? '',
    parts.slice(0, -1).join('.') || null,
    null,
  );
  const column = entry?.columns.find(({ name, column: own }) => name === attribute || own === attribute);
  return entry && column ? { entry, column: column.column } : null;
}

function columnOf(
  draft: ModelDraft,
  attribute: string,
  { linking }: ReferenceContext,
): ResolvedColumn | null {
  return linking.columnOf(draft.qualifiedName, attribute);
}

export interface JoinEquality {
  readonly sides: readonly [JoinSide, JoinSide];
}

export interface JoinSide {
  readonly column: ResolvedColumn;
  readonly marked: 'foreign' | 'remote' | 'both' | null;
}

/** The equalities in a `primaryjoin`, in text or in Python; other criteria are passed over. */
export function equalitiesOf(written: Expression, context: ReferenceContext): readonly JoinEquality[] {
  const text = stringOf(written, context.site);
  if (text === undefined) return equalitiesIn(written, expression => resolveColumn(expression, context));
  const parsed = parseExpressionText(text, written);
  return parsed === null ? [] : equalitiesIn(parsed, expression => resolveWritten(expression, context));
}

type Resolve = (expression: Expression) => ResolvedColumn | null;

function equalitiesIn(expression: Expression, resolve: Resolve): readonly JoinEquality[] {
  switch (expression.kind) {
    case 'comparison': {
      const rest = expression.rest[0];
      if (!rest || expression.rest.length !== 1 || rest.operator !== '==') return [];
      const left = sideOf(expression.left, resolve);
      const right = sideOf(rest.right, resolve);
      return left && right ? [{ sides: [left, right] }] : [];
    }
    case 'call':
      return expression.arguments.flatMap(argument => equalitiesIn(argument.value, resolve));
    // Python takes the first operand for a condition that does not hold, and gives it back: two columns are not one.
    case 'boolean': {
      const given = expression.operator === 'and' ? expression.values[0] : expression.values.at(-1);
      return given ? equalitiesIn(given, resolve) : [];
    }
    case 'binary':
      return [...equalitiesIn(expression.left, resolve), ...equalitiesIn(expression.right, resolve)];
    default:
      return [];
  }
}

/** In quotes names are those of the registry: `Order.customer_id`, `foreign(orders.c.id)`. */
function resolveWritten(expression: Expression, context: ReferenceContext): ResolvedColumn | null {
  if (expression.kind === 'call')
    return expression.arguments[0] ? resolveWritten(expression.arguments[0].value, context) : null;
  const parts: string[] = [];
  let root: Expression = expression;
  for (; root.kind === 'attribute'; root = root.value) parts.unshift(root.attribute.id);
  return root.kind === 'name' ? resolveText([root.id, ...parts].join('.'), context) : null;
}

function sideOf(expression: Expression, resolve: Resolve): JoinSide | null {
  const column = resolve(expression);
  const marks = new Set<string>();
  let inner = expression;
  while (inner.kind === 'call') {
    const called = inner.function;
    marks.add(lastName(called) ?? '');
    inner = inner.arguments[0]?.value ?? { kind: 'unreadable', start: 0, end: 0 };
  }
  return column && { column, marked: markOf(marks.has('foreign'), marks.has('remote')) };
}

function markOf(foreign: boolean, remote: boolean): JoinSide['marked'] {
  return foreign && remote ? 'both' : foreign ? 'foreign' : remote ? 'remote' : null;
}
