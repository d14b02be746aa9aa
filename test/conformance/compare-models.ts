/** Compares models with SQLAlchemy's answer, attribute by attribute and table by table. */
import { lastPart } from '../../src/base/dotted-name.ts';
import { renderIndex } from '../../src/schema/ddl.ts';
import type { Table } from '../../src/schema/schema.ts';
import type { RelationshipJoin } from '../../src/sqlalchemy/linked-project.ts';
import type { ColumnAttribute, Model, RelationshipAttribute } from '../../src/sqlalchemy/model.ts';

type Row = Readonly<Record<string, unknown>>;

export interface OracleAnswer {
  readonly mappers: readonly {
    readonly name: string;
    readonly module: string;
    readonly table: string | null;
    readonly columns: readonly (Row & { readonly attribute: string })[];
    readonly relationships: readonly (Row & {
      readonly attribute: string;
      readonly pairs: readonly string[];
    })[];
    readonly composites: readonly { readonly attribute: string }[];
    readonly synonyms: readonly { readonly attribute: string }[];
  }[];
  readonly tables: readonly (Row & {
    readonly name: string;
    readonly schema: string | null;
    readonly columns: readonly Row[];
  })[];
  readonly problems: readonly string[];
  /** Of SQLAlchemy. */
  readonly version: string;
}

export interface Figure {
  equal: number;
  /** Said to be unknown by the reading itself: neither equal nor wrong. */
  unknown: number;
  total: number;
}

export type Figures = Record<
  'models' | 'columns' | 'relationships' | 'other attributes' | 'joins' | 'tables' | 'table columns',
  Figure
>;

export interface Comparison {
  readonly figures: Figures;
  readonly differences: readonly string[];
  /** Why columns and relationships differ, with how many do. */
  readonly reasons: ReadonlyMap<string, number>;
}

export function compareModels(
  models: readonly Model[],
  joinOf: (model: Model, relationship: string) => RelationshipJoin | null,
  answer: OracleAnswer,
): Comparison {
  const zero = (): Figure => ({ equal: 0, unknown: 0, total: 0 });
  const figures: Figures = {
    models: zero(),
    columns: zero(),
    relationships: zero(),
    'other attributes': zero(),
    joins: zero(),
    tables: zero(),
    'table columns': zero(),
  };
  const differences: string[] = [];
  const reasons = new Map<string, number>();
  const hold = (
    kind: keyof Figures,
    where: string,
    expected: unknown,
    actual: unknown,
    isUnknown: (expected: unknown, actual: unknown) => boolean = () => false,
  ) => {
    figures[kind].total++;
    if (JSON.stringify(expected) === JSON.stringify(actual)) {
      figures[kind].equal++;
      return;
    }
    if (isUnknown(expected, actual)) {
      figures[kind].unknown++;
      differences.push(differenceText(`unknown ${kind}`, where, expected, actual));
      return;
    }
    const reason = reasonOf(expected, actual);
    if (kind === 'columns' || kind === 'relationships') reasons.set(reason, (reasons.get(reason) ?? 0) + 1);
    differences.push(differenceText(kind, where, expected, actual));
  };
  const byName = new Map(models.map(model => [model.qualifiedName, model]));
  for (const mapper of answer.mappers) {
    const named = byName.get(mapper.name);
    const model =
      named && tableOf(named) === mapper.table
        ? named
        : (ofTable(models, mapper) ?? named ?? onlyEnding(models, mapper.name));
    hold('models', mapper.name, mapper.table, model && tableOf(model));
    for (const column of mapper.columns) {
      const found = model?.attributes.find(({ name }) => name === column.attribute);
      hold(
        'columns',
        `${mapper.name}.${column.attribute}`,
        { ...column, type: typeName(column.type) },
        found?.kind === 'column' ? columnRow(found, column) : found?.kind,
        (expected, actual) => isUnknownColumn(model, expected, actual),
      );
    }
    const listed = new Set(mapper.columns.map(({ attribute }) => attribute));
    const extra = (model?.attributes ?? [])
      .filter(({ kind, name }) => kind === 'column' && !listed.has(name))
      .map(({ name }) => name);
    // Of a class on no table, such as an `AbstractConcreteBase`, the judge lists no columns.
    if (extra.length > 0 && mapper.table !== null) hold('columns', `${mapper.name} has more`, [], extra);
    for (const relationship of mapper.relationships) {
      const { pairs, ...row } = relationship;
      const found = model?.attributes.find(({ name }) => name === relationship.attribute);
      hold(
        'relationships',
        `${mapper.name}.${relationship.attribute}`,
        row,
        found?.kind === 'relationship' ? relationshipRow(found, row) : found?.kind,
      );
      const join = model ? joinOf(model, relationship.attribute) : null;
      if (!join?.custom)
        hold('joins', `${mapper.name}.${relationship.attribute}`, pairs, join && pairsOf(join));
    }
    for (const { attribute } of mapper.composites)
      hold(
        'other attributes',
        `${mapper.name}.${attribute}`,
        'composite',
        model?.attributes.find(({ name }) => name === attribute)?.kind,
      );
    for (const { attribute } of mapper.synonyms)
      hold(
        'other attributes',
        `${mapper.name}.${attribute}`,
        'synonym',
        model?.attributes.find(({ name }) => name === attribute)?.kind,
      );
  }
  const tables = new Map<string, Table>();
  for (const { table } of models) if (table) tables.set(`${table.schema ?? ''}.${table.name}`, table);
  for (const expected of answer.tables) {
    const table = tables.get(`${expected.schema ?? ''}.${expected.name}`);
    const { columns, ...rest } = expected;
    const row = table && tableRow(table);
    hold('tables', expected.name, rest, row?.rest);
    for (const [index, column] of columns.entries())
      hold('table columns', `${expected.name} ${index}`, column, row?.columns[index]);
  }
  return { figures, differences, reasons };
}

