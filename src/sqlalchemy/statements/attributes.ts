/** `receiver.name` for every kind of value: columns, relationships, methods, library names, members of objects. */

import type { TextRange } from '../../base/range.ts';
import { lastName } from '../../python/last-name.ts';
import type { AssociationProxyAttribute, MappedAttribute, Model, RelationshipAttribute } from '../model.ts';
import { bundleAttribute } from './bundles.ts';
import { mappedExpression } from './column-properties.ts';
import { columnAmongRows, columnNamed, columnOfRows } from './columns.ts';
import { compositeColumns } from './composites.ts';
import { entityOf, tableOf } from './entities.ts';
import { type Evaluation, locationOf, unknownAt } from './evaluation.ts';
import { flaskMember } from './flask-extension.ts';
import { hybridValue } from './hybrids.ts';
import { implicitColumns } from './implicit-subquery.ts';
import { inheritedColumn, mappedColumn } from './inherited-columns.ts';
import type { Element, FromElement } from './ir.ts';
import { isLocal, isLocalRelationship } from './local-tables.ts';
import { memberOf } from './members.ts';
import { DECLARED_METADATA } from './metadata-tables.ts';
import { columnAmong, subclassAmong } from './polymorphic.ts';
import { collectionColumn, elementAttribute, fromAttribute } from './sql-attributes.ts';
import { constantValue, type EntityValue, isPlain, PYTHON, unknownSql, type Value } from './value.ts';
import { valueClassOf } from './value-class.ts';

export function attributeOf(evaluation: Evaluation, receiver: Value, name: string, range: TextRange): Value {
  switch (receiver.kind) {
    case 'entity':
      return entityAttribute(evaluation, receiver, name, range);
    case 'element':
      return elementAttribute(receiver.element, name, evaluation, range);
    case 'from':
      return fromAttribute(receiver, name);
    case 'primary-key':
      // Its columns are asked for and gone through as it is itself.
      return name === 'columns' || name === 'c' ? receiver : PYTHON;
    case 'columns':
      return collectionColumn(evaluation, receiver.from, name, range);
    case 'statement':
      if (name === 'excluded' && receiver.excluded !== null)
        return { kind: 'columns', from: receiver.excluded };
      if (name === 'c' || name === 'columns')
        return implicitColumns(evaluation, receiver) ?? { kind: 'method', receiver, name };
      return { kind: 'method', receiver, name };
    case 'library':
      return flaskMember(receiver, name) ?? { kind: 'library', name: `${receiver.name}.${name}` };
    case 'class':
    case 'object':
      return memberOf(evaluation, receiver, name) ?? (name === 'metadata' ? DECLARED_METADATA : PYTHON);
    case 'instance':
      return instanceAttribute(evaluation, receiver.model, name);
    case 'relationship': {
      const method = [
        'any',
        'has',
        'contains',
        'of_type',
        'and_',
        'is_',
        'is_not',
        'in_',
        'desc',
        'asc',
      ].includes(name);
      if (method || receiver.target === null) return { kind: 'method', receiver, name };
      // `User.address.city` is no SQL in SQLAlchemy: the attribute of a relationship does not exist.
      return unknownSql(
        unknownAt(
          'unsupported-construct',
          'An attribute behind a relationship is no column.',
          locationOf(evaluation, range),
        ),
      );
    }
    case 'bundle':
      return bundleAttribute(receiver, name);
    case 'missing-attribute':
    case 'proxy':
      return { kind: 'method', receiver, name };
    case 'method':
      if (receiver.name === 'c' && isPlain(receiver.receiver))
        return unknownSql(
          unknownAt('from-caller', 'The table is given from outside.', locationOf(evaluation, range)),
        );
      return { kind: 'method', receiver, name };
    case 'unknown':
    case 'python':
      return receiver.kind === 'unknown' && receiver.sql ? receiver : { kind: 'method', receiver, name };
    case 'constant':
    case 'list':
    case 'dict':
    case 'collection':
    case 'session':
    case 'session-factory':
    case 'engine':
    case 'connection':
    case 'driver':
    case 'result':
    case 'loader':
      return { kind: 'method', receiver, name };
    default:
      return PYTHON;
  }
}

