/** `posts = relationship("Post")` gets the annotation that says what it holds. */
import { lastPart } from '../../base/dotted-name.ts';
import { keywordOf } from '../../python/argument-at.ts';
import type { Assignment, Call, ClassDefinition } from '../../python/syntax.ts';
import { walkStatements } from '../../python/walk.ts';
import type { Model, RelationshipAttribute } from '../../sqlalchemy/model.ts';

import { fromImport } from '../python-code/import-need.ts';
import { importOwn } from '../python-code/import-own.ts';
import { quoted } from '../python-code/quoting.ts';
import { bindsName } from './bound-names.ts';
import { declaredAttribute } from './declared-attribute.ts';
import type { FileConversion } from './file-conversion.ts';
import { optional } from './optional.ts';

export type DynamicChoice = 'dynamic' | 'write-only';

export function convertRelationships(conversion: FileConversion, dynamic: DynamicChoice): number {
  let count = 0;
  walkStatements(conversion.file.module, statement => {
    if (statement.kind !== 'class') return;
    for (const each of statement.body) {
      if (each.kind === 'assignment' && convertRelationship(each, statement, conversion, dynamic)) count += 1;
    }
  });
  return count;
}

function convertRelationship(
  statement: Assignment,
  owner: ClassDefinition,
  conversion: FileConversion,
  dynamic: DynamicChoice,
): boolean {
  const call = statement.value;
  const [target] = statement.targets;
  if (call?.kind !== 'call' || target?.kind !== 'name' || !isRelationship(call, conversion)) return false;
  if (statement.annotation !== null) return false;
  const leave = (reason: string): false => {
    conversion.leave(statement, `Relationship ${owner.name.id}.${target.id}`, reason);
    return false;
  };
  const found = declaredAttribute(conversion, target);
  if (found?.attribute.kind !== 'relationship') return leave('its class is not known as a mapped class.');
  const { attribute, model } = found;
  if (attribute.target === null) return leave('the class that it leads to is not known.');
  if (call.arguments.some(argument => argument.unpacked)) return leave('some of its arguments are unpacked.');
  const shape = shapeOf(call, attribute, model, conversion);
  if (shape === null) return leave('whether it holds one object or several is not known.');
  const name = lastPart(attribute.target);
  const lazy = keywordOf(call, 'lazy');
  const isDynamic = lazy?.value.kind === 'string' && lazy.value.value === 'dynamic';
  if (isDynamic && shape.collection === null) return leave('a dynamic relationship of one object is none.');
  const annotation = annotationOf(name, shape, isDynamic ? dynamic : null, conversion);
  if (annotation === null) return leave(`its ${shape.collection} has no annotation that says the same.`);
  conversion.insert(target.end, `: ${annotation.text}`);
  conversion.need(fromImport('sqlalchemy.orm', annotation.wrapper));
  if (isDynamic && dynamic === 'write-only' && lazy)
    conversion.edit(lazy.value, quoted('write_only', conversion.facts.style));
  importTarget(attribute.target, conversion);
  return true;
}

export function isRelationship(call: Call, conversion: FileConversion): boolean {
  return conversion.libraryName(call.function) === 'sqlalchemy.orm.relationship';
}

export interface RelationshipShape {
  /** The class of the collection; null for one object. */
  readonly collection: string | null;
  readonly optional: boolean;
}

/** Null where it cannot be told. */
function shapeOf(
  call: Call,
  attribute: RelationshipAttribute,
  model: Model,
  conversion: FileConversion,
): RelationshipShape | null {
  const uselist = keywordOf(call, 'uselist')?.value;
  if (attribute.direction === null && uselist?.kind !== 'constant') return null;
  if (attribute.collection) {
    const collection = keywordOf(call, 'collection_class')?.value;
    return { collection: collection ? conversion.textOf(collection) : 'list', optional: false };
  }
  return {
    collection: null,
    optional: attribute.direction !== 'many-to-one' || mayBeNone(model, attribute, conversion, keysOf(call)),
  };
}

/** Attributes that `foreign_keys=` names; none where it is not there, or says something else. */
function keysOf(call: Call): readonly string[] {
  const value = keywordOf(call, 'foreign_keys')?.value;
  const elements = value?.kind === 'list' || value?.kind === 'tuple' ? value.elements : value ? [value] : [];
  return elements.flatMap(each => (each.kind === 'name' ? [each.id] : []));
}

/** True unless every foreign key to the target, or each of the attributes that are named, is NOT NULL. */
export function mayBeNone(
  model: Model,
  attribute: RelationshipAttribute,
  { project }: FileConversion,
  named: readonly string[] = [],
): boolean {
  const own = model.attributes.filter(each => each.kind === 'column' && named.includes(each.name));
  if (own.length > 0) return own.some(each => each.kind === 'column' && each.nullable);
  const target = project.models.get(attribute.target ?? '')?.table;
  const keys = (model.table?.foreignKeys ?? []).filter(key => key.targetTable === target?.name);
  const nullable = new Set(model.table?.columns.filter(column => column.nullable).map(column => column.name));
  return keys.length === 0 || keys.some(key => key.columns.some(column => nullable.has(column)));
}

function annotationOf(
  name: string,
  { collection, optional: isOptional }: RelationshipShape,
  dynamic: DynamicChoice | null,
  conversion: FileConversion,
): { readonly text: string; readonly wrapper: string } | null {
  const quotedName = quoted(name, conversion.facts.style);
  if (dynamic !== null) {
    const wrapper = dynamic === 'dynamic' ? 'DynamicMapped' : 'WriteOnlyMapped';
    return { text: `${wrapper}[${quotedName}]`, wrapper };
  }
  const wrapper = 'Mapped';
  if (collection === null) return { text: `Mapped[${oneOf(name, isOptional, conversion)}]`, wrapper };
  return collection === 'list' || collection === 'set'
    ? { text: `Mapped[${collection}[${quotedName}]]`, wrapper }
    : null;
}

/** The annotation of one object: `"User"`, `"User | None"`. */
export function oneOf(name: string, isOptional: boolean, conversion: FileConversion): string {
  const { style } = conversion.facts;
  if (!isOptional) return quoted(name, style);
  const { text, needs } = optional(name, conversion);
  conversion.need(...needs);
  const inside = /^Optional\[(.+)\]$/.exec(text)?.[1];
  return inside === undefined ? quoted(text, style) : `Optional[${quoted(inside, style)}]`;
}

/** The annotation's class, for type checkers alone. */
export function importTarget(qualifiedName: string, conversion: FileConversion): void {
  const { file, facts } = conversion;
  const name = lastPart(qualifiedName);
  if (bindsName(file, name)) return;
  const module = qualifiedName.slice(0, -name.length - 1);
  conversion.needForTypes(importOwn(facts, { name, module }, { path: file.path, module: file.name }));
}
