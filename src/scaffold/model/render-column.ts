/** The attributes of a model that are columns: primary key, values, foreign keys, timestamps. */
import type { CodeStyle, ProjectFacts } from '../project-facts.ts';
import { fromImport, type ImportNeed } from '../python-code/import-need.ts';
import { importOwn } from '../python-code/import-own.ts';
import { assign, type Code, call, layOut } from '../python-code/layout.ts';
import { quoted } from '../python-code/quoting.ts';
import { sampleImports } from '../python-code/sample-imports.ts';
import { withoutNone } from '../python-code/without-none.ts';
import { fieldCode, keyField, referenceField, timestampFields, valueField } from '../sqlmodel/field-code.ts';
import { type AnnotationCode, optionalType } from './annotations.ts';
import type { ClassCode } from './class-code.ts';
import { type TypeContext, timestampCode, typeCode } from './column-types.ts';
import type { ColumnPlan, KeyPlan, ModelPlan, ReferenceColumn, ValueColumn } from './model-plan.ts';
import { modelFile } from './read-plan.ts';
import { deleteAction, referenceFlags, valueFlags } from './shared-options.ts';

interface Attribute {
  readonly name: string;
  /** With `| None` where it may be empty. */
  readonly annotation: string;
  /** Arguments of `mapped_column`; none for an annotation alone. */
  readonly arguments: readonly Code[];
  readonly imports: readonly ImportNeed[];
}

export function attributeCode(
  { name, annotation, arguments: values, imports }: Attribute,
  style: CodeStyle,
): ClassCode {
  const declaration = `${name}: Mapped[${annotation}]`;
  const code = values.length === 0 ? declaration : assign(declaration, call('mapped_column', ...values));
  const needs = [
    fromImport('sqlalchemy.orm', 'Mapped'),
    ...(values.length === 0 ? [] : [fromImport('sqlalchemy.orm', 'mapped_column')]),
  ];
  return { lines: layOut(code, 4, style), imports: [...imports, ...needs] };
}

/** Null where the key comes with the base or a mixin. */
export function keyCode(plan: ModelPlan, { facts }: TypeContext): ClassCode | null {
  const { key } = plan;
  const isField = facts.base?.kind === 'sqlmodel';
  switch (key.kind) {
    case 'inherited':
    case 'mixin':
    case 'columns':
      return null;
    case 'alias': {
      const imports = [importOwn(facts, key.alias, modelFile(plan))];
      return attributeCode({ name: 'id', annotation: key.alias.name, arguments: [], imports }, facts.style);
    }
    case 'usual': {
      const { annotation, arguments: values } = key.sample;
      const imports = sampleImports(key.sample.imports, modelFile(plan), facts);
      const write = isField ? fieldCode : attributeCode;
      return write({ name: 'id', annotation, arguments: values, imports }, facts.style);
    }
    default:
      if (isField) return fieldCode({ name: 'id', ...keyField(key.kind, facts) }, facts.style);
      return attributeCode({ name: 'id', ...keyParts(key.kind, facts) }, facts.style);
  }
}

function keyParts(
  kind: Exclude<KeyPlan['kind'], 'inherited' | 'columns' | 'mixin' | 'alias' | 'usual'>,
  facts: ProjectFacts,
): Omit<Attribute, 'name'> {
  // The database, or the default, makes the key: a dataclass does not ask for it.
  const made = facts.base?.dataclass ? ['init=False'] : [];
  switch (kind) {
    case 'integer':
      return { annotation: 'int', arguments: ['primary_key=True', ...made], imports: [] };
    case 'bigint':
      return bigKeyParts(facts, made);
    case 'uuid': {
      const imports = [fromImport('uuid', 'UUID'), fromImport('uuid', 'uuid4')];
      const random = facts.base?.dataclass ? 'default_factory=uuid4' : 'default=uuid4';
      return { annotation: 'UUID', arguments: ['primary_key=True', random, ...made], imports };
    }
  }
}

/** SQLite counts up only in columns declared INTEGER. */
function bigKeyParts({ usesSqlite, style }: ProjectFacts, made: readonly string[]): Omit<Attribute, 'name'> {
  const variant = call('BigInteger().with_variant', 'Integer', quoted('sqlite', style));
  return {
    annotation: 'int',
    arguments: [usesSqlite ? variant : 'BigInteger', 'primary_key=True', ...made],
    imports: [
      fromImport('sqlalchemy', 'BigInteger'),
      ...(usesSqlite ? [fromImport('sqlalchemy', 'Integer')] : []),
    ],
  };
}

export function columnCode(column: ColumnPlan, plan: ModelPlan, context: TypeContext): ClassCode {
  const { facts } = context;
  if (facts.base?.kind === 'sqlmodel') return columnField(column, plan, context);
  const parts =
    column.kind === 'value' ? valueParts(column, plan, context) : referenceParts(column, plan, context);
  const annotation = column.nullable
    ? optionalType(parts.annotation, facts)
    : { text: parts.annotation, imports: [] };
  const empty = column.nullable && facts.base?.dataclass ? ['default=None'] : [];
  return attributeCode(
    {
      name: column.name,
      annotation: annotation.text,
      arguments: [...parts.arguments, ...empty],
      imports: [...parts.imports, ...annotation.imports],
    },
    facts.style,
  );
}