function entityAttribute(evaluation: Evaluation, entity: EntityValue, name: string, range: TextRange): Value {
  const { model } = entity;
  const subclass = subclassAmong(entity, name);
  if (subclass !== null) return subclass;
  const attribute = model.attributes.find(each => each.name === name);
  if (attribute !== undefined) return mappedAttribute(evaluation, entity, attribute, range);
  if (name === '__table__') return tableOf(evaluation, model);
  if (name === '__tablename__' && model.tableName !== null) return constantValue(model.tableName);
  if (name === 'c' || name === 'columns') return { kind: 'columns', from: entity.from };
  if (name === 'metadata') return DECLARED_METADATA;
  if (name.startsWith('_') || ['registry', 'query', 'mro'].includes(name)) {
    return name === 'query' ? { kind: 'method', receiver: entity, name } : PYTHON;
  }
  if (model.incomplete || isLocal(model)) {
    return unknownSql(
      unknownAt(
        'unresolved-name',
        `${model.name}.${name} may come from a base class that could not be read.`,
        locationOf(evaluation, range),
      ),
    );
  }
  const at = locationOf(evaluation, range);
  if (entity.picked === true)
    return unknownSql(unknownAt('dynamic-attribute', 'The class is picked while the program runs.', at));
  return {
    kind: 'missing-attribute',
    model,
    alias: entity.from.kind === 'alias' ? entity.from : null,
    name,
    nameRange: { start: range.end - name.length, end: range.end },
    at,
  };
}

function mappedAttribute(
  evaluation: Evaluation,
  entity: EntityValue,
  attribute: MappedAttribute,
  range: TextRange,
): Value {
  const { model, from, rowsOf } = entity;
  const at = locationOf(evaluation, range);
  if (rowsOf !== undefined) return attributeAmongRows(evaluation, entity, rowsOf, attribute, range);
  switch (attribute.kind) {
    case 'column': {
      const ofRows =
        from.kind === 'subquery' && from.of !== undefined
          ? columnAmong(evaluation, from, model, attribute.name)
          : from.kind === 'subquery' || from.kind === 'cte'
            ? columnOfRows(from, model, attribute)
            : from.kind === 'join' && from.polymorphic !== undefined
              ? columnAmong(evaluation, from, model, attribute.name)
              : null;
      const column =
        ofRows ??
        mappedColumn(from, attribute.name) ??
        (model.inherits?.style === 'single' ? columnNamed(from, attribute.column) : null) ??
        inheritedColumn(evaluation, model, attribute.name);
      if (column === null)
        return unknownSql(
          unknownAt('unsupported-construct', `${model.name}.${attribute.name} stands in another table.`, at),
        );
      const entity = from.kind === 'join' ? { entity: from } : {};
      // Of what is read together the class itself tells the rows apart, or none does.
      const isAmong = from.kind === 'join' && from.polymorphic !== undefined;
      const owner = model.inherits?.style === 'single' && !isAmong ? { owner: model } : {};
      return {
        kind: 'element',
        element: { ...column, at, ...entity, ...owner },
        mapped: { model, attribute },
      };
    }
    case 'relationship': {
      const target = attribute.target === null ? undefined : evaluation.linked.models.get(attribute.target);
      const value = target === undefined ? null : entityOf(evaluation, target);
      return {
        kind: 'relationship',
        model,
        attribute,
        from,
        target: value?.kind === 'entity' ? value : null,
        criteria: [],
      };
    }
    case 'synonym': {
      const target = model.attributes.find(each => each.name === attribute.target);
      return target === undefined || target.kind === 'synonym'
        ? refused(model, attribute, evaluation, range)
        : mappedAttribute(evaluation, entity, target, range);
    }
    case 'hybrid': {
      const value = hybridValue(evaluation, entity, attribute);
      if (value === null) return refused(model, attribute, evaluation, range);
      return value.kind === 'element'
        ? { kind: 'element', element: { ...value.element, at }, mapped: { model, attribute } }
        : value;
    }
    case 'column-property': {
      const made = mappedExpression(evaluation, model, attribute, from);
      return made === null
        ? refused(model, attribute, evaluation, range)
        : { kind: 'element', element: { ...made, at }, mapped: { model, attribute, from } };
    }
    case 'composite': {
      const columns = compositeColumns(model, attribute, from, at);
      return columns === null
        ? refused(model, attribute, evaluation, range)
        : { kind: 'element', element: columns, mapped: { model, attribute, from } };
    }
    case 'association-proxy':
      return proxyOf(evaluation, entity, attribute, range) ?? refused(model, attribute, evaluation, range);
    case 'plain':
      if (isLocalRelationship(model, attribute.name)) return refused(model, attribute, evaluation, range);
      return plainMember(evaluation, model, attribute.name);
    default:
      return refused(model, attribute, evaluation, range);
  }
}

