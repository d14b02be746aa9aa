/** Sessions, connections, results and legacy Query: what executing a statement gives. */

import type { Expression } from '../../../python/syntax.ts';
import type { Model, SourceLocation } from '../../model.ts';
import { driverBehind, driverSql, plainSql } from '../drivers.ts';
import { built, type Call, type Evaluation, locationOf } from '../evaluation.ts';
import type { SelectNode } from '../ir.ts';
import { mappedSelect } from '../mapped-select.ts';
import { itemsOf } from '../select-items.ts';
import type {
  ConnectionLikeValue,
  EntityValue,
  Located,
  ResultValue,
  StatementValue,
  Value,
} from '../value.ts';
import { PYTHON } from '../value.ts';

export function sessionMethod(self: ConnectionLikeValue, name: string, call: Call): Value {
  const first = call.arguments.positional[0];
  switch (name) {
    case 'execute':
    case 'stream':
    case 'exec':
    case 'exec_driver_sql':
      if (name === 'exec_driver_sql') driverSql(call);
      else plainSql(call);
      return { kind: 'result', result: name === 'exec' ? 'scalars' : 'result', model: modelOf(first?.value) };
    case 'scalars':
    case 'stream_scalars':
      plainSql(call);
      return { kind: 'result', result: 'scalars', model: modelOf(first?.value) };
    case 'scalar':
    case 'scalar_one':
      plainSql(call);
      return instanceOr(modelOf(first?.value));
    case 'get':
    case 'get_one':
    case 'merge':
      return first?.value.kind === 'entity'
        ? { kind: 'instance', model: first.value.model }
        : instanceOf(first?.value);
    case 'query':
      return queryOf(call);
    case 'begin':
      if (self.kind === 'session-factory') return { ...self, kind: 'session' };
      return self.kind === 'engine' ? { kind: 'connection', async: self.async } : PYTHON;
    case 'connect':
    case 'connection':
      return { kind: 'connection', async: self.async };
    case 'raw_connection':
      return (self.async ? null : driverBehind(call.evaluation, 'sync')) ?? PYTHON;
    case 'execution_options':
      return self;
    default:
      return PYTHON;
  }
}

function instanceOf(value: Value | undefined): Value {
  return value?.kind === 'instance' ? value : PYTHON;
}

function instanceOr(model: Model | null): Value {
  return model === null ? PYTHON : { kind: 'instance', model };
}

/** The one class that a SELECT lists. */
function modelOf(value: Value | undefined): Model | null {
  if (value?.kind !== 'statement') return null;
  const { node } = value;
  const items = node.kind === 'select' ? node.items : 'returning' in node ? node.returning : [];
  const [only, ...others] = items;
  return only?.kind === 'entity' && others.length === 0 ? only.model : null;
}

/** `session.query(…)`: a SELECT with the labels of the 1.x style. */
export function queryOf(call: Call): Value {
  return built(call, queryNode(call.evaluation, call.arguments.positional, call.at));
}

/** `User.query`, as Flask-SQLAlchemy and `scoped_session.query_property()` offer it: the Query of that class. */
export function queryOfClass(evaluation: Evaluation, entity: EntityValue, node: Expression): StatementValue {
  const at = locationOf(evaluation, node);
  const value: StatementValue = {
    kind: 'statement',
    node: queryNode(evaluation, [{ value: entity, at, node }], at),
    builder: node,
    begun: at,
    excluded: null,
  };
  evaluation.recorder?.built(value);
  return value;
}

function queryNode(evaluation: Evaluation, given: readonly Located[], at: SourceLocation): SelectNode {
  const items = given.flatMap(each => itemsOf(evaluation, each));
  return { ...mappedSelect(evaluation, items, at), tableLabels: true, legacy: true };
}

export function resultMethod(self: ResultValue, name: string): Value {
  switch (name) {
    case 'scalars':
      return { ...self, result: 'scalars' };
    case 'mappings':
    case 'tuples':
    case 'unique':
    case 'columns':
    case 'partitions':
    case 'yield_per':
    case 'freeze':
      return self;
    case 'first':
    case 'one':
    case 'one_or_none':
      return self.result === 'scalars'
        ? instanceOr(self.model)
        : { kind: 'result', result: 'row', model: self.model };
    case 'scalar':
    case 'scalar_one':
    case 'scalar_one_or_none':
      return instanceOr(self.model);
    default:
      return PYTHON;
  }
}

/** Methods of Query that send it, those of Flask-SQLAlchemy's Query among them; null for those that change it. */
export function queryResult(self: StatementValue, name: string): Value | null {
  const model = modelOf(self);
  switch (name) {
    case 'first':
    case 'one':
    case 'one_or_none':
    case 'get':
    case 'first_or_404':
    case 'one_or_404':
    case 'get_or_404':
      return instanceOr(model);
    case 'all':
    case 'scalar':
    case 'count':
    case 'update':
    case 'delete':
    case 'values':
    case 'instances':
    case 'merge_result':
    case 'paginate':
      return PYTHON;
    default:
      return null;
  }
}