function columnField(column: ColumnPlan, plan: ModelPlan, context: TypeContext): ClassCode {
  const { facts } = context;
  const parts =
    column.kind === 'value'
      ? valueField(column, context)
      : referenceField(column, targetColumn(column, plan), keyTypeOf(column, plan, facts), facts);
  return fieldCode({ name: column.name, ...parts }, facts.style);
}

function valueParts(column: ValueColumn, plan: ModelPlan, context: TypeContext): Omit<Attribute, 'name'> {
  const { annotation, argument, imports } = typeCode(column.type, context);
  const type = argument === null ? [] : [argument];
  const needs = sampleImports(imports, modelFile(plan), context.facts);
  return {
    annotation,
    arguments: [...type, ...nullability(column, context.facts), ...valueFlags(column)],
    imports: needs,
  };
}

/** Said once more where the project's other columns say it. */
function nullability(
  column: ValueColumn | ReferenceColumn,
  { columns: { saysNullable } }: ProjectFacts,
): readonly string[] {
  if ('keyPlace' in column && column.keyPlace !== null) return [];
  if (column.nullable) return saysNullable.optional ? ['nullable=True'] : [];
  return saysNullable.required ? ['nullable=False'] : [];
}

/**
 * As the other foreign keys to it are written; else without a type, for SQLAlchemy takes that of the column it points to. Always with an index, which PostgreSQL does not make.
 */
function referenceParts(
  column: ReferenceColumn,
  plan: ModelPlan,
  { facts }: TypeContext,
): Omit<Attribute, 'name'> {
  const name = targetColumn(column, plan);
  const target = quoted(name, facts.style);
  const key = call('ForeignKey', target, ...deleteAction(column, facts.style));
  const sample = facts.columns.references.get(name);
  if (sample) {
    const imports = [
      fromImport('sqlalchemy', 'ForeignKey'),
      ...sampleImports(sample.imports, modelFile(plan), facts),
    ];
    const written = sample.type === null ? [] : [sample.type];
    return {
      annotation: sample.annotation,
      arguments: [...written, key, ...nullability(column, facts), ...referenceFlags(column)],
      imports,
    };
  }
  const type = annotatedKey(column, plan, facts);
  return {
    annotation: type.text,
    arguments: [key, ...nullability(column, facts), ...referenceFlags(column)],
    imports: [fromImport('sqlalchemy', 'ForeignKey'), ...type.imports],
  };
}

/** `uuid.UUID` where the keys of the project are annotated so. */
function annotatedKey(column: ReferenceColumn, plan: ModelPlan, facts: ProjectFacts): AnnotationCode {
  const type = keyTypeOf(column, plan, facts);
  const sample = withoutNone(facts.keySample?.annotation ?? '');
  if (type === 'UUID' && sample === 'uuid.UUID')
    return { text: sample, imports: [{ kind: 'module', module: 'uuid' }] };
  return { text: type, imports: type === 'UUID' ? [fromImport('uuid', 'UUID')] : [] };
}

/** `table.column`, as a foreign key names it. */
function targetColumn({ target }: ReferenceColumn, plan: ModelPlan): string {
  return `${target?.table ?? plan.ownTable}.${target?.key.column ?? 'id'}`;
}

function keyTypeOf({ target }: ReferenceColumn, plan: ModelPlan, facts: ProjectFacts): string {
  return target?.key.type ?? ownKeyType(plan, facts);
}

/** That of the other models' keys where the key comes from elsewhere. */
function ownKeyType({ key }: ModelPlan, { models }: ProjectFacts): string {
  // A field of SQLModel may be empty until the database has numbered the row.
  if (key.kind === 'usual') return withoutNone(key.sample.annotation);
  if (key.kind === 'uuid') return 'UUID';
  if (key.kind === 'integer' || key.kind === 'bigint') return 'int';
  return models.find(model => model.key !== null)?.key?.type ?? 'int';
}

/** By the database's clock, so that it does not matter which machine writes. */
export function timestampsCode(context: TypeContext): readonly ClassCode[] {
  if (context.facts.base?.kind === 'sqlmodel') return timestampFields(context);
  const { annotation, argument, imports } = timestampCode(context);
  const { style, base } = context.facts;
  const type = argument === null ? [] : [argument];
  const made = base?.dataclass ? ['init=False'] : [];
  const attribute = (name: string, ...more: readonly string[]): ClassCode =>
    attributeCode(
      {
        name,
        annotation,
        arguments: [...type, 'server_default=func.now()', ...more, ...made],
        imports: [...imports, fromImport('sqlalchemy', 'func')],
      },
      style,
    );
  return [attribute('created_at'), attribute('updated_at', 'onupdate=func.now()')];
}
