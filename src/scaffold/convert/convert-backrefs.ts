/** `backref="author"` becomes `back_populates`, and the other class gets the attribute that it had all along. */
import { keywordOf } from '../../python/argument-at.ts';
import type { Assignment, Call, ClassDefinition, Expression } from '../../python/syntax.ts';
import { walkStatements } from '../../python/walk.ts';
import type { Model, RelationshipAttribute } from '../../sqlalchemy/model.ts';
import { keyword, stringLiteral } from '../migration/python-literal.ts';
import { isRelationship as isRelationshipStatement } from '../model/edit-target.ts';
import { lineEnd } from '../python-code/add-imports.ts';
import { fromImport } from '../python-code/import-need.ts';
import { assign, call as codeCall, layOut } from '../python-code/layout.ts';
import { quoted } from '../python-code/quoting.ts';
import { assignedName } from '../python-syntax.ts';
import { importTarget, isRelationship, mayBeNone, oneOf } from './convert-relationships.ts';
import { declaredAttribute } from './declared-attribute.ts';
import type { FileConversion } from './file-conversion.ts';

/** `conversionAt` gives the conversion of another file; null where it cannot be changed. */
export function convertBackrefs(
  conversion: FileConversion,
  conversionAt: (path: string) => FileConversion | null,
): number {
  let count = 0;
  walkStatements(conversion.file.module, statement => {
    if (statement.kind !== 'class') return;
    for (const each of statement.body) {
      if (each.kind === 'assignment' && convertBackref(each, statement, conversion, conversionAt)) count += 1;
    }
  });
  return count;
}

/** Options that both sides have to share, as SQLAlchemy hands them on. */
const shared: readonly string[] = ['viewonly', 'post_update', 'passive_updates', 'sync_backref'];

function convertBackref(
  statement: Assignment,
  owner: ClassDefinition,
  conversion: FileConversion,
  conversionAt: (path: string) => FileConversion | null,
): boolean {
  const call = statement.value;
  const [name] = statement.targets;
  if (call?.kind !== 'call' || name?.kind !== 'name' || !isRelationship(call, conversion)) return false;
  const backref = keywordOf(call, 'backref');
  if (!backref) return false;
  const leave = (reason: string): false => {
    conversion.leave(statement, `backref of ${owner.name.id}.${name.id}`, reason);
    return false;
  };
  const other = otherSide(backref.value, conversion);
  if (other === null) return leave('its name or options are no plain text.');
  const found = declaredAttribute(conversion, name);
  if (found?.attribute.kind !== 'relationship') return leave('its class is not known as a mapped class.');
  const { model, attribute } = found;
  if (model.name !== owner.name.id)
    return leave('it stands in a mixin, and every class that uses it has another one.');
  const target = conversion.project.models.get(attribute.target ?? '');
  if (!target || attribute.direction === null) return leave('the class that it leads to is not known.');
  if (
    keywordOf(call, 'primaryjoin') ||
    keywordOf(call, 'secondaryjoin') ||
    other.options.some(({ keyword }) => /join$/.test(keyword))
  )
    return leave('its join is written out, and would have to be turned round.');
  const made = target.attributes.find(each => each.name === other.name);
  if (made?.kind !== 'relationship' || made.backPopulates !== name.id)
    return leave(`${target.name} has an attribute ${other.name} of its own.`);
  const there = conversionAt(target.location.path);
  const place = there === null ? null : placeIn(there, target);
  if (!there || !place) return leave(`the class statement of ${target.name} was not found.`);
  const { style } = conversion.facts;
  const table = secondaryFor(call, conversion, { isOtherFile: there !== conversion, before: place.offset });
  if (table === null) return leave('the table between has no name that is known in the other file.');
  const options = [
    ...table,
    ...optionsFor(call, conversion, owner),
    ...other.options.map(({ keyword, text }) => `${keyword}=${text}`),
  ];
  if (options.some(option => option.includes('\n'))) return leave('its options stand on several lines.');
  conversion.edit({ start: backref.start, end: backref.end }, `back_populates=${quoted(other.name, style)}`);
  const code = codeCall('relationship', ...options, keyword('back_populates', stringLiteral(name.id, style)));
  const annotation = annotationOf(model, made, other, { conversion, there });
  const lines = layOut(assign(`${other.name}: ${annotation}`, code), place.indent, style);
  there.insert(
    place.offset,
    `${there.isFirstAt(place.offset) && !place.isBelowRelationship ? '\n' : ''}\n${lines.join('\n')}`,
  );
  there.need(
    fromImport('sqlalchemy.orm', annotation.split('[')[0] ?? 'Mapped'),
    fromImport('sqlalchemy.orm', 'relationship'),
  );
  importTarget(model.qualifiedName, there);
  if (backref.value.kind === 'call') conversion.replaced(backref.value.function);
  return true;
}

interface OtherSide {
  readonly name: string;
  readonly options: readonly {
    readonly keyword: string;
    readonly text: string;
    readonly value: Expression;
  }[];
}

