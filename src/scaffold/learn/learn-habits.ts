/** How the models there are look: table names, order of bases, docstrings, loading, keys. */

import { ownerPart } from '../../base/dotted-name.ts';
import { docstringOf } from '../../python/docstring.ts';
import type { ColumnAttribute, Model } from '../../sqlalchemy/model.ts';
import type { NamedThing } from '../named-thing.ts';
import { pluralOf } from '../names.ts';
import type {
  BaseFact,
  ColumnFact,
  KeySample,
  KeyType,
  MixinFact,
  ModelFact,
  ModelHabits,
} from '../project-facts.ts';
import { lastName, type Statement } from '../python-syntax.ts';
import { subjectOf } from '../subject-name.ts';
import { usualTableComment } from './learn-sqlmodel.ts';
import { mostCommon } from './most-common.ts';
import type { OwnClasses } from './own-classes.ts';

export function learnHabits(
  models: readonly Model[],
  classes: OwnClasses,
  base: BaseFact | null,
): ModelHabits {
  const files = new Set(models.flatMap(model => classes.get(model.qualifiedName)?.file ?? []));
  const documented = [...files].filter(file => docstringOf(file.module.body) !== null).length;
  const described = models.filter(model => model.docstring !== null).length;
  const ending = usualEnding(models);
  return {
    pluralTables: hasPluralTables(models, ending),
    ending,
    baseFirst: mostCommon(models.flatMap(model => isBaseFirst(model, classes, base))) ?? false,
    moduleDocstrings: files.size === 0 || documented * 3 >= files.size,
    classDocstrings: models.length === 0 || described * 3 >= models.length,
    tableComment: usualTableComment(models, classes),
    lazy: usualLazy(models),
    ...annotationHabits(models, classes),
  };
}

