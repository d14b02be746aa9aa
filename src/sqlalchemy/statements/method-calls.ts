/** Calls of methods, by the tables of `methods/` for the kind of value that they belong to. */
import { missingColumn } from './coercion.ts';
import { columnOf } from './columns.ts';
import { driverMethod } from './drivers.ts';
import { bind, equals } from './elements.ts';
import { selectOf } from './empty-select.ts';
import { built, type Call, unknownAt } from './evaluation.ts';
import type { Element, StatementNode } from './ir.ts';
import { branchedLoader, isLoader, loaderOf } from './library/loaders.ts';
import { tableOfMetadata } from './metadata-tables.ts';
import { collectionMethod, dynamicQuery } from './methods/collection-methods.ts';
import { columnMethods, customOperator } from './methods/column-methods.ts';
import { deleteMethods, insertMethods, updateMethods } from './methods/data-change-methods.ts';
import { fromMethods } from './methods/from-methods.ts';
import { functionMethods } from './methods/function-methods.ts';
import { proxyMethod } from './methods/proxy-methods.ts';
import { relationshipMethods } from './methods/relationship-methods.ts';
import { statementMethods as commonMethods, rowsMethods, unchanged } from './methods/rows-methods.ts';
import { selectMethods } from './methods/select-methods.ts';
import { queryOf, queryResult, resultMethod, sessionMethod } from './methods/session-methods.ts';
import { textMethods } from './methods/text-methods.ts';
import { typeMethod } from './methods/type-methods.ts';
import { valuesData } from './methods/values-methods.ts';
import { entryOf } from './mutations.ts';
import { pickedEntry } from './picked-items.ts';
import { scalarType } from './scalar-type.ts';
import { stringMethod } from './text-parts.ts';
import {
  type DictValue,
  element,
  type ListValue,
  type MethodValue,
  NONE,
  PYTHON,
  type StatementValue,
  unknownSql,
  unknownValue,
  type Value,
} from './value.ts';

export function methodCall(call: Call, callee: MethodValue): Value {
  const { receiver, name } = callee;
  switch (receiver.kind) {
    case 'statement':
      return statementMethod(call, receiver, name);
    case 'element':
      return elementMethod(call, receiver.element, name);
    case 'missing-attribute':
      return elementMethod(
        call,
        missingColumn(call.evaluation, { value: receiver, at: receiver.at, node: call.node }),
        name,
      );
    case 'from':
      return fromMethod(call, receiver, name);
    case 'relationship': {
      const made = relationshipMethods[name]?.(receiver, call) ?? null;
      return (
        made ??
        unknownSql(
          unknownAt('unsupported-construct', `${name}() of a relationship is not rendered here.`, call.at),
        )
      );
    }
    case 'proxy':
      return proxyMethod(call, receiver, name);
    case 'loader':
      if (name === 'options') return branchedLoader(call, receiver);
      return isLoader(name) ? loaderOf(name, call, receiver) : receiver;
    case 'session':
    case 'session-factory':
    case 'engine':
    case 'connection':
      return sessionMethod(receiver, name, call);
    case 'collection': {
      if (receiver.relationship.attribute.lazy !== 'dynamic') return collectionMethod(call, receiver, name);
      // Its rows are asked for by methods of a legacy Query.
      const query = isQueryMethod(name) ? dynamicQuery(call, receiver) : null;
      return query === null ? PYTHON : statementMethod(call, query, name);
    }
    case 'driver':
      return driverMethod(receiver, name, call);
    case 'result':
      return resultMethod(receiver, name);
    default:
      return plainMethod(call, receiver, name);
  }
}

/** All that reads rows; `append()`, `remove()` and their kin change the collection. */
function isQueryMethod(name: string): boolean {
  return name in selectMethods || name in rowsMethods || dynamicReads.has(name);
}

const dynamicReads = new Set(
  'all count first one one_or_none scalar update delete paginate first_or_404 execution_options params'.split(
    ' ',
  ),
);

