/** What a name is about, in whatever language it stands: SQL, strings, keywords, and Python itself. */

import { contains, isSameRange, sliceOf, type TextRange, touches } from '../../base/range.ts';
import type { Attribute } from '../../python/syntax.ts';
import { tableKey } from '../../schema/schema-change.ts';
import type { MappedAttribute, Model } from '../../sqlalchemy/model.ts';
import type { TableReference } from '../../sqlalchemy/places/name-place.ts';
import type { FileFacts, SqlAlchemyProject } from '../../sqlalchemy/project.ts';
import { declaringStringAt } from '../../workspace/declaring-string.ts';
import { expressionsAt } from '../../workspace/expressions-at.ts';
import { revisionAt } from '../../workspace/migrations/revision-at.ts';
import type { WorkspaceSnapshot } from '../../workspace/snapshot.ts';
import { columnAttributes, environmentsOf, modelsOf, revisionNamed } from './declarations.ts';
import { tablesFor } from './known-tables.ts';
import { type NamedThing, namedThingAt } from './named-thing.ts';

export interface Subject {
  /** Of the name. */
  readonly range: TextRange;
  /** True where the thing is declared here. */
  readonly isDeclaration: boolean;
  /** Two names that share one are about the same: a class and its table, an attribute and its column. A mixin's has many. */
  readonly keys: ReadonlySet<string>;
  /** What the thing may be called, with the name itself. */
  readonly names: ReadonlySet<string>;
  /** Where SQL or the code beside it makes the thing, which no other file knows; null for everything else. */
  readonly madeAt: TextRange | null;
}

/** Null where the name is about nothing of ours. */
export function subjectAt(workspace: WorkspaceSnapshot, path: string, offset: number): Subject | null {
  const declared = declaredByString(workspace, path, offset) ?? declaredAt(workspace, path, offset);
  if (declared) return subjectOf(workspace, path, declared, true);
  const found = meantInPython(workspace, path, offset) ?? namedThingAt(workspace, path, offset);
  return found && subjectOf(workspace, path, { range: found.range, things: [found.thing] }, false);
}

interface ThingsAt {
  readonly range: TextRange;
  readonly things: readonly NamedThing[];
}

function subjectOf(
  workspace: WorkspaceSnapshot,
  path: string,
  { range, things }: ThingsAt,
  isDeclaration: boolean,
): Subject {
  const { keys, names } = joined(things.map(thing => identityOf(workspace, path, thing)));
  const [thing] = things;
  const written = /[\p{L}\p{N}_]+/u.exec(sliceOf(workspace.textOf(path) ?? '', range));
  return {
    range,
    isDeclaration,
    keys,
    names: new Set([...names, ...(written ?? [])]),
    madeAt: thing?.kind === 'place' && thing.path === path ? thing.range : null,
  };
}

/** The name of a class, of a variable with a table, of an attribute, the id of a revision, where it is declared. */
function declaredAt(workspace: WorkspaceSnapshot, path: string, offset: number): ThingsAt | null {
  const { project } = workspace;
  if (!project.files.has(path)) return null;
  const attributes = project.attributesIn(path).filter(each => touches(each.attribute.nameRange, offset));
  const [first] = attributes;
  if (first)
    return {
      range: first.attribute.nameRange,
      things: attributes.map(each => ({ kind: 'attribute', ...each })),
    };
  const model = modelsIn(project, path).find(({ nameRange }) => touches(nameRange, offset));
  if (model) return { range: model.nameRange, things: [{ kind: 'model', model }] };
  for (const { graph } of environmentsOf(workspace, path)) {
    const node = revisionAt(graph, path);
    if (node && touches(node.revision.idRange, offset))
      return { range: node.revision.idRange, things: [{ kind: 'revision', id: node.id }] };
  }
  return null;
}

function modelsIn(project: SqlAlchemyProject, path: string): readonly Model[] {
  return project.modelsOfFile(path).flatMap(each => project.models.get(each) ?? []);
}

/** The name that the database knows: `__tablename__ = "users"`, `Table("users", …)`, `mapped_column("email")`. */
function declaredByString({ project }: WorkspaceSnapshot, path: string, offset: number): ThingsAt | null {
  const file = project.files.get(path);
  const written = file && declaringStringAt(file, offset);
  if (!written) return null;
  const { name, range, call } = written;
  const columns = project
    .attributesIn(path)
    .filter(({ attribute }) => attribute.kind === 'column' && attribute.column === name)
    .filter(({ attribute }) => call !== null && contains(attribute.location.range, call));
  const models = modelsIn(project, path).filter(
    ({ kind, tableName, location }) =>
      tableName === name && (kind === 'table') === (call !== null) && contains(location.range, range),
  );
  const things: readonly NamedThing[] = [
    ...columns.map(each => ({ kind: 'attribute', ...each }) as const),
    ...models.map(model => ({ kind: 'model', model }) as const),
  ];
  return things.length > 0 ? { range, things } : null;
}

