/** SQLAlchemy's functions that begin statements: `select`, `insert`, `union`, `text`, `values`, … */

import { columnAmongRows, mappedColumns, selectedColumns } from '../columns.ts';
import { argument, built, type Call, constantArgument, flag, unsupported } from '../evaluation.ts';
import { aliasOf, aliasOrSubquery, flatAliasOf, fromOf } from '../from-values.ts';
import { anonymous } from '../identifiers.ts';
import type { CompoundNode, FromElement, JoinStyle, StatementNode } from '../ir.ts';
import { mappedSelect } from '../mapped-select.ts';
import { fromMethods } from '../methods/from-methods.ts';
import { functionFrom } from '../methods/function-methods.ts';
import { compound, cteOf, statementsIn } from '../methods/rows-methods.ts';
import { withPolymorphic } from '../polymorphic.ts';
import { rawStatement } from '../raw-statements.ts';
import { itemsOf } from '../select-items.ts';
import { sampleOf } from '../table-sample.ts';
import type { EntityValue, Value } from '../value.ts';
import { deleteCall, insertOf, updateCall } from './data-changes.ts';
import type { LibraryFunction } from './library-function.ts';
import { tableFunctions } from './tables.ts';

export const statementFunctions: Readonly<Record<string, LibraryFunction>> = {
  select,
  'sqlmodel.select': select,
  insert: call => insertOf(call, argument(call, 0, 'table'), false),
  'postgresql.insert': call => insertOf(call, argument(call, 0, 'table'), true),
  'sqlite.insert': call => insertOf(call, argument(call, 0, 'table'), true),
  update: call => updateCall(call, argument(call, 0, 'table')),
  delete: call => deleteCall(call, argument(call, 0, 'table')),
  union: combination('UNION'),
  union_all: combination('UNION ALL'),
  intersect: combination('INTERSECT'),
  intersect_all: combination('INTERSECT ALL'),
  except_: combination('EXCEPT'),
  except_all: combination('EXCEPT ALL'),
  text,
  tstring: template,
  values,
  aliased: aliasedOf,
  with_polymorphic: withPolymorphic,
  alias: call => {
    const given = argument(call, 0, 'selectable');
    const from = given === undefined ? null : fromOf(given.value);
    const name = constantArgument(call, 1, 'name');
    return from === null
      ? null
      : { kind: 'from', from: aliasOf(from, typeof name === 'string' ? name : null, call.at) };
  },
  tablesample: call => {
    const given = argument(call, 0, 'selectable');
    const from = given === undefined ? null : fromOf(given.value);
    return from === null ? null : sampleOf(from, withoutFirst(call));
  },
  join: joinOf('inner'),
  outerjoin: joinOf('left'),
  ...tableFunctions,
  cte: call => {
    const given = argument(call, 0, 'selectable')?.value;
    return given?.kind === 'statement' ? cteOf(given.node, withoutFirst(call), given) : null;
  },
  lateral: call => {
    const given = argument(call, 0, 'selectable')?.value;
    if (given?.kind === 'from') return fromMethods.lateral?.(given.from, withoutFirst(call)) ?? null;
    if (given?.kind === 'element' && given.element.kind === 'function') {
      const alias = constantArgument(call, 1, 'name');
      const from = functionFrom(given.element, call, {
        name: typeof alias === 'string' ? alias : null,
        columns: [],
        scalar: false,
      });
      return { kind: 'from', from: { ...from, lateral: true } };
    }
    if (given?.kind !== 'statement') return null;
    call.evaluation.recorder?.consumed(given);
    const name = constantArgument(call, 1, 'name');
    const from: FromElement = {
      kind: 'subquery',
      statement: given.node,
      name: typeof name === 'string' ? name : anonymous({}, 'anon'),
      lateral: true,
      at: call.at,
    };
    return { kind: 'from', from };
  },
};

function select(call: Call): Value {
  const items = call.arguments.positional.flatMap(each => itemsOf(call.evaluation, each));
  return built(call, mappedSelect(call.evaluation, items, call.at));
}

function combination(operator: CompoundNode['operator']): LibraryFunction {
  return call => built(call, compound(operator, statementsIn(call), call, null));
}

function text(call: Call): Value {
  const given = argument(call, 0, 'text');
  if (given === undefined) return unsupported(call, 'The text is missing.');
  return rawStatement(call, given, { origin: 'text', driver: null, style: 'named' });
}

/** `tstring(t"…")` of SQLAlchemy 2.1: values become parameters, expressions stand where they are. */
function template(call: Call): Value {
  const given = argument(call, 0, 'template');
  if (given === undefined) return unsupported(call, 'The template is missing.');
  return rawStatement(call, given, { origin: 'template', driver: null, style: 'named' });
}