/** Of an alias whose columns stand among the rows of a subquery, and of nothing but columns. */
function attributeAmongRows(
  evaluation: Evaluation,
  { model, from, alias }: EntityValue,
  rowsOf: FromElement,
  attribute: MappedAttribute,
  range: TextRange,
): Value {
  const inner = mappedAttribute(evaluation, { kind: 'entity', model, from: rowsOf, alias }, attribute, range);
  if (inner.kind !== 'element' || inner.element.kind !== 'column')
    return refused(model, attribute, evaluation, range);
  const column = columnAmongRows(from, inner.element);
  if (column === null) return refused(model, attribute, evaluation, range);
  return { kind: 'element', element: { ...column, at: inner.element.at }, mapped: { model, attribute } };
}

/** Null where it leads along no relationship, or to nothing that can be compared. */
function proxyOf(
  evaluation: Evaluation,
  entity: EntityValue,
  attribute: AssociationProxyAttribute,
  range: TextRange,
): Value | null {
  if (attribute.through === null || attribute.remote === null) return null;
  const through = entityAttribute(evaluation, entity, attribute.through, range);
  if (through.kind !== 'relationship' || through.target === null) return null;
  const remote = entityAttribute(evaluation, through.target, attribute.remote, range);
  if (remote.kind !== 'element' && remote.kind !== 'relationship' && remote.kind !== 'proxy') return null;
  return { kind: 'proxy', model: entity.model, attribute, through, remote };
}

function refused(model: Model, attribute: MappedAttribute, evaluation: Evaluation, range: TextRange): Value {
  const kind = attribute.kind === 'plain' ? 'relationship of a class in a function' : attribute.kind;
  const detail = `${model.name}.${attribute.name} is a ${kind}, which is not rendered yet.`;
  const made: Element = {
    kind: 'unknown',
    unknown: unknownAt('unsupported-construct', detail, locationOf(evaluation, range)),
    at: null,
  };
  return { kind: 'element', element: made, mapped: { model, attribute } };
}

/** A class method of a mapped class, and the like. */
function plainMember(evaluation: Evaluation, model: Model, name: string): Value {
  const definition = evaluation.linked.definitionOf(`${model.qualifiedName}.${name}`);
  if (definition?.node.kind !== 'function') return PYTHON;
  const { node, file } = definition;
  const isStatic = node.decorators.some(decorator => lastName(decorator) === 'staticmethod');
  return {
    kind: 'function',
    node,
    file,
    self: isStatic ? null : entityOf(evaluation, model),
    closure: null,
  };
}

function collectionOf(evaluation: Evaluation, model: Model, attribute: RelationshipAttribute): Value {
  const entity = entityOf(evaluation, model);
  const value =
    entity.kind === 'entity' ? mappedAttribute(evaluation, entity, attribute, attribute.nameRange) : PYTHON;
  return value.kind === 'relationship' ? { kind: 'collection', relationship: value } : PYTHON;
}

function instanceAttribute(evaluation: Evaluation, model: Model, name: string): Value {
  const attribute = model.attributes.find(each => each.name === name);
  if (attribute?.kind === 'relationship' && (attribute.lazy === 'write_only' || attribute.lazy === 'dynamic'))
    return collectionOf(evaluation, model, attribute);
  if (attribute?.kind === 'relationship' && !attribute.collection && attribute.target !== null) {
    const target = evaluation.linked.models.get(attribute.target);
    if (target !== undefined) return { kind: 'instance', model: target };
  }
  if (name === '__class__') return entityOf(evaluation, model);
  if (name === '__table__') return tableOf(evaluation, model);
  return attribute?.kind === 'column' ? { kind: 'python', type: valueClassOf(attribute) } : PYTHON;
}