/** `User`, `User.email`, and `user.email` of an object that is known to be one. */
function meantInPython(
  { project }: WorkspaceSnapshot,
  path: string,
  offset: number,
): { readonly range: TextRange; readonly thing: NamedThing } | null {
  const file = project.files.get(path);
  const expression = file && expressionsAt(file, offset)[0];
  if (expression?.kind === 'name') {
    const meaning = project.factsOf(path).meaningOf(expression);
    return meaning.kind === 'entity' && !meaning.alias
      ? { range: expression, thing: { kind: 'model', model: meaning.model } }
      : null;
  }
  if (expression?.kind !== 'attribute' || !touches(expression.attribute, offset)) return null;
  const facts = project.factsOf(path);
  const meaning = facts.meaningOf(expression);
  if (meaning.kind === 'entity')
    return { range: expression.attribute, thing: { kind: 'model', model: meaning.model } };
  const found = meaning.kind === 'attribute' ? meaning : attributeOfObject(facts, expression);
  return found && { range: expression.attribute, thing: { ...found, kind: 'attribute' } };
}

function attributeOfObject(
  facts: FileFacts,
  { value, attribute: { id } }: Attribute,
): { readonly model: Model; readonly attribute: MappedAttribute } | null {
  const object = facts.meaningOf(value);
  if (object.kind !== 'instance') return null;
  const attribute = object.model.attributes.find(({ name }) => name === id);
  return attribute ? { model: object.model, attribute } : null;
}

type Identity = Pick<Subject, 'keys' | 'names'>;

function identityOf(workspace: WorkspaceSnapshot, path: string, thing: NamedThing): Identity {
  switch (thing.kind) {
    case 'place':
      return { keys: new Set([`place ${thing.range.start} ${thing.path}`]), names: new Set() };
    case 'revision': {
      const id = revisionNamed(workspace, path, thing.id)?.id ?? thing.id;
      return { keys: new Set([`revision ${id}`]), names: new Set([id]) };
    }
    case 'model':
      return modelIdentity(workspace, thing.model);
    case 'attribute':
      return attributeIdentity(workspace, thing.model, thing.attribute);
    case 'table': {
      const models = modelsOf(workspace, thing.table);
      return models.length > 0
        ? joined(models.map(model => modelIdentity(workspace, model)))
        : tableIdentity(workspace, tableMeant(workspace, path, thing.table));
    }
    case 'column': {
      const declared = columnAttributes(workspace, thing.table, thing.column);
      return declared.length > 0
        ? joined(declared.map(each => attributeIdentity(workspace, each.model, each.attribute)))
        : columnIdentity(workspace, tableMeant(workspace, path, thing.table), thing.column);
    }
  }
}

function joined(identities: readonly Identity[]): Identity {
  return {
    keys: new Set(identities.flatMap(({ keys }) => [...keys])),
    names: new Set(identities.flatMap(({ names }) => [...names])),
  };
}

/** With the schema that it is in, where the name alone says which one is meant. */
function tableMeant(workspace: WorkspaceSnapshot, path: string, table: TableReference): TableReference {
  return tablesFor(workspace, path).find(table) ?? table;
}

function modelIdentity(workspace: WorkspaceSnapshot, model: Model): Identity {
  return model.table && model.tableName !== null
    ? tableIdentity(workspace, model.table)
    : { keys: new Set([`model ${model.qualifiedName}`]), names: new Set([model.name]) };
}

function tableIdentity(workspace: WorkspaceSnapshot, table: TableReference): Identity {
  const models = modelsOf(workspace, table).map(({ name }) => name);
  return { keys: new Set([`table ${tableKey(table)}`]), names: new Set([table.name, ...models]) };
}

function attributeIdentity(workspace: WorkspaceSnapshot, model: Model, attribute: MappedAttribute): Identity {
  const owner = declaringModel(workspace, model, attribute);
  return attribute.kind === 'column' && owner.table
    ? columnIdentity(workspace, owner.table, attribute.column)
    : {
        keys: new Set([`attribute ${owner.qualifiedName}.${attribute.name}`]),
        names: new Set([attribute.name]),
      };
}

function columnIdentity(workspace: WorkspaceSnapshot, table: TableReference, column: string): Identity {
  const attributes = columnAttributes(workspace, table, column).map(({ attribute: { name } }) => name);
  return { keys: new Set([`column ${tableKey(table)} ${column}`]), names: new Set([column, ...attributes]) };
}

/** The mapped class that an attribute is inherited from; what comes from a mixin is each class's own. */
function declaringModel({ project }: WorkspaceSnapshot, model: Model, attribute: MappedAttribute): Model {
  let owner = model;
  const seen = new Set([owner]);
  for (;;) {
    const parent = project.models.get(owner.inherits?.parent ?? '');
    if (!parent || seen.has(parent) || !parent.attributes.some(each => isSamePlace(each, attribute)))
      return owner;
    seen.add(parent);
    owner = parent;
  }
}

function isSamePlace({ location: one }: MappedAttribute, { location: other }: MappedAttribute): boolean {
  return one.path === other.path && isSameRange(one.range, other.range);
}
