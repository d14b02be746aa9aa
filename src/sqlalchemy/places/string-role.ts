/** What a string given to SQLAlchemy's functions names: a table, a column, a class, an attribute. */
import { contains } from '../../base/range.ts';
import { type ArgumentPlace, argumentAround, argumentNamed, stringValue } from '../../python/argument-at.ts';
import { lastName } from '../../python/last-name.ts';
import type { Call, Expression, SyntaxNode } from '../../python/syntax.ts';
import type { MappedAttribute, Model } from '../model.ts';
import type { FileFacts } from '../project.ts';
import type { StringRole } from './name-place.ts';
import { ownerAround } from './sql-place.ts';

export interface RoleContext {
  readonly facts: FileFacts;
  readonly models: ReadonlyMap<string, Model>;
  readonly offset: number;
}

type ReadRole = (place: ArgumentPlace, context: RoleContext) => StringRole | null;

/** `path` leads to the literal. Null where it names nothing that is known. */
export function stringRole(path: readonly SyntaxNode[], context: RoleContext): StringRole | null {
  const place = argumentAround(path);
  if (!place) return null;
  const { call } = place;
  const name = context.facts.meaningOf(call.function);
  if (name.kind === 'library') return roles[name.name]?.(place, context) ?? null;
  const method = call.function.kind === 'attribute' ? call.function.attribute.id : '';
  return methodRole(method, path, place, context);
}

const relationshipRole: ReadRole = (place, context) => {
  const parameter = parameterOf(place, ['argument', 'secondary']);
  if (parameter === 'argument') return { kind: 'class' };
  if (parameter === 'secondary') return { kind: 'table', schema: null };
  if (parameter === 'back_populates') return backPopulates(place.call, context);
  return expressionParameters.has(parameter) ? { kind: 'class-expression' } : null;
};

const expressionParameters = new Set([
  'primaryjoin',
  'secondaryjoin',
  'foreign_keys',
  'remote_side',
  'order_by',
]);

const constraintRole: ReadRole = ({ argument, position }, { facts, offset }) => {
  const isColumn = position !== null || argument.keyword?.id === 'postgresql_include';
  const owner = isColumn ? ownerAround(facts, offset) : null;
  return owner && { kind: 'column', owner };
};

const roles: Readonly<Record<string, ReadRole>> = {
  'sqlalchemy.ForeignKey': place =>
    parameterOf(place, ['column']) === 'column' ? { kind: 'column-path' } : null,
  'sqlmodel.Field': ({ argument }) =>
    argument.keyword?.id === 'foreign_key' ? { kind: 'column-path' } : null,
  'sqlalchemy.ForeignKeyConstraint': (place, context) => {
    const parameter = parameterOf(place, ['columns', 'refcolumns']);
    if (parameter === 'refcolumns') return { kind: 'column-path' };
    return parameter === 'columns' ? constraintRole(place, context) : null;
  },
  'sqlalchemy.orm.relationship': relationshipRole,
  'sqlmodel.Relationship': relationshipRole,
  'sqlalchemy.orm.backref': (place, context) =>
    place.position === 0 ? null : relationshipRole(place, context),
  'sqlalchemy.UniqueConstraint': constraintRole,
  'sqlalchemy.PrimaryKeyConstraint': constraintRole,
  // The first is the index's name.
  'sqlalchemy.Index': (place, context) => (place.position === 0 ? null : constraintRole(place, context)),
  'sqlalchemy.orm.synonym': ({ position }, context) => (position === 0 ? ownAttribute(context) : null),
  'sqlalchemy.orm.validates': ({ position }, context) => (position === null ? null : ownAttribute(context)),
  'sqlalchemy.ext.associationproxy.association_proxy': (place, context) => proxyRole(place, context),
};

function ownAttribute(context: RoleContext): StringRole | null {
  const model = modelAround(context);
  return model && { kind: 'attribute', model };
}

