/** `__table_args__`, and what stands in `Table(…)` beside its columns: constraints, indexes, schema, comment. */
import { lastPart } from '../../base/dotted-name.ts';
import type { Call, Expression } from '../../python/syntax.ts';
import { argumentsOf, type CallArguments } from '../reading/arguments.ts';
import { classMember } from '../reading/class-members.ts';
import { classOf, constantOf, soleReturn, stringOf } from '../reading/constants.ts';
import { libraryCallOf } from '../reading/library-call.ts';
import { referenceOf } from '../reading/reference.ts';
import { enterSite, maximumDepth, type Site } from '../reading/site.ts';
import { type DdlContext, renderDdlExpression, sqlText } from './ddl-expression.ts';
import type { ColumnName, ConstraintDraft } from './drafts.ts';
import { readForeignTarget } from './read-foreign-key.ts';

export interface TableArguments {
  /** Undefined where none is given: the metadata's holds then. Null is given as `None` or not constant. */
  readonly schema: string | null | undefined;
  readonly comment: string | null;
  readonly constraints: readonly ConstraintDraft[];
  /** True where part of it could not be read. */
  readonly incomplete: boolean;
}

export const noTableArguments: TableArguments = {
  schema: undefined,
  comment: null,
  constraints: [],
  incomplete: false,
};

/** Finds the database name of a column that the class body (or table) calls by an expression; null where it is none. */
export type ColumnFinder = (expression: Expression, site: Site) => string | null;

export function readTableArguments(
  expression: Expression,
  site: Site,
  columnOf: ColumnFinder,
): TableArguments {
  const elements = elementsOf(expression, site);
  if (!elements) return { ...noTableArguments, incomplete: true };
  return combine(elements.map(element => readElement(element.expression, element.site, columnOf)));
}

interface Element {
  readonly expression: Expression;
  readonly site: Site;
}

/** The tuple's elements through variables, `*others`, sums of tuples and functions; null where that ends. */
function elementsOf(expression: Expression, site: Site): readonly Element[] | null {
  if (site.depth > maximumDepth) return null;
  switch (expression.kind) {
    case 'tuple':
    case 'list': {
      const lists = expression.elements.map(element =>
        element.kind === 'starred' ? elementsOf(element.value, site) : [{ expression: element, site }],
      );
      return lists.includes(null) ? null : (lists as Element[][]).flat();
    }
    case 'dict':
      return [{ expression, site }];
    case 'constant':
      return [];
    case 'binary': {
      const left = elementsOf(expression.left, site);
      const right = elementsOf(expression.right, site);
      return left && right ? [...left, ...right] : null;
    }
    case 'name':
    case 'attribute':
      return elementsOfName(expression, site);
    case 'call': {
      const reference = referenceOf(expression.function, site);
      const result = reference.kind === 'function' ? soleReturn(reference.node.body) : null;
      return result && reference.kind === 'function'
        ? elementsOf(result, enterSite(site, reference.file))
        : null;
    }
    default:
      return null;
  }
}

function elementsOfName(
  expression: Expression & { kind: 'name' | 'attribute' },
  site: Site,
): readonly Element[] | null {
  const owner = expression.kind === 'attribute' ? classOf(expression.value, site) : null;
  const member =
    owner && expression.kind === 'attribute' ? classMember(owner, expression.attribute.id, site) : null;
  if (member?.node.kind === 'assignment' && member.node.value)
    return elementsOf(member.node.value, enterSite(site, member.file));
  const reference = referenceOf(expression, site);
  if (reference.kind !== 'variable' || !reference.node.value) return null;
  return elementsOf(reference.node.value, enterSite(site, reference.file));
}

function combine(parts: readonly TableArguments[]): TableArguments {
  return {
    schema: parts.map(part => part.schema).findLast(schema => schema !== undefined),
    comment: parts.map(part => part.comment).findLast(comment => comment !== null) ?? null,
    constraints: parts.flatMap(part => part.constraints),
    incomplete: parts.some(part => part.incomplete),
  };
}