/** As most annotations are spelled; where none tells, the newer way. */
function annotationHabits(
  models: readonly Model[],
  classes: OwnClasses,
): Pick<ModelHabits, 'optionalColumns' | 'optionalRelationships' | 'lists'> {
  const annotations = models.flatMap(model => {
    const owner = classes.get(model.qualifiedName);
    return owner ? owner.node.body.flatMap(statement => writtenAnnotation(statement, owner.file.text)) : [];
  });
  const relationships = annotations.filter(({ isRelationship }) => isRelationship);
  const columns = annotations.filter(({ isRelationship }) => !isRelationship);
  const optionalColumns = usualOptional(columns) ?? 'union';
  const lists = relationships.flatMap(({ text }) => /^(list|List)\[/.exec(text)?.[1] ?? []);
  return {
    optionalColumns,
    optionalRelationships: usualOptional(relationships) ?? optionalColumns,
    lists: mostCommon(lists) === 'List' ? 'List' : 'list',
  };
}

interface WrittenAnnotation {
  /** What stands in `Mapped[…]`; of SQLModel's fields the whole. */
  readonly text: string;
  readonly isRelationship: boolean;
}

function writtenAnnotation(statement: Statement, text: string): readonly WrittenAnnotation[] {
  if (statement.kind !== 'assignment' || statement.annotation === null) return [];
  const { annotation, value } = statement;
  const [mapped] =
    annotation.kind === 'subscript' && lastName(annotation) === 'Mapped' ? annotation.indices : [annotation];
  const called = value?.kind === 'call' ? lastName(value.function) : null;
  return mapped
    ? [{ text: text.slice(mapped.start, mapped.end), isRelationship: /^[rR]elationship$/.test(called ?? '') }]
    : [];
}

function usualOptional(annotations: readonly WrittenAnnotation[]): 'union' | 'Optional' | null {
  return mostCommon(
    annotations.flatMap(({ text }) =>
      text.startsWith('Optional[')
        ? ['Optional' as const]
        : /\| None["']?$/.test(text)
          ? ['union' as const]
          : [],
    ),
  );
}

/** At least three models, and four of five. */
function usualEnding(models: readonly Model[]): string {
  const endings = ['Model', 'ORM', 'Orm', 'DB', 'Db', 'Table', 'Entity'];
  const found = endings.find(ending => {
    const count = models.filter(({ name }) => name.endsWith(ending) && name !== ending).length;
    return count >= 3 && count * 5 >= models.length * 4;
  });
  return found ?? '';
}

/** True without models: so do the patterns that are written into a new project. */
function hasPluralTables(models: readonly Model[], ending: string): boolean {
  const kinds = models.flatMap(({ name, tableName }) => {
    if (tableName === null) return [];
    const snake = subjectOf({ habits: { ending } }, name);
    if (tableName.endsWith(pluralOf(snake)) && pluralOf(snake) !== snake) return [true];
    return tableName.endsWith(snake) ? [false] : [];
  });
  return mostCommon(kinds) ?? true;
}

function isBaseFirst(model: Model, classes: OwnClasses, base: BaseFact | null): readonly boolean[] {
  const written = classes.get(model.qualifiedName)?.bases ?? [];
  return base !== null && written.length > 1 && written.includes(base.name) ? [written[0] === base.name] : [];
}

function usualLazy(models: readonly Model[]): string | null {
  const lazies = models.flatMap(model =>
    model.attributes.flatMap(each => (each.kind === 'relationship' ? [each.lazy] : [])),
  );
  const usual = mostCommon(lazies);
  return usual === 'raise' || usual === 'raise_on_sql' ? usual : null;
}

export function modelFacts(models: readonly Model[]): readonly ModelFact[] {
  return models.flatMap(model => {
    if (model.kind === 'table' || model.tableName === null) return [];
    const columns = model.attributes.filter(each => each.kind === 'column');
    return [
      {
        name: model.name,
        module: model.module,
        path: model.location.path,
        table: model.schema === null ? model.tableName : `${model.schema}.${model.tableName}`,
        key: keyOf(model),
        attributes: model.attributes.map(each => each.name),
        references: columns.flatMap(each => (each.foreignKey ? ownerPart(each.foreignKey) : [])),
        columns: columns.map(columnFact),
      },
    ];
  });
}

function columnFact(column: ColumnAttribute): ColumnFact {
  const { name, annotation, type, nullable, primaryKey, unique, foreignKey } = column;
  const defaulted = column.default !== null || column.serverDefault !== null;
  return { attribute: name, annotation, type, nullable, primaryKey, unique, defaulted, foreignKey };
}

function keyOf(model: Model): ModelFact['key'] {
  const key = onlyKey(model);
  const type = key && keyType(key);
  return key && type ? { attribute: key.name, column: key.column, type } : null;
}

function onlyKey(model: Model): ColumnAttribute | null {
  const keys = model.attributes.flatMap(each => (each.kind === 'column' && each.primaryKey ? [each] : []));
  return keys.length === 1 ? (keys[0] ?? null) : null;
}

/** As annotated, for a UUID may be stored as text; else by the type. */
function keyType({ sqlType, annotation }: ColumnAttribute): KeyType | null {
  const annotated = annotatedType(annotation ?? '');
  if (annotated !== null || sqlType === null) return annotated;
  if (/^(BIG|SMALL)?(INT|INTEGER|SERIAL|BIGSERIAL)\b/.test(sqlType)) return 'int';
  if (sqlType === 'UUID') return 'UUID';
  return /^(VARCHAR|TEXT|CHAR)/.test(sqlType) ? 'str' : null;
}

function annotatedType(annotation: string): KeyType | null {
  if (/(^|\.)(UUID|GUID)$/.test(annotation)) return 'UUID';
  return annotation === 'int' || annotation === 'str' ? annotation : null;
}

export interface KeySources {
  readonly keySample: KeySample | null;
  readonly base: BaseFact | null;
  readonly mixins: readonly MixinFact[];
  readonly keyAliases: readonly NamedThing[];
}

/** The answer to the question for the key that most models would have been made with; null without models. */
export function usualKey(models: readonly Model[], sources: KeySources, classes: OwnClasses): string | null {
  return mostCommon(models.flatMap(model => keyStyle(model, sources, classes) ?? []));
}

function keyStyle(
  model: Model,
  { base, mixins, keyAliases, keySample }: KeySources,
  classes: OwnClasses,
): string | null {
  const key = onlyKey(model);
  if (!key) return null;
  const mixin = mixins.find(each => each.hasKey && model.bases.includes(`${each.module}.${each.name}`));
  if (mixin && !base?.hasKey) return `mixin:${mixin.module}.${mixin.name}`;
  const node = classes.get(model.qualifiedName)?.node;
  const own =
    key.location.path === model.location.path &&
    node !== undefined &&
    key.nameRange.start >= node.start &&
    key.nameRange.end <= node.end;
  if (!own) return base?.hasKey ? 'inherited' : null;
  const alias = keyAliases.find(each => key.annotation === each.name);
  if (alias) return `alias:${alias.module}.${alias.name}`;
  if (keySample?.annotation === key.annotation) return 'usual';
  if (keyType(key) === 'UUID') return 'uuid';
  return key.sqlType?.startsWith('BIG') ? 'bigint' : keyType(key) === 'int' ? 'integer' : null;
}