/** `association_proxy("relationship", "attribute at its end")`. */
function proxyRole(place: ArgumentPlace, context: RoleContext): StringRole | null {
  const model = modelAround(context);
  const parameter = parameterOf(place, ['target_collection', 'attr']);
  if (model === null) return null;
  if (parameter === 'target_collection') return { kind: 'attribute', model };
  if (parameter !== 'attr') return null;
  const through = stringValue(argumentNamed(place.call, 0, 'target_collection'));
  const relationship = model.attributes.find(({ name }) => name === through);
  const target = targetOf(relationship, context.models);
  return target && { kind: 'attribute', model: target };
}

/** What `back_populates` names is an attribute of the class at the other end. */
function backPopulates(call: Call, context: RoleContext): StringRole | null {
  const own = modelAround(context);
  const attribute = own?.attributes.find(
    ({ kind, location: { range } }) => kind === 'relationship' && contains(range, call),
  );
  const model =
    targetOf(attribute, context.models) ?? modelWritten(argumentNamed(call, 0, 'argument'), context);
  return model && { kind: 'back-populates', model, leadsTo: own };
}

function targetOf(attribute: MappedAttribute | undefined, models: ReadonlyMap<string, Model>): Model | null {
  return attribute?.kind === 'relationship' && attribute.target !== null
    ? (models.get(attribute.target) ?? null)
    : null;
}

/** `"Item"` or `Item`. */
function modelWritten(written: Expression | undefined, { facts, models }: RoleContext): Model | null {
  if (!written) return null;
  const meaning = facts.meaningOf(written);
  if (meaning.kind === 'entity') return meaning.model;
  const name = stringValue(written) ?? lastName(written);
  const named = [...models.values()].filter(model => model.name === name);
  return named.length === 1 ? (named[0] ?? null) : null;
}

function modelAround({ facts, offset }: RoleContext): Model | null {
  const owner = ownerAround(facts, offset);
  return owner?.kind === 'model' ? owner.model : null;
}

/** The name of the parameter that an argument is for; empty where none of the names is. */
function parameterOf({ argument, position }: ArgumentPlace, names: readonly string[]): string {
  return argument.keyword?.id ?? (position === null ? '' : (names[position] ?? ''));
}

/** Methods that take names as strings: of columns, and keys of values for the parameters of SQL text. */
function methodRole(
  method: string,
  path: readonly SyntaxNode[],
  { call, argument, position }: ArgumentPlace,
  { facts }: RoleContext,
): StringRole | null {
  if (call.function.kind !== 'attribute') return null;
  if (position === 1 && isKey(path)) return parameterRole(call, facts);
  const on = facts.meaningOf(call.function.value);
  if (on.kind !== 'statement' || on.target === null) return null;
  const takesColumns =
    (method === 'on_conflict_do_update' || method === 'on_conflict_do_nothing') &&
    (argument.keyword?.id === 'index_elements' || argument.keyword?.id === 'set_');
  const isValues = method === 'values' && argument.keyword === null && isKey(path);
  return takesColumns || isValues ? { kind: 'column', owner: { kind: 'model', model: on.target } } : null;
}

/** Whether the literal at the end of the path is a key of a dictionary. */
function isKey(path: readonly SyntaxNode[]): boolean {
  const [literal, around] = path.slice(-2).toReversed();
  return around?.kind === 'dict' && around.entries.some(({ key }) => key === literal);
}

/** `execute(text("… :name"), {"name": …})`. */
function parameterRole(call: Call, facts: FileFacts): StringRole | null {
  const sent = call.arguments[0]?.value;
  const statement = sent && facts.statements.find(({ location }) => contains(sent, location.range));
  const names = statement?.raw.flatMap(({ binds }) => binds.map(({ name }) => name)) ?? [];
  return names.length === 0 ? null : { kind: 'parameter', names: [...new Set(names)] };
}