function statementMethod(call: Call, self: StatementValue, name: string): Value {
  const { node } = self;
  const isQuery = self.loadedBy === 'query' || (node.kind === 'select' && node.legacy);
  const result = isQuery ? queryResult(self, name) : null;
  if (result !== null) {
    const sent =
      name === 'count' ? withoutLoading(call, self) : name === 'get' ? ofIdentity(call, self) : self;
    call.evaluation.recorder?.used(sent, call.node);
    return result;
  }
  if (self.loadedBy !== undefined && loadingMethods.has(name)) return unchanged(node, call, self);
  const method = methodsOf(node, name);
  const made = method?.(node as never, call, self) ?? null;
  if (made !== null) return made;
  // Of 1.x, where the tables' metadata knew an engine.
  if (name === 'execute') return { kind: 'result', result: 'result', model: null };
  if (['compile', 'get_children', 'compare', 'get_execution_options', 'is_derived_from'].includes(name))
    return PYTHON;
  const unknown = unknownAt(
    'unsupported-construct',
    `${name}() of a statement is not understood here.`,
    call.at,
  );
  return built(call, { ...node, unknown: node.unknown ?? unknown }, self);
}

/** What may follow `from_statement(…)`: it changes how objects are loaded, and nothing of the statement. */
const loadingMethods = new Set(
  'options populate_existing yield_per autoflush with_session enable_eagerloads'.split(' '),
);

/** `Query.count()` counts the rows of the statement, and loads nothing with them. */
function withoutLoading(call: Call, self: StatementValue): StatementValue {
  const { node } = self;
  if (node.kind !== 'select' || (node.eager.length === 0 && node.contained.length === 0)) return self;
  const bare: StatementValue = { ...self, node: { ...node, eager: [], contained: [], loading: [] } };
  call.evaluation.recorder?.consumed(self);
  call.evaluation.recorder?.built(bare);
  return bare;
}

/** `Query.get(…)` asks for one object by its primary key, unless the session has it. */
function ofIdentity(call: Call, self: StatementValue): StatementValue {
  const { node } = self;
  const item = node.kind === 'select' ? node.items[0] : undefined;
  if (node.kind !== 'select' || item?.kind !== 'entity') return self;
  const keys = item.model.attributes.filter(each => each.kind === 'column' && each.primaryKey);
  const tests = keys.flatMap(key => {
    const column = columnOf(item.from, key.name);
    return column === null ? [] : [equals(column, bind('pk', column.type, call.at), call.at)];
  });
  if (tests.length === 0 || tests.length < keys.length) return self;
  const known: StatementValue = { ...self, node: { ...node, where: [...node.where, ...tests] } };
  call.evaluation.recorder?.consumed(self);
  call.evaluation.recorder?.built(known);
  return known;
}

type AnyMethod = (node: never, call: Call, self: StatementValue) => Value | null;

function methodsOf(node: StatementNode, name: string): AnyMethod | undefined {
  const common: AnyMethod | undefined = commonMethods[name];
  switch (node.kind) {
    case 'select':
      return selectMethods[name] ?? rowsMethods[name] ?? common;
    case 'compound':
      return rowsMethods[name] ?? common;
    case 'insert':
      return insertMethods[name] ?? common;
    case 'update':
      return updateMethods[name] ?? common;
    case 'delete':
      return deleteMethods[name] ?? common;
    case 'text-statement':
      return textMethods[name] ?? common;
    case 'values-statement':
      return common;
  }
}

function elementMethod(call: Call, self: Element, name: string): Value {
  const isFunction =
    self.kind === 'function' ||
    self.kind === 'within-group' ||
    self.kind === 'filter' ||
    self.kind === 'aggregate-order';
  if (isFunction || name === 'over') {
    const made = functionMethods[name]?.(self, call) ?? null;
    if (made !== null) return made;
  }
  if (name === 'op' || name === 'bool_op') {
    return (
      customOperator(self, call, name === 'bool_op') ??
      unknownSql(unknownAt('dynamic-sql', 'The operator is not known.', call.at))
    );
  }
  const inner = innerStatement(call, self, name);
  if (inner !== null) return inner;
  const made = typeMethod(self, call, name) ?? columnMethods[name]?.(self, call) ?? null;
  return made === null
    ? unknownSql(unknownAt('unsupported-construct', `${name}() is not rendered here.`, call.at))
    : element(made);
}

