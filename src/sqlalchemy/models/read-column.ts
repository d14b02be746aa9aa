/**
 * `mapped_column(…)`, `Column(…)` and SQLModel's `Field(…)`: the settings as written, and their merge with what an
 * `Annotated` alias and the annotation say.
 */
import type { Call, Expression } from '../../python/syntax.ts';
import { argumentsOf, type CallArguments } from '../reading/arguments.ts';
import { argumentsAt } from '../reading/arguments-at.ts';
import { constantOf, stringOf, truthy } from '../reading/constants.ts';
import { libraryCallOf } from '../reading/library-call.ts';
import type { Site } from '../reading/site.ts';
import { readType } from '../types/read-type.ts';
import { type SqlType, sqlType } from '../types/sql-type.ts';
import { renderDdlExpression, renderLiteral, sqlText } from './ddl-expression.ts';
import type { Autoincrement, CheckDraft, ColumnDraft, ForeignKeyDraft, ServerDefault } from './drafts.ts';
import { readForeignKey } from './read-foreign-key.ts';

/** What a column call says: undefined where it says nothing. */
export interface ColumnSettings {
  readonly name?: string;
  readonly type?: SqlType;
  readonly nullable?: boolean;
  readonly primaryKey?: boolean;
  readonly unique?: boolean;
  readonly index?: boolean;
  readonly autoincrement?: Autoincrement;
  readonly default?: string;
  readonly onUpdate?: string;
  readonly sequence?: { readonly name: string; readonly optional: boolean };
  readonly serverDefault?: ServerDefault;
  readonly identity?: 'always' | 'by-default';
  readonly computed?: { readonly expression: string; readonly stored: boolean };
  readonly foreignKeys: readonly ForeignKeyDraft[];
  readonly checks: readonly CheckDraft[];
  readonly comment?: string;
  readonly sortOrder?: number;
  readonly omitted?: boolean;
  readonly useExisting?: boolean;
  readonly deferred?: { readonly group: string | null };
}

type Settings = { -readonly [K in keyof ColumnSettings]: ColumnSettings[K] } & {
  foreignKeys: ForeignKeyDraft[];
  checks: CheckDraft[];
};

export const noSettings: ColumnSettings = { foreignKeys: [], checks: [] };

/** `schema` is the metadata's, for enums. */
export function readColumnSettings(call: Call, site: Site, schema: string | null): ColumnSettings {
  const given = argumentsAt(call, site);
  const settings: Settings = { foreignKeys: [], checks: [] };
  for (const [index, argument] of given.positional.entries())
    readPositional(argument, index, settings, site, schema);
  readKeywords(given, settings, site, schema);
  return settings;
}

function readPositional(
  argument: Expression,
  index: number,
  settings: Settings,
  site: Site,
  schema: string | null,
): void {
  const name = index === 0 ? stringOf(argument, site) : undefined;
  if (name !== undefined) {
    settings.name = name;
    return;
  }
  if (!readSchemaItem(argument, settings, site) && settings.type === undefined)
    setType(argument, settings, site, schema);
}

function setType(expression: Expression, settings: Settings, site: Site, schema: string | null): void {
  if (expression.kind === 'constant') return;
  settings.type = readType(expression, site, schema) ?? unreadableType(expression, site);
}

/** The type is given but not understood: the annotation must not speak for it. */
function unreadableType(expression: Expression, site: Site): SqlType {
  const text = site.file.text.slice(expression.start, expression.end).replace(/\s+/g, ' ');
  return sqlType(text, null);
}

/** True where the argument is something that a column holds besides its type. */
function readSchemaItem(argument: Expression, settings: Settings, site: Site): boolean {
  const found = libraryCallOf(argument, site);
  if (!found) return false;
  const given = argumentsOf(found.call);
  const first = given.positional[0];
  switch (found.name) {
    case 'ForeignKey':
      settings.foreignKeys.push(readForeignKey(found.call, found.site));
      return true;
    case 'Identity':
      settings.identity = isTrue(given.keywords.get('always') ?? given.positional[2], found.site)
        ? 'always'
        : 'by-default';
      return true;
    case 'Computed': {
      const expression = first ? sqlText(first, found.site) : null;
      const persisted = given.keywords.get('persisted') ?? given.positional[1];
      const stored = persisted === undefined || constantOf(persisted, found.site) !== false;
      if (expression !== null) settings.computed = { expression, stored };
      return true;
    }
    case 'Sequence': {
      const name = stringOf(first ?? given.keywords.get('name'), found.site);
      if (name !== undefined)
        settings.sequence = { name, optional: isTrue(given.keywords.get('optional'), found.site) };
      return true;
    }
    case 'CheckConstraint': {
      const name = stringOf(given.keywords.get('name'), found.site) ?? null;
      settings.checks.push({ name, expression: first ? sqlText(first, found.site) : null });
      return true;
    }
    case 'FetchedValue':
      settings.serverDefault = { sql: null, text: 'FetchedValue()' };
      return true;
    default:
      return false;
  }
}