function readElement(expression: Expression, site: Site, columnOf: ColumnFinder): TableArguments {
  if (expression.kind === 'dict') return readOptions(expression, site);
  const constraint = readConstraint(expression, site, columnOf);
  return constraint
    ? { ...noTableArguments, constraints: [constraint] }
    : { ...noTableArguments, incomplete: !isHarmless(expression, site) };
}

/** Constraints that no statement's meaning depends on. */
function isHarmless(expression: Expression, site: Site): boolean {
  return libraryCallOf(expression, site)?.name.endsWith('ExcludeConstraint') ?? false;
}

function readOptions(dict: Expression & { kind: 'dict' }, site: Site): TableArguments {
  const option = (name: string) =>
    dict.entries.find(entry => entry.key?.kind === 'string' && entry.key.value === name)?.value;
  return { ...noTableArguments, ...tableOptions(option('schema'), option('comment'), site) };
}

export function tableOptions(
  schema: Expression | undefined,
  comment: Expression | undefined,
  site: Site,
): Pick<TableArguments, 'schema' | 'comment'> {
  return {
    schema: schema ? (stringOf(schema, site) ?? null) : undefined,
    comment: stringOf(comment, site) ?? null,
  };
}

/** Null for anything that is no constraint or index. */
export function readConstraint(
  expression: Expression,
  site: Site,
  columnOf: ColumnFinder,
): ConstraintDraft | null {
  const conditional = conditionalOf(expression);
  if (conditional) return readConditional(conditional, site, columnOf);
  const found = libraryCallOf(expression, site);
  if (!found) return null;
  const given = argumentsOf(found.call);
  const name = stringOf(given.keywords.get('name'), found.site) ?? null;
  const context: DdlContext = { site: found.site, columnOf: node => columnOf(node, found.site) };
  switch (lastPart(found.name)) {
    case 'UniqueConstraint':
      return { kind: 'unique', name, columns: columnNames(given.positional, found.site) };
    case 'PrimaryKeyConstraint':
      return { kind: 'primary-key', name, columns: columnNames(given.positional, found.site) };
    case 'CheckConstraint':
      return {
        kind: 'check',
        name,
        expression: checkText(given.positional[0] ?? given.keywords.get('sqltext'), context),
      };
    case 'ForeignKeyConstraint':
      return readForeignKeyConstraint(given, name, found.site);
    case 'Index':
      return readIndex(found.call, given, context);
    default:
      return null;
  }
}

interface Conditional {
  readonly item: Expression;
  readonly condition: Call;
}

/** `Index(…).ddl_if(dialect="mysql")`. */
function conditionalOf(expression: Expression): Conditional | null {
  if (expression.kind !== 'call' || expression.function.kind !== 'attribute') return null;
  const { value: item, attribute } = expression.function;
  return attribute.id === 'ddl_if' ? { item, condition: expression } : null;
}

/** An index that is for another database, or that a function decides on, counts as unread: it may be there all the same. */
function readConditional(
  { item, condition }: Conditional,
  site: Site,
  columnOf: ColumnFinder,
): ConstraintDraft | null {
  const constraint = readConstraint(item, site, columnOf);
  const dialect = stringOf(argumentsOf(condition).keywords.get('dialect'), site);
  if (constraint?.kind !== 'index' || dialect === 'postgresql') return constraint;
  return { ...constraint, elements: [] };
}

function checkText(expression: Expression | undefined, context: DdlContext): string | null {
  return expression ? sqlText(expression, context.site, context.columnOf) : null;
}

function readForeignKeyConstraint(given: CallArguments, name: string | null, site: Site): ConstraintDraft {
  const columns = given.positional[0] ?? given.keywords.get('columns');
  const targets = given.positional[1] ?? given.keywords.get('refcolumns');
  return {
    kind: 'foreign-key',
    name,
    columns: columnNames(itemsOf(columns), site),
    targets: itemsOf(targets).map(target => readForeignTarget(target, site)),
    onDelete: stringOf(given.keywords.get('ondelete'), site) ?? null,
    onUpdate: stringOf(given.keywords.get('onupdate'), site) ?? null,
  };
}

