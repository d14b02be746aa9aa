/** Values as the rules see them: SQL constructs by kind, without the expressions they are made of. */
import type { Meaning } from '../meaning.ts';
import type { Model } from '../model.ts';
import { fromsOfSelect } from '../render/select-froms.ts';
import type { StatementKind } from '../statement.ts';
import { typeOf } from './elements.ts';
import { childrenOf, fromsOfFrom } from './from-elements.ts';
import type { Element, StatementNode } from './ir.ts';
import { filterCandidates, filteredModel, modelRead } from './methods/filtered-from.ts';
import type { Value } from './value.ts';

export function meaningOf(value: Value | undefined): Meaning {
  if (value === undefined) return { kind: 'unknown' };
  switch (value.kind) {
    case 'entity':
      return { kind: 'entity', model: value.model, alias: value.alias };
    case 'element':
      if (value.mapped !== null)
        return { kind: 'attribute', model: value.mapped.model, attribute: value.mapped.attribute };
      return isSurelySql(value.element)
        ? { kind: 'sql', type: typeOf(value.element).name }
        : { kind: 'unknown' };
    case 'relationship':
    case 'proxy':
      return { kind: 'attribute', model: value.model, attribute: value.attribute };
    case 'missing-attribute':
      return { kind: 'unknown-attribute', model: value.model, name: value.name, nameRange: value.nameRange };
    case 'from':
    case 'columns':
    case 'operator':
    case 'type':
    case 'loader':
      return { kind: 'sql', type: null };
    case 'statement':
      return {
        kind: 'statement',
        statement: statementKind(value.node),
        target: targetOf(value.node),
        entities: entitiesOf(value.node),
        filtered: filteredModels(value.node),
        upserts: value.node.kind === 'insert' && value.node.upserts,
      };
    case 'library':
      return { kind: 'library', name: canonicalName(value.name) };
    case 'constant':
      return { kind: 'constant', value: value.value };
    case 'instance':
      return { kind: 'instance', model: value.model };
    case 'session':
    case 'session-factory':
    case 'engine':
    case 'connection':
      return { kind: value.kind, async: value.async };
    case 'driver':
      return { kind: 'driver', library: value.library };
    case 'result':
      return { kind: 'result', result: value.result };
    case 'python':
      return {
        kind: 'python',
        type: value.type,
        aware: value.aware ?? null,
        ...(value.among && { among: value.among }),
      };
    case 'function':
      return { kind: 'function', path: value.file.path, start: value.node.start };
    case 'list':
      return { kind: 'python', type: 'builtins.list', aware: null };
    case 'dict':
    case 'lambda':
      return { kind: 'python', type: null, aware: null };
    case 'unknown':
      return value.lacking ? { kind: 'unknown-column', columns: value.lacking } : { kind: 'unknown' };
    default:
      return { kind: 'unknown' };
  }
}

/** False for operators between values of which none is known to be SQL. */
function isSurelySql(element: Element): boolean {
  switch (element.kind) {
    case 'unknown':
      return false;
    case 'binary':
    case 'list':
    case 'unary':
    case 'group':
    case 'as-boolean':
      return childrenOf(element).some(each => each.kind !== 'bind' && isSurelySql(each));
    default:
      return true;
  }
}

/** What `values()` and `filter_by()` refer to. */
function targetOf(node: StatementNode): Model | null {
  if (node.kind === 'insert' || node.kind === 'update' || node.kind === 'delete') return node.model;
  return node.kind === 'select' ? filteredModel(node) : null;
}

/** Every model in FROM; null where not all of them are known. */
function entitiesOf(node: StatementNode): readonly Model[] | null {
  if (node.kind === 'insert' || node.kind === 'update' || node.kind === 'delete')
    return node.model === null ? null : [node.model];
  if (node.kind !== 'select' || node.unknown !== null) return null;
  const read = fromsOfSelect(node);
  if ('unknown' in read) return null;
  const models = read.froms
    .flatMap(fromsOfFrom)
    .flatMap(from => (from.kind === 'join' ? [] : [modelRead(node, from)]));
  const known = models.filter(each => each !== null);
  return known.length === models.length ? [...new Set(known)] : null;
}

function filteredModels(node: StatementNode): readonly Model[] | null {
  if (node.kind !== 'select' || node.legacy || node.unknown !== null) return null;
  const models = filterCandidates(node).map(from => modelRead(node, from));
  const known = models.filter(each => each !== null);
  return known.length === models.length ? known : null;
}

export function statementKind(node: StatementNode): StatementKind {
  switch (node.kind) {
    case 'select':
      return node.legacy ? 'query' : 'select';
    case 'text-statement':
      return 'text';
    case 'values-statement':
      return 'values';
    default:
      return node.kind;
  }
}

const ormNames = new Set(
  `Session sessionmaker scoped_session aliased joinedload selectinload subqueryload lazyload noload raiseload contains_eager
  defer undefer load_only immediateload defaultload with_loader_criteria relationship mapped_column Mapped DeclarativeBase
  declarative_base declared_attr registry column_property synonym composite deferred backref query_expression
  with_polymorphic Load Bundle object_session validates reconstructor DeclarativeBaseNoMeta MappedAsDataclass
  WriteOnlyMapped DynamicMapped dynamic_loader declarative_mixin with_expression attributes make_transient`.split(
    /\s+/,
  ),
);
const asyncNames = new Set(
  'AsyncSession async_sessionmaker async_scoped_session create_async_engine AsyncEngine AsyncConnection AsyncAttrs async_engine_from_config'.split(
    ' ',
  ),
);

/** The name by which documentation knows it. */
function canonicalName(name: string): string {
  if (name.startsWith('postgresql.') || name.startsWith('sqlite.') || name.startsWith('mysql.'))
    return `sqlalchemy.dialects.${name}`;
  if (name.startsWith('func.')) return `sqlalchemy.${name}`;
  if (name.includes('.')) return name;
  if (asyncNames.has(name)) return `sqlalchemy.ext.asyncio.${name}`;
  return ormNames.has(name) ? `sqlalchemy.orm.${name}` : `sqlalchemy.${name}`;
}
