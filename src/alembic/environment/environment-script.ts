/**
 * What an env.py tells `context.configure`: the version table, the metadata to compare with, filters, and how it runs.
 * Calls are read wherever they stand, since each way of running (online, offline) has its own.
 */

import type { TextRange } from '../../base/range.ts';
import { lastName } from '../../python/last-name.ts';
import type { Argument, Call, Expression, Module } from '../../python/syntax.ts';
import { walkExpressions } from '../../python/walk.ts';
import {
  constantString,
  dottedName,
  type ImportedText,
  moduleNames,
  type Names,
} from '../revision/constants.ts';
import { type ObjectFilter, readObjectFilter } from './object-filter.ts';

export interface EnvironmentScript {
  readonly path: string;
  /** Null where it is computed. */
  readonly versionTable: string | null;
  /** The search path's first schema where null. */
  readonly versionTableSchema: string | null;
  readonly targetMetadata: TargetMetadata;
  readonly options: ReadonlyMap<ConfigureOption, ConfigureValue>;
  /** Those that are on. */
  readonly filters: readonly ObjectFilter[];
  /** Runs on an async engine. */
  readonly async: boolean;
  readonly url: UrlOrigin;
}

export type ConfigureOption =
  | 'include_name'
  | 'include_object'
  | 'include_schemas'
  | 'compare_type'
  | 'compare_server_default'
  | 'render_as_batch'
  | 'render_item'
  | 'process_revision_directives'
  | 'transaction_per_migration';

export interface ConfigureValue {
  /** False for a constant False or None. */
  readonly on: boolean;
  readonly range: TextRange;
}

export type TargetMetadata =
  /** Autogenerate has nothing to compare with. */
  | { readonly kind: 'none'; readonly range: TextRange | null }
  /** As written: `Base.metadata`, `[a.metadata, b.metadata]`. */
  | { readonly kind: 'expression'; readonly text: string; readonly range: TextRange }
  /** No call of configure that tells it. */
  | { readonly kind: 'unknown' };

/** Where the database's URL comes from, as far as it can be told by reading. */
export type UrlOrigin =
  | { readonly kind: 'configuration' }
  | { readonly kind: 'environment'; readonly variable: string }
  | { readonly kind: 'code' };

const optionNames: ReadonlySet<string> = new Set<ConfigureOption>([
  'include_name',
  'include_object',
  'include_schemas',
  'compare_type',
  'compare_server_default',
  'render_as_batch',
  'render_item',
  'process_revision_directives',
  'transaction_per_migration',
]);

export const defaultVersionTable = 'alembic_version';

export function readEnvironmentScript(
  path: string,
  text: string,
  module: Module,
  importedText?: ImportedText,
): EnvironmentScript {
  const names = moduleNames(module, importedText);
  const calls = callsOf(module);
  const configures = calls.filter(call => isConfigure(call, names));
  const given = configures.flatMap(call => argumentsOf(call, module));
  const complete =
    configures.length > 0 && !configures.some(call => call.arguments.some(each => each.unpacked));
  const last = (name: string) => given.findLast(argument => argument.keyword?.id === name)?.value;
  const table = last('version_table');
  const schema = last('version_table_schema');
  return {
    path,
    versionTable: table ? constantString(table, names) : defaultVersionTable,
    versionTableSchema: schema ? constantString(schema, names) : null,
    targetMetadata: readMetadata(text, { value: last('target_metadata'), names, complete }),
    options: readOptions(given),
    filters: readFilters(given, module),
    async: calls.some(call => isAsync(call)),
    url: readUrlOrigin(calls, names),
  };
}

function callsOf(module: Module): readonly Call[] {
  const calls: Call[] = [];
  walkExpressions(module, expression => {
    if (expression.kind === 'call') calls.push(expression);
  });
  return calls;
}