function differenceText(kind: string, where: string, expected: unknown, actual: unknown): string {
  return `${kind} ${where}\n  SQLAlchemy ${JSON.stringify(expected)}\n  read       ${JSON.stringify(actual)}`;
}

/**
 * A type that the reading does not know, with all else equal, or a column that a part of the class brings which is not read,
 * or is taken for a method.
 */
function isUnknownColumn(model: Model | undefined, expected: unknown, actual: unknown): boolean {
  if (actual === undefined || actual === 'plain') return model?.incomplete === true;
  if (typeof actual === 'string' || (actual as Row).type !== null) return false;
  return JSON.stringify({ ...(expected as Row), type: null }) === JSON.stringify(actual);
}

/** `not read`, the kind that it was read as, or the first property that differs. */
function reasonOf(expected: unknown, actual: unknown): string {
  if (Array.isArray(expected)) return 'not mapped';
  if (actual === undefined) return 'not read';
  if (typeof actual === 'string') return `read as ${actual}`;
  if (expected === null || actual === null || typeof expected === 'string') return 'table';
  const [one, two] = [expected as Row, actual as Row];
  return Object.keys(one).find(key => JSON.stringify(one[key]) !== JSON.stringify(two[key])) ?? 'order';
}

/** PostgreSQL's two names of one type: which of them SQLAlchemy writes for a `float` depends on its version. */
function typeName(type: unknown): unknown {
  return type === 'FLOAT' ? 'DOUBLE PRECISION' : type;
}

/** A class that is made has the name of the variable that holds it; several may have one name. */
function ofTable(
  models: readonly Model[],
  { name, module, table }: OracleAnswer['mappers'][number],
): Model | undefined {
  const found = models.filter(model => model.name === lastPart(name) && tableOf(model) === table);
  return found.length === 1 ? found[0] : found.find(model => model.module === module);
}