/** `values(column("a", Integer), …, name="v")`, then `.data([(1, 2)])`. */
function values(call: Call): Value | null {
  const name = constantArgument(call, 99, 'name');
  const columns = call.arguments.positional.flatMap(({ value }) =>
    value.kind === 'element' && value.element.kind === 'column'
      ? [{ name: value.element.key, type: value.element.type }]
      : [],
  );
  return {
    kind: 'from',
    from: {
      kind: 'values',
      name: typeof name === 'string' ? name : null,
      columns,
      rows: [],
      lateral: false,
      at: call.at,
    },
  };
}

function aliasedOf(call: Call): Value | null {
  const given = argument(call, 0, 'element')?.value;
  if (given === undefined) return null;
  const written = constantArgument(call, 99, 'name') ?? constantArgument(call, 2, 'name');
  const name = typeof written === 'string' ? written : null;
  const source = call.arguments.positional[1]?.value ?? call.arguments.keywords.get('alias')?.value;
  if (given.kind === 'entity' && given.from.kind !== 'table' && given.from.kind !== 'join')
    return aliasOfAlias(call, given, name, source);
  if (given.kind === 'entity' && source !== undefined) {
    const from = fromOf(source);
    return from === null ? null : { kind: 'entity', model: given.model, from, alias: true };
  }
  if (given.kind === 'entity' && given.from.kind === 'join' && flag(call, 'flat') && name === null) {
    const from = flatAliasOf(given.from);
    return from === null ? null : { kind: 'entity', model: given.model, from, alias: true };
  }
  if (given.kind === 'entity' && given.from.kind === 'join') {
    if (flag(call, 'flat')) return unsupported(call, 'A named alias of several tables is not rendered yet.');
    return { ...given, from: aliasOrSubquery(given.from, name, call.at), alias: true };
  }
  if (given.kind === 'entity')
    return { kind: 'entity', model: given.model, from: aliasOf(given.from, name, call.at), alias: true };
  const from = fromOf(given);
  return from === null ? null : { kind: 'from', from: aliasOrSubquery(from, name, call.at) };
}

/** Another name for the table behind an alias; what is made of a subquery is not followed. */
function aliasOfAlias(call: Call, given: EntityValue, name: string | null, source: Value | undefined): Value {
  const { from } = given;
  const rows = source === undefined ? null : fromOf(source);
  if (rows !== null && rows === from) return given;
  if (rows?.kind === 'subquery' && listsOnce(rows.statement, given)) return { ...given, from: rows };
  if (rows?.kind === 'subquery' && given.rowsOf === undefined && listsAll(rows, given))
    return { ...given, from: rows, rowsOf: from };
  if (from.kind === 'subquery' && source === undefined)
    return { ...given, from: { ...from, name: name ?? anonymous({}, 'anon'), at: call.at } };
  const of = from.kind === 'alias' ? from.of : null;
  if (of?.kind !== 'table' || source !== undefined)
    return unsupported(call, 'An alias of an alias over other rows is not rendered yet.');
  return { ...given, from: aliasOf(of, name, call.at) };
}

/** Whether the rows have each column of the alias, beside those of others by the same names. */
function listsAll(rows: FromElement, { model, from }: EntityValue): boolean {
  const columns = mappedColumns(from, model);
  return columns.length > 0 && columns.every(each => columnAmongRows(rows, each) !== null);
}

/** Whether the rows have each column of the alias, and no other of its name, so that it is clear which is meant. */
function listsOnce(statement: StatementNode, { model, from }: EntityValue): boolean {
  if (statement.kind !== 'select') return false;
  const columns = selectedColumns(statement).flatMap(({ element }) =>
    element.kind === 'column' ? [element] : [],
  );
  return model.attributes.every(attribute => {
    if (attribute.kind !== 'column') return true;
    const [only, ...others] = columns.filter(each => each.name === attribute.column);
    return only?.from === from && others.length === 0;
  });
}

/** The call as the method of its first argument would be called. */
function withoutFirst(call: Call): Call {
  return { ...call, arguments: { ...call.arguments, positional: call.arguments.positional.slice(1) } };
}

function joinOf(style: JoinStyle): LibraryFunction {
  return call => {
    const [left] = call.arguments.positional;
    const from = left === undefined ? null : fromOf(left.value);
    const method = fromMethods[style === 'inner' ? 'join' : 'outerjoin'];
    return from === null || method === undefined ? null : method(from, withoutFirst(call));
  };
}
