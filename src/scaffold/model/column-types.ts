/** The column types that can be chosen, and the Python that each becomes: annotation, SQLAlchemy type, imports. */
import type { ProjectFacts } from '../project-facts.ts';
import { fromImport, type ImportNeed } from '../python-code/import-need.ts';
import { type Code, call } from '../python-code/layout.ts';
import { quoted } from '../python-code/quoting.ts';

export type ColumnTypePlan =
  | { readonly kind: 'string'; readonly length: number }
  | {
      readonly kind:
        | 'text'
        | 'integer'
        | 'bigint'
        | 'float'
        | 'boolean'
        | 'date'
        | 'timestamp'
        | 'uuid'
        | 'json';
    }
  | { readonly kind: 'numeric'; readonly precision: number; readonly scale: number }
  | {
      readonly kind: 'enum';
      readonly className: string;
      readonly typeName: string;
      readonly members: readonly EnumMember[];
    };

export interface EnumMember {
  readonly name: string;
  readonly value: string;
}

export interface TypeCode {
  /** What stands in `Mapped[…]`, without `| None`. */
  readonly annotation: string;
  /** The argument of `mapped_column`; null where the annotation says it all. */
  readonly argument: Code | null;
  readonly imports: readonly ImportNeed[];
}

export interface TypeContext {
  readonly facts: ProjectFacts;
  /** True where `date` or `datetime` means something else in the class or file, so that `dt.date` is written. */
  readonly datesByModule: boolean;
  /** What `values_callable` is given. */
  readonly enumValues: string;
}

export function typeCode(type: ColumnTypePlan, context: TypeContext): TypeCode {
  switch (type.kind) {
    case 'string':
      return {
        annotation: 'str',
        argument: `String(${type.length})`,
        imports: [fromImport('sqlalchemy', 'String')],
      };
    case 'text':
      return { annotation: 'str', argument: 'Text', imports: [fromImport('sqlalchemy', 'Text')] };
    case 'integer':
      return plain('int');
    case 'bigint':
      return { annotation: 'int', argument: 'BigInteger', imports: [fromImport('sqlalchemy', 'BigInteger')] };
    case 'float':
      return plain('float');
    case 'boolean':
      return plain('bool');
    case 'numeric':
      return {
        annotation: 'Decimal',
        argument: `Numeric(${type.precision}, ${type.scale})`,
        imports: [fromImport('decimal', 'Decimal'), fromImport('sqlalchemy', 'Numeric')],
      };
    case 'date':
      return { ...dateName('date', context), argument: null };
    case 'timestamp':
      return timestampCode(context);
    case 'uuid':
      return { annotation: 'UUID', argument: null, imports: [fromImport('uuid', 'UUID')] };
    case 'json':
      return jsonCode(context);
    case 'enum':
      return enumCode(type, context);
  }
}

function plain(annotation: string): TypeCode {
  return { annotation, argument: null, imports: [] };
}

function dateName(
  name: 'date' | 'datetime',
  { datesByModule }: TypeContext,
): Pick<TypeCode, 'annotation' | 'imports'> {
  return datesByModule
    ? { annotation: `dt.${name}`, imports: [{ kind: 'module', module: 'datetime', alias: 'dt' }] }
    : { annotation: name, imports: [fromImport('datetime', name)] };
}

/** As the project's other moments; else with its zone: a time without one means another moment on another machine. */
export function timestampCode(context: TypeContext): TypeCode {
  const sample = context.facts.base?.kind === 'sqlmodel' ? null : context.facts.columns.timestamp;
  if (sample?.annotation.includes('.')) return { ...sample, argument: sample.type };
  const { annotation, imports } = dateName('datetime', context);
  if (sample) {
    const own = sample.imports.filter(need => need.module !== 'datetime');
    return { annotation, argument: sample.type, imports: [...imports, ...own] };
  }
  if (context.facts.base?.mapsDatetime) return { annotation, argument: null, imports };
  const argument = call('DateTime', 'timezone=True');
  return { annotation, argument, imports: [...imports, fromImport('sqlalchemy', 'DateTime')] };
}

/** Mutable, so that a change inside the dictionary counts as a change of the row. */
function jsonCode({ facts }: TypeContext): TypeCode {
  const imports = [
    fromImport('typing', 'Any'),
    fromImport('sqlalchemy.dialects.postgresql', 'JSONB'),
    fromImport('sqlalchemy.ext.mutable', 'MutableDict'),
    ...(facts.usesSqlite ? [fromImport('sqlalchemy', 'JSON')] : []),
  ];
  const json = facts.usesSqlite
    ? call('JSONB().with_variant', 'JSON()', quoted('sqlite', facts.style))
    : 'JSONB()';
  return { annotation: 'dict[str, Any]', argument: call('MutableDict.as_mutable', json), imports };
}

/** By the project's own type of enums; else values are stored, not the members' names, which is what `Enum` would do by itself. */
function enumCode(
  type: Extract<ColumnTypePlan, { kind: 'enum' }>,
  { facts, enumValues }: TypeContext,
): TypeCode {
  const { enumType } = facts.columns;
  if (enumType && facts.base?.kind !== 'sqlmodel') {
    const own = call(enumType.name, type.className, ...enumType.arguments);
    return { annotation: type.className, argument: own, imports: enumType.imports };
  }
  const name = `name=${quoted(type.typeName, facts.style)}`;
  const argument = call('Enum', type.className, name, `values_callable=${enumValues}`);
  return { annotation: type.className, argument, imports: [fromImport('sqlalchemy', 'Enum')] };
}
