/** What the name under a cursor stands for, where Python itself does not know it: in SQL, in strings, as a keyword. */
import { sliceOf, type TextRange, touches } from '../../base/range.ts';
import { readNames } from '../../sql/names/read-names.ts';
import { type Meant, meantBy } from '../../sql/names/resolve-names.ts';
import { sqlWords } from '../../sql/names/words.ts';
import type { MappedAttribute, Model } from '../../sqlalchemy/model.ts';
import type {
  ColumnOwner,
  PlacedText,
  SqlPlace,
  StringRole,
  TableReference,
} from '../../sqlalchemy/places/name-place.ts';
import { namePlaceAt } from '../../workspace/name-place.ts';
import type { WorkspaceSnapshot } from '../../workspace/snapshot.ts';
import { expressionRelation } from './expression-relation.ts';
import { type KnownTables, tablesFor } from './known-tables.ts';

export type NamedThing =
  | { readonly kind: 'table'; readonly table: TableReference }
  | { readonly kind: 'column'; readonly table: TableReference; readonly column: string }
  | { readonly kind: 'model'; readonly model: Model }
  | { readonly kind: 'attribute'; readonly model: Model; readonly attribute: MappedAttribute }
  | { readonly kind: 'revision'; readonly id: string }
  /** Something that the SQL or the code beside it says itself. */
  | { readonly kind: 'place'; readonly path: string; readonly range: TextRange };

export interface NamedThingAt {
  readonly thing: NamedThing;
  /** Of the name. */
  readonly range: TextRange;
}

export function namedThingAt(
  workspace: WorkspaceSnapshot,
  path: string,
  offset: number,
): NamedThingAt | null {
  const place = namePlaceAt(workspace, path, offset, 'whole');
  if (!place) return null;
  if (place.kind === 'sql') return inSql(workspace, path, place);
  if (place.kind === 'name') return inString(workspace, path, place.name, place.role);
  const name = sliceOf(workspace.textOf(path) ?? '', place.keyword);
  const thing = firstOf(place.call.models, model => attributeNamed(model, name));
  return thing && { thing, range: place.keyword };
}

function inSql(
  workspace: WorkspaceSnapshot,
  path: string,
  { sql, of, parameters }: SqlPlace,
): NamedThingAt | null {
  const words = sqlWords(sql.text);
  const parameter = words.find(word => word.kind === 'parameter' && touches(word, sql.cursor));
  if (parameter) {
    const key = parameters.get(/\w+/.exec(parameter.text)?.[0] ?? '');
    return key ? { thing: { kind: 'place', ...key }, range: sql.toSource(parameter) } : null;
  }
  const tables = tablesFor(workspace, path);
  for (const mention of readNames(words, of ? { expressionOf: expressionRelation(of) } : {})) {
    const index = mention.parts.findIndex(part => touches(part, sql.cursor));
    const part = mention.parts[index];
    const meant = part && meantBy(mention, index, columnsIn(tables));
    if (meant) return { thing: thingMeant(meant, sql, path), range: sql.toSource(part) };
  }
  return null;
}

export function columnsIn(tables: KnownTables) {
  return (table: TableReference) => tables.find(table)?.columns.map(({ name }) => name) ?? null;
}

function thingMeant(meant: Meant, sql: PlacedText, path: string): NamedThing {
  return meant.kind === 'place' ? { kind: 'place', path, range: sql.toSource(meant.range) } : meant;
}

function inString(
  workspace: WorkspaceSnapshot,
  path: string,
  name: PlacedText,
  role: StringRole,
): NamedThingAt | null {
  const word = wordAt(name.text, name.cursor);
  const thing = word && thingInString(workspace, path, name.text, word, role);
  return word && thing ? { thing, range: name.toSource(word) } : null;
}

function thingInString(
  { project: { models } }: WorkspaceSnapshot,
  path: string,
  text: string,
  word: TextRange,
  role: StringRole,
): NamedThing | null {
  const name = sliceOf(text, word);
  switch (role.kind) {
    case 'table':
      return { kind: 'table', table: { name: text, schema: role.schema } };
    case 'column-path':
      return inPath(text, word);
    case 'column':
      return columnOf(role.owner, text, path);
    case 'attribute':
    case 'back-populates':
      return attributeNamed(role.model, text);
    case 'class':
      return modelNamed(models, text.slice(text.lastIndexOf('.') + 1));
    case 'class-expression': {
      const owner = /([\p{L}_][\p{L}\p{N}_]*)\.$/u.exec(text.slice(0, word.start))?.[1];
      const model = modelNamed(models, owner ?? name);
      return owner === undefined || model === null ? model : attributeNamed(model.model, name);
    }
    case 'revision':
      return { kind: 'revision', id: text };
    case 'parameter':
      return null;
  }
}

/** The word that touches an offset: a piece of a dotted name. */
function wordAt(text: string, offset: number): TextRange | null {
  const start = offset - (/[\p{L}\p{N}_]*$/u.exec(text.slice(0, offset))?.[0].length ?? 0);
  const end = offset + (/^[\p{L}\p{N}_]*/u.exec(text.slice(offset))?.[0].length ?? 0);
  return start === end ? null : { start, end };
}

/** `schema.table.column`, as far as the word. */
function inPath(text: string, word: TextRange): NamedThing | null {
  const parts = text.split('.');
  const index = text.slice(0, word.start).split('.').length - 1;
  const isColumn = index > 0 && index === parts.length - 1;
  const table = isColumn || parts.length === 1 ? parts.slice(0, isColumn ? -1 : 1) : parts.slice(0, -1);
  // A schema is nobody's to show.
  if (!isColumn && index < table.length - 1) return null;
  const reference = { name: table.at(-1) ?? '', schema: table.at(-2) ?? null };
  return isColumn
    ? { kind: 'column', table: reference, column: parts[index] ?? '' }
    : { kind: 'table', table: reference };
}

function columnOf(owner: ColumnOwner, column: string, path: string): NamedThing | null {
  if (owner.kind === 'table') return { kind: 'column', table: owner.table, column };
  if (owner.kind === 'model') return attributeNamed(owner.model, column);
  const written = owner.columns.find(({ name }) => name === column);
  return written ? { kind: 'place', path, range: written.range } : null;
}

/** By the name of the attribute, else by that of its column. */
function attributeNamed(model: Model, name: string): NamedThing | null {
  const attribute =
    model.attributes.find(each => each.name === name) ??
    model.attributes.find(each => each.kind === 'column' && each.column === name);
  return attribute ? { kind: 'attribute', model, attribute } : null;
}

/** Null where several classes bear the name. */
function modelNamed(
  models: ReadonlyMap<string, Model>,
  name: string,
): Extract<NamedThing, { kind: 'model' }> | null {
  const named = [...models.values()].filter(each => each.name === name);
  const [only] = named;
  return only && named.length === 1 ? { kind: 'model', model: only } : null;
}

function firstOf<Item, Found>(items: readonly Item[], find: (item: Item) => Found | null): Found | null {
  for (const item of items) {
    const found = find(item);
    if (found !== null) return found;
  }
  return null;
}