/** `"author"`, or `backref("author", lazy="joined")`. */
function otherSide(value: Expression, conversion: FileConversion): OtherSide | null {
  if (value.kind === 'string') return value.value === null ? null : { name: value.value, options: [] };
  if (value.kind !== 'call' || conversion.libraryName(value.function) !== 'sqlalchemy.orm.backref')
    return null;
  const [first, ...rest] = value.arguments;
  if (first?.value.kind !== 'string' || first.value.value === null) return null;
  if (rest.some(argument => argument.keyword === null)) return null;
  const options = rest.map(argument => ({
    keyword: argument.keyword?.id ?? '',
    text: conversion.textOf(argument.value),
    value: argument.value,
  }));
  return { name: first.value.value, options };
}

interface OtherPlace {
  readonly isOtherFile: boolean;
  /** The offset of the new attribute. */
  readonly before: number;
}

/** The option that names the table between, where there is one; null where it cannot be named at the other place. */
function secondaryFor(
  call: Call,
  conversion: FileConversion,
  { isOtherFile, before }: OtherPlace,
): readonly string[] | null {
  const secondary = keywordOf(call, 'secondary')?.value;
  if (!secondary) return [];
  const text = conversion.textOf(secondary);
  if (secondary.kind === 'string') return [`secondary=${text}`];
  if (isOtherFile) {
    // A variable of this file is known elsewhere by the table's name alone, which the registry looks up.
    const table = secondaryName(secondary, conversion);
    return table === null ? null : [`secondary=${table}`];
  }
  const made = conversion.file.module.body.find(
    each => secondary.kind === 'name' && assignedName(each) === secondary.id,
  );
  return [made && made.start > before ? `secondary=lambda: ${text}` : `secondary=${text}`];
}

/** What the other side needs besides its own options: the foreign keys, and what SQLAlchemy hands on. */
function optionsFor(call: Call, conversion: FileConversion, owner: ClassDefinition): readonly string[] {
  const options: string[] = [];
  const foreignKeys = keywordOf(call, 'foreign_keys')?.value;
  if (foreignKeys) options.push(`foreign_keys=${qualifiedColumns(foreignKeys, owner.name.id, conversion)}`);
  for (const name of shared) {
    const argument = keywordOf(call, name);
    if (argument) options.push(conversion.textOf(argument));
  }
  return options;
}

function secondaryName(secondary: Expression, { project, facts, file }: FileConversion): string | null {
  if (secondary.kind !== 'name') return null;
  const table = [...project.models.values()].find(
    model => model.kind === 'table' && model.name === secondary.id && model.location.path === file.path,
  );
  return table?.tableName ? quoted(table.tableName, facts.style) : null;
}

/** `[author_id]` stands in the class; from elsewhere it is `"[Post.author_id]"`. */
function qualifiedColumns(value: Expression, owner: string, conversion: FileConversion): string {
  const { facts } = conversion;
  if (value.kind === 'string') return conversion.textOf(value);
  const elements = value.kind === 'list' || value.kind === 'tuple' ? value.elements : [value];
  const names = elements.map(each =>
    each.kind === 'name' ? `${owner}.${each.id}` : conversion.textOf(each),
  );
  return quoted(names.length === 1 ? (names[0] ?? '') : `[${names.join(', ')}]`, facts.style);
}

/** After the last relationship, else the last attribute, of the class. */
function placeIn(
  { file }: FileConversion,
  target: Model,
): { readonly offset: number; readonly indent: number; readonly isBelowRelationship: boolean } | null {
  let found: ClassDefinition | null = null;
  walkStatements(file.module, statement => {
    if (statement.kind === 'class' && statement.name.start === target.nameRange.start) found = statement;
  });
  const node = found as ClassDefinition | null;
  const attributes = node?.body.filter(each => each.kind === 'assignment') ?? [];
  const last = attributes.at(-1) ?? node?.body.at(-1);
  if (!node || !last) return null;
  const start = file.text.lastIndexOf('\n', last.start - 1) + 1;
  return {
    offset: lineEnd(file.text, last.end),
    indent: last.start - start,
    isBelowRelationship: isRelationshipStatement(last),
  };
}

function annotationOf(
  model: Model,
  made: RelationshipAttribute,
  { options }: OtherSide,
  { conversion, there }: { readonly conversion: FileConversion; readonly there: FileConversion },
): string {
  const { style } = conversion.facts;
  const option = (keyword: string): Expression | undefined =>
    options.find(each => each.keyword === keyword)?.value;
  const lazy = option('lazy');
  const name = quoted(model.name, style);
  if (lazy?.kind === 'string' && lazy.value === 'dynamic') return `DynamicMapped[${name}]`;
  if (made.collection) return `Mapped[list[${name}]]`;
  const target = conversion.project.models.get(made.target ?? '');
  const owner = [...conversion.project.models.values()].find(each => each.attributes.includes(made));
  const optional =
    made.direction !== 'many-to-one' || !owner || !target || mayBeNone(owner, made, conversion);
  return `Mapped[${oneOf(model.name, optional, there)}]`;
}
