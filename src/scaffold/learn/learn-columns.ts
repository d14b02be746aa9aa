/** How the columns that are there are written, beyond what SQLAlchemy needs: their types and those of their foreign keys. */
import type { Model } from '../../sqlalchemy/model.ts';
import type { ColumnHabits, ColumnSample, EnumTypeSample } from '../project-facts.ts';
import { withoutNone } from '../python-code/without-none.ts';
import { isBuiltin } from '../python-names.ts';
import { assignedName, lastName, type Statement } from '../python-syntax.ts';
import { importFor, rootNames } from './learn-key.ts';
import { byFrequency, mostCommon } from './most-common.ts';
import type { OwnClass, OwnClasses } from './own-classes.ts';

export function learnColumns(models: readonly Model[], classes: OwnClasses): ColumnHabits {
  const columns = models.flatMap(model => writtenColumns(model, classes.get(model.qualifiedName)));
  return {
    references: referenceSamples(columns),
    timestamp: timestampSample(columns),
    enumType: enumTypeSample(columns),
    saysNullable: {
      optional: areMostly(columns, true),
      required: areMostly(columns, false),
    },
  };
}

/** `owner_id: Mapped[GUID | None] = mapped_column(GUID, ForeignKey("users.id"))`, taken apart. */
interface WrittenColumn {
  readonly owner: OwnClass;
  /** Without `None`. */
  readonly annotation: string;
  /** The first argument that is neither a name nor a foreign key; null without one. */
  readonly type: string | null;
  /** Whether its annotation has `None`. */
  readonly optional: boolean;
  /** Whether it says `nullable=` besides. */
  readonly saysNullable: boolean;
  /** What a foreign key names. */
  readonly target: string | null;
}

function writtenColumns(model: Model, owner: OwnClass | undefined): readonly WrittenColumn[] {
  if (!owner) return [];
  return owner.node.body.flatMap(statement => {
    const found = model.attributes.find(each => each.name === assignedName(statement));
    if (found?.kind !== 'column' || found.primaryKey) return [];
    const parts = partsOf(statement, owner.file.text);
    return parts ? [{ owner, ...parts, target: found.foreignKey }] : [];
  });
}

function partsOf(statement: Statement, text: string): Omit<WrittenColumn, 'owner' | 'target'> | null {
  if (statement.kind !== 'assignment' || statement.annotation?.kind !== 'subscript') return null;
  const { annotation, value } = statement;
  const [inner] = lastName(annotation) === 'Mapped' ? annotation.indices : [];
  if (!inner || value?.kind !== 'call' || lastName(value.function) !== 'mapped_column') return null;
  const first = value.arguments.find(each => each.keyword === null && each.value.kind !== 'string');
  const type = first ? text.slice(first.start, first.end) : null;
  const isType = type !== null && !/^([\w.]+\.)?ForeignKey\(/.test(type) && !/[\n#]/.test(type);
  const written = text.slice(inner.start, inner.end);
  const bare = withoutNone(written);
  return {
    annotation: bare,
    optional: bare !== written,
    saysNullable: value.arguments.some(({ keyword }) => keyword?.id === 'nullable'),
    type: isType ? type : null,
  };
}

/** More than half of three at least. */
function areMostly(columns: readonly WrittenColumn[], optional: boolean): boolean {
  const alike = columns.filter(each => each.optional === optional);
  return alike.length > 2 && alike.filter(each => each.saysNullable).length * 2 > alike.length;
}

/** Of each key that foreign keys point to, how most of them are written. */
function referenceSamples(columns: readonly WrittenColumn[]): ReadonlyMap<string, ColumnSample> {
  const targets = new Set(columns.flatMap(each => each.target ?? []));
  const samples = [...targets].flatMap(target => {
    const sample = usualSample(columns.filter(each => each.target === target));
    return sample ? [[target, sample] as const] : [];
  });
  return new Map(samples);
}

function usualSample(columns: readonly WrittenColumn[]): ColumnSample | null {
  for (const key of byFrequency(columns.map(keyOf))) {
    const found = columns.filter(each => keyOf(each) === key);
    const sample = found.map(sampleOf).find(each => each !== null);
    if (sample) return sample;
  }
  return null;
}

function keyOf({ annotation, type }: WrittenColumn): string {
  return `${annotation} ${type}`;
}

/** Null where it names what a new file could not import. */
function sampleOf({ owner, annotation, type }: WrittenColumn): ColumnSample | null {
  if (/["'\n]/.test(annotation)) return null;
  const imports = importsOf([annotation, ...(type === null ? [] : [type])], owner);
  return imports && { annotation, type, imports };
}

function importsOf(texts: readonly string[], { file }: OwnClass): ColumnSample['imports'] | null {
  const names = rootNames(texts).filter(name => !isBuiltin(name));
  const needs = names.flatMap(name => importFor(name, file) ?? []);
  return needs.length === names.length ? needs : null;
}

/** Null where most are SQLAlchemy's `DateTime`, of which a new column takes the one with a zone. */
function timestampSample(columns: readonly WrittenColumn[]): ColumnSample | null {
  const own = columns.filter(each => /^(datetime\.|dt\.)?datetime$/.test(each.annotation));
  const type = mostCommon(own.map(each => each.type));
  const alike = own.filter(each => each.type === type);
  const isOwn = type !== null && !/^([\w.]+\.)?DateTime\b/.test(type);
  return isOwn && alike.length >= 2 && alike.length * 2 > own.length ? usualSample(alike) : null;
}

/** `EnumAsString(Role, 100)`, where most enums are stored by a type of the project's own. */
function enumTypeSample(columns: readonly WrittenColumn[]): EnumTypeSample | null {
  const own = columns.flatMap(column => {
    const found = /^([\w.]+)\((\w+)((?:, *[\w.= ]+)*)\)$/.exec(column.type ?? '');
    const [, name = '', given, rest = ''] = found ?? [];
    if (given !== column.annotation || /(^|\.)(Flag|Literal)$/.test(name)) return [];
    return [{ column, name, rest: rest.split(',').flatMap(each => each.trim() || []) }];
  });
  const name = mostCommon(own.map(each => each.name));
  const alike = own.filter(each => each.name === name);
  if (name === null || /(^|\.)Enum$/.test(name) || alike.length < 2 || alike.length * 2 <= own.length)
    return null;
  const rest = mostCommon(alike.map(each => each.rest.join(', '))) ?? '';
  const sample = alike.find(each => each.rest.join(', ') === rest);
  const imports = sample && importsOf([name, ...sample.rest], sample.column.owner);
  return sample && imports ? { name, arguments: sample.rest, imports } : null;
}