function readKeywords(given: CallArguments, settings: Settings, site: Site, schema: string | null): void {
  const flag = (name: string) => {
    const expression = given.keywords.get(name);
    const value = expression && constantOf(expression, site);
    return value === undefined ? undefined : truthy(value);
  };
  assign(settings, 'nullable', flag('nullable'));
  assign(settings, 'primaryKey', flag('primary_key'));
  assign(settings, 'unique', flag('unique'));
  assign(settings, 'index', flag('index'));
  assign(settings, 'omitted', flag('_omit_from_statements'));
  assign(settings, 'useExisting', flag('use_existing_column'));
  assign(settings, 'name', stringOf(given.keywords.get('name'), site));
  assign(settings, 'comment', stringOf(given.keywords.get('comment'), site));
  const type = given.keywords.get('type_');
  if (type) setType(type, settings, site, schema);
  const order = given.keywords.get('sort_order');
  const position = order && constantOf(order, site);
  if (typeof position === 'number') settings.sortOrder = position;
  const group = stringOf(given.keywords.get('deferred_group'), site);
  if (group !== undefined || flag('deferred') === true) settings.deferred = { group: group ?? null };
  const auto = given.keywords.get('autoincrement');
  const increment = auto && constantOf(auto, site);
  if (increment === 'auto' || increment === 'ignore_fk' || typeof increment === 'boolean')
    settings.autoincrement = increment;
  readDefaults(given, settings, site);
}

function readDefaults(given: CallArguments, settings: Settings, site: Site): void {
  const value = given.keywords.get('insert_default') ?? given.keywords.get('default');
  const isNone = value?.kind === 'constant' && value.value === 'None';
  if (
    value &&
    !isNone &&
    !(libraryCallOf(value, site)?.name === 'Sequence' && readSchemaItem(value, settings, site))
  ) {
    settings.default = site.file.text.slice(value.start, value.end);
  }
  const update = given.keywords.get('onupdate');
  if (update) settings.onUpdate = site.file.text.slice(update.start, update.end);
  const server = given.keywords.get('server_default');
  if (server && !(server.kind === 'constant' && server.value === 'None'))
    settings.serverDefault = readServerDefault(server, site);
}

/** A plain string is a quoted literal; `text()` and `func` are SQL. */
export function readServerDefault(expression: Expression, site: Site): ServerDefault {
  const text = site.file.text.slice(expression.start, expression.end);
  const value = constantOf(expression, site);
  if (typeof value === 'string') return { sql: renderLiteral(value), text };
  if (libraryCallOf(expression, site)?.name === 'FetchedValue') return { sql: null, text };
  return { sql: renderDdlExpression(expression, { site, columnOf: () => null }), text };
}

function isTrue(expression: Expression | undefined, site: Site): boolean {
  return expression !== undefined && constantOf(expression, site) === true;
}

function assign<K extends keyof Settings>(settings: Settings, key: K, value: Settings[K] | undefined): void {
  if (value !== undefined) settings[key] = value;
}

/** The settings of an `Annotated` alias under those of the attribute itself, as `Column._merge` does. */
export function mergeSettings(own: ColumnSettings, inherited: ColumnSettings): ColumnSettings {
  const foreignKeys = own.foreignKeys.length > 0 ? own.foreignKeys : inherited.foreignKeys;
  const checks = [...inherited.checks, ...own.checks];
  // A name inside Annotated is ignored by SQLAlchemy, with a warning.
  const { name: _ignored, ...shared } = inherited;
  return { ...shared, ...own, foreignKeys, checks };
}

export type ColumnPlace = Pick<ColumnDraft, 'name' | 'location' | 'nameRange' | 'annotation'>;

/** `annotated` tells what the annotation says of None: undefined without an annotation. */
export function finishColumn(
  place: ColumnPlace,
  settings: ColumnSettings,
  annotated: { readonly nullable: boolean } | undefined,
): ColumnDraft {
  const primaryKey = settings.primaryKey ?? false;
  const nullable = settings.nullable ?? annotated?.nullable ?? !primaryKey;
  return {
    kind: 'column',
    ...place,
    column: settings.name ?? place.name,
    type: settings.type ?? null,
    nullable: nullable && !(primaryKey && settings.nullable === undefined),
    contradictsAnnotation: false,
    primaryKey,
    unique: settings.unique ?? false,
    index: settings.index ?? false,
    autoincrement: settings.autoincrement ?? 'auto',
    default: settings.default ?? null,
    onUpdate: settings.onUpdate ?? null,
    sequence: settings.sequence ?? null,
    serverDefault: settings.serverDefault ?? null,
    identity: settings.identity ?? null,
    computed: settings.computed ?? null,
    foreignKeys: settings.foreignKeys,
    checks: settings.checks,
    comment: settings.comment ?? null,
    deferred: settings.deferred ?? null,
    sortOrder: settings.sortOrder ?? 0,
    omitted: settings.omitted ?? false,
    useExisting: settings.useExisting ?? false,
  };
}