function itemsOf(expression: Expression | undefined): readonly Expression[] {
  return expression?.kind === 'list' || expression?.kind === 'tuple' ? expression.elements : [];
}

/** The first argument is the name; `None` leaves it to the naming convention. */
function readIndex(_call: Call, given: CallArguments, context: DdlContext): ConstraintDraft {
  const { site } = context;
  const [first, ...rest] = given.positional;
  const unique = given.keywords.get('unique');
  const method = stringOf(given.keywords.get('postgresql_using'), site);
  const where = given.keywords.get('postgresql_where');
  const ops = operatorClasses(given.keywords.get('postgresql_ops'));
  const elements = rest.map(element => indexElement(element, context, ops));
  const condition = where ? checkText(where, context) : null;
  // An index of which a part is missing would be another index: without elements it counts as unread.
  const isRead = elements.every(element => element !== null) && (where === undefined || condition !== null);
  return {
    kind: 'index',
    name: stringOf(first ?? given.keywords.get('name'), site) ?? null,
    elements: isRead ? elements.filter(element => element !== null) : [],
    unique: unique !== undefined && constantOf(unique, site) === true,
    method: method?.toLowerCase() ?? null,
    where: condition,
    include: columnNames(itemsOf(given.keywords.get('postgresql_include')), site),
  };
}

/** `postgresql_ops`: operator classes by column or label. */
export function operatorClasses(expression: Expression | undefined): ReadonlyMap<string, string> {
  const classes = new Map<string, string>();
  if (expression?.kind !== 'dict') return classes;
  for (const { key, value } of expression.entries) {
    if (key?.kind === 'string' && value.kind === 'string' && key.value !== null && value.value !== null)
      classes.set(key.value, value.value);
  }
  return classes;
}

/** A column by name, or SQL: expressions in parentheses unless they are one function call. */
function indexElement(
  expression: Expression,
  context: DdlContext,
  ops: ReadonlyMap<string, string>,
): ColumnName | string | null {
  const name = columnName(expression, context.site);
  const operatorClass = name && ops.get(name.name);
  if (name && !operatorClass && (name.by === 'key' || context.columnOf(expression) !== null)) return name;
  if (name && operatorClass) return `${context.columnOf(expression) ?? name.name} ${operatorClass}`;
  const sql = renderDdlExpression(expression, context);
  // SQLAlchemy puts no parentheses around what is text.
  if (sql === null || libraryCallOf(expression, context.site)?.name === 'text') return sql;
  const label =
    expression.kind === 'call' &&
    expression.function.kind === 'attribute' &&
    expression.function.attribute.id === 'label';
  const labelName = label ? expression.arguments[0]?.value : undefined;
  const labelled =
    labelName?.kind === 'string' && labelName.value !== null ? ops.get(labelName.value) : undefined;
  return labelled ? `${inParentheses(sql)} ${labelled}` : needsParentheses(sql) ? inParentheses(sql) : sql;
}

function needsParentheses(sql: string): boolean {
  return !/^[\w".]+(\(.*\))?( (ASC|DESC))?( NULLS (FIRST|LAST))?$/s.test(sql) && !/^\(.*\)$/s.test(sql);
}

function inParentheses(sql: string): string {
  return /^[\w".]+(\(.*\))?$/s.test(sql) ? sql : `(${sql})`;
}

function columnNames(expressions: readonly Expression[], site: Site): readonly ColumnName[] {
  return expressions.map(expression => columnName(expression, site)).filter(name => name !== null);
}

function columnName(expression: Expression, site: Site): ColumnName | null {
  if (expression.kind === 'name') {
    const value = stringOf(expression, site);
    return value === undefined ? { by: 'attribute', name: expression.id } : { by: 'key', name: value };
  }
  if (expression.kind === 'attribute') return { by: 'attribute', name: expression.attribute.id };
  const value = stringOf(expression, site);
  return value === undefined ? null : { by: 'key', name: value };
}