/** A namespace package is named from its folder by Python, and from the folder below it here. */
function onlyEnding(models: readonly Model[], name: string): Model | undefined {
  const found = models.filter(({ qualifiedName }) => name.endsWith(`.${qualifiedName}`));
  return found.length === 1 ? found[0] : undefined;
}

function tableOf({ table }: Model): string | null {
  return table ? (table.schema === null ? table.name : `${table.schema}.${table.name}`) : null;
}

function columnRow(column: ColumnAttribute, expected: Row): Row {
  return {
    attribute: column.name,
    column: column.column,
    // Of a stub in place of a type nothing is known.
    type: expected.type === null ? null : typeName(column.sqlType),
    nullable: column.nullable,
    primaryKey: column.primaryKey,
    unique: column.unique,
    index: column.index,
    foreignKey: expected.foreignKey === '*' && column.foreignKey !== null ? '*' : column.foreignKey,
    hasDefault: column.default !== null,
    serverDefault: column.serverDefault !== null,
  };
}

function relationshipRow(relationship: RelationshipAttribute, expected: Row): Row {
  return {
    attribute: relationship.name,
    target: String(expected.target).endsWith(`.${relationship.target}`)
      ? expected.target
      : relationship.target,
    direction: relationship.direction,
    collection: relationship.collection,
    backPopulates: relationship.backPopulates ?? relationship.backref,
    lazy: relationship.lazy,
    secondary: relationship.secondary,
    viewOnly: relationship.viewOnly,
  };
}

function pairsOf(join: RelationshipJoin): readonly string[] {
  const text = ({ table, column }: { readonly table: string; readonly column: string }) =>
    `${table}.${column}`;
  const all = [
    ...join.pairs,
    ...(join.secondary?.pairs.map(({ local, remote }) => ({ local: remote, remote: local })) ?? []),
  ];
  return all.map(({ local, remote }) => [text(local), text(remote)].join('=')).sort();
}

function tableRow(table: Table): { readonly rest: Row; readonly columns: readonly Row[] } {
  const sorted = <T>(rows: readonly T[]) =>
    [...rows].sort((a, b) => (pythonText(a) < pythonText(b) ? -1 : 1));
  const rest = {
    name: table.name,
    schema: table.schema,
    primaryKey: { name: table.primaryKey?.name ?? null, columns: table.primaryKey?.columns ?? [] },
    uniques: sorted(table.uniques.map(({ name, columns }) => ({ name, columns }))),
    foreignKeys: sorted(
      table.foreignKeys.map(key => ({
        name: key.name,
        columns: key.columns,
        targets: key.targetColumns.map(
          column => `${key.targetSchema === null ? '' : `${key.targetSchema}.`}${key.targetTable}.${column}`,
        ),
        onDelete: key.onDelete,
        onUpdate: key.onUpdate,
      })),
    ),
    checks: sorted(table.checks.map(({ name, expression }) => ({ name, expression }))),
    indexes: sorted(
      table.indexes.map(index => ({
        name: index.name,
        unique: index.unique,
        text: renderIndex(table, index).split(/ ON (.*)/s)[1],
      })),
    ),
  };
  const columns = table.columns.map(column => ({
    name: column.name,
    type: column.type,
    nullable: column.nullable,
    default: column.default,
    identity: column.identity,
    computed: column.computed !== null,
    comment: column.comment,
  }));
  return { rest, columns };
}

/** The order in which the judge sorts: by Python's text of a dict. */
function pythonText(value: unknown): string {
  if (value === null) return 'None';
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  if (typeof value === 'string') return value.includes("'") ? `"${value}"` : `'${value}'`;
  if (Array.isArray(value)) return `[${value.map(pythonText).join(', ')}]`;
  const entries = Object.entries(value as Row).map(([key, item]) => `'${key}': ${pythonText(item)}`);
  return `{${entries.join(', ')}}`;
}