/** `exists().where(…)`, `scalar_subquery().correlate(…)`: methods of the statement inside. */
function innerStatement(call: Call, self: Element, name: string): Value | null {
  if (self.kind !== 'exists' && self.kind !== 'scalar-select') return null;
  const { statement } = self;
  if (name === 'select' && self.kind === 'exists')
    return built(call, selectOf([{ kind: 'element', element: self, at: self.at }], call.at));
  if (statement.kind !== 'select') return null;
  const method = selectMethods[name] ?? (/hint$/.test(name) ? commonMethods[name] : undefined);
  if (method === undefined || name === 'filter' || name === 'distinct') return null;
  const silent: Call = { ...call, evaluation: { ...call.evaluation, recorder: null } };
  const made = method(statement, silent, {
    kind: 'statement',
    node: statement,
    builder: null,
    excluded: null,
  });
  if (made?.kind !== 'statement') return null;
  const type = scalarType(made.node);
  return element(
    self.kind === 'exists' ? { ...self, statement: made.node } : { ...self, statement: made.node, type },
  );
}

function fromMethod(call: Call, self: Value & { readonly kind: 'from' }, name: string): Value {
  if (self.from.kind === 'values') {
    const made = valuesData(self.from, call, name);
    if (made !== null) return made;
  }
  const made = fromMethods[name]?.(self.from, call) ?? null;
  return made ?? unknownSql(unknownAt('unsupported-construct', `${name}() is not rendered here.`, call.at));
}

/** Methods of plain values. A call of `query` with a mapped class is taken for that of a session. */
function plainMethod(call: Call, receiver: Value, name: string): Value {
  const first = call.arguments.positional[0]?.value;
  const entityLike = first?.kind === 'entity' || (first?.kind === 'element' && first.mapped !== null);
  if (name === 'query' && entityLike) return queryOf(call);
  if (receiver.kind === 'list' || receiver.kind === 'dict') return containerMethod(call, receiver, name);
  if (receiver.kind === 'method' && name === 'get' && first !== undefined) {
    const table = tableOfMetadata(call.evaluation, receiver, first);
    if (table !== null) return table;
  }
  const text = stringMethod(receiver, name, call);
  if (text !== null) return text;
  if (receiver.kind === 'constant') return PYTHON;
  if (receiver.kind === 'unknown') return unknownValue({ ...receiver.unknown, location: call.at });
  return unknownValue(unknownAt('from-library', 'The result of this call is not known.', call.at));
}

/** `.desc()` and kin of an OrderByList. */
function orderedList(call: Call, { elements }: ListValue, name: string): Value | null {
  if (!/^(?:desc|asc|nulls_first|nulls_last)$/.test(name)) return null;
  const ordered = elements.flatMap(({ value, ...place }) => {
    const made = value.kind === 'element' ? columnMethods[name]?.(value.element, call) : null;
    return made ? [{ ...place, value: element(made) }] : [];
  });
  return ordered.length === elements.length ? { kind: 'list', elements: ordered } : null;
}

/** Keywords that a call of the function looked into does not give. Where code is read for itself, they may be given. */
function lacks({ evaluation }: Call, dict: DictValue, key: Value | undefined): boolean {
  if (evaluation.recorder !== null || key?.kind !== 'constant') return false;
  return dict.entries.every(each => each.key.value.kind === 'constant') && entryOf(dict, key) === undefined;
}

/** What methods of lists and dictionaries read; those that change them are carried out before (see `mutations.ts`). */
function containerMethod(call: Call, receiver: ListValue | DictValue, name: string): Value {
  if (name === 'copy') return { ...receiver };
  if (receiver.kind === 'list') return orderedList(call, receiver, name) ?? PYTHON;
  const listed = (elements: ListValue['elements']): Value => ({ kind: 'list', elements });
  switch (name) {
    case 'keys':
      return listed(receiver.entries.map(each => each.key));
    case 'values':
      return listed(receiver.entries.map(each => each.value));
    case 'items':
      return listed(
        receiver.entries.map(({ key, value }) => ({
          ...value,
          value: { kind: 'list', elements: [key, value] },
        })),
      );
    case 'get': {
      const [key, fallback] = call.arguments.positional;
      if (lacks(call, receiver, key?.value)) return fallback?.value ?? NONE;
      return pickedEntry(call.evaluation, receiver, key?.value, fallback?.value, call.at);
    }
    default:
      return PYTHON;
  }
}