function isConfigure(call: Call, names: Names): boolean {
  if (call.function.kind !== 'attribute' || call.function.attribute.id !== 'configure') return false;
  const owner = dottedName(call.function.value, names);
  return owner === null
    ? /context$/i.test(lastName(call.function.value) ?? '')
    : owner.startsWith('alembic.');
}

/** Keywords of the call, those of a `**dict` literal or of a name bound to one among them. */
function argumentsOf(call: Call, module: Module): readonly Argument[] {
  return call.arguments.flatMap(argument => {
    if (!argument.unpacked) return [argument];
    const dict = argument.value.kind === 'name' ? dictNamed(argument.value.id, module) : argument.value;
    return dict ? dictArguments(dict) : [];
  });
}

function dictNamed(name: string, module: Module): Expression | null {
  const found = module.body.findLast(
    statement =>
      statement.kind === 'assignment' &&
      statement.targets.some(target => target.kind === 'name' && target.id === name),
  );
  return found?.kind === 'assignment' ? found.value : null;
}

function dictArguments(dict: Expression): readonly Argument[] {
  if (dict.kind === 'call') return dict.arguments.filter(argument => argument.keyword !== null);
  if (dict.kind !== 'dict') return [];
  return dict.entries.flatMap(({ key, value, start, end }) => {
    if (key?.kind !== 'string' || key.value === null) return [];
    return [
      { start, end, value, unpacked: false, keyword: { id: key.value, start: key.start, end: key.end } },
    ];
  });
}

function readMetadata(
  text: string,
  { value, names, complete }: { value: Expression | undefined; names: Names; complete: boolean },
): TargetMetadata {
  const bound = value?.kind === 'name' ? names.bound.get(value.id) : null;
  const meant = bound ?? value ?? names.bound.get('target_metadata');
  if (!meant) return complete ? { kind: 'none', range: null } : { kind: 'unknown' };
  const range = { start: meant.start, end: meant.end };
  if (meant.kind === 'constant' && meant.value === 'None') return { kind: 'none', range };
  return { kind: 'expression', text: text.slice(meant.start, meant.end), range };
}

function readOptions(given: readonly Argument[]): ReadonlyMap<ConfigureOption, ConfigureValue> {
  const options = new Map<ConfigureOption, ConfigureValue>();
  for (const { keyword, value } of given) {
    if (!keyword || !isOption(keyword.id)) continue;
    const off = value.kind === 'constant' && value.value !== 'True';
    options.set(keyword.id, { on: !off, range: { start: value.start, end: value.end } });
  }
  return options;
}

/** Each once, however many ways of running configure it. */
function readFilters(given: readonly Argument[], module: Module): readonly ObjectFilter[] {
  return (['include_object', 'include_name'] as const).flatMap(option => {
    const value = given.findLast(({ keyword }) => keyword?.id === option)?.value;
    return value && value.kind !== 'constant' ? [readObjectFilter(option, value, module)] : [];
  });
}

function isOption(name: string): name is ConfigureOption {
  return optionNames.has(name);
}

function isAsync(call: Call): boolean {
  return ['create_async_engine', 'async_engine_from_config', 'run_sync', 'AsyncEngine'].includes(
    lastName(call.function) ?? '',
  );
}

function readUrlOrigin(calls: readonly Call[], names: Names): UrlOrigin {
  for (const call of calls) {
    const name = dottedName(call.function, names);
    const first = call.arguments[0]?.value;
    if (!first || (name !== 'os.environ.get' && name !== 'os.getenv')) continue;
    const variable = constantString(first, names);
    if (variable !== null && /url|dsn|uri|database/i.test(variable)) return { kind: 'environment', variable };
  }
  const set = calls.some(call =>
    ['set_main_option', 'set_section_option'].includes(lastName(call.function) ?? ''),
  );
  const made = calls.some(call =>
    ['create_engine', 'create_async_engine'].includes(lastName(call.function) ?? ''),
  );
  return set || made ? { kind: 'code' } : { kind: 'configuration' };
}
