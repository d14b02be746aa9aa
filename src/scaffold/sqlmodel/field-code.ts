/**
 * The columns of a SQLModel class: `name: str = Field(max_length=40)`. What `Field` has no argument for is said by
 * `sa_type`, or by a `Column` where the type needs arguments of its own.
 */
import { optionalType } from '../model/annotations.ts';
import type { ClassCode } from '../model/class-code.ts';
import { type TypeContext, timestampCode, typeCode } from '../model/column-types.ts';
import type { KeyPlan, ReferenceColumn, ValueColumn } from '../model/model-plan.ts';
import { deleteAction, referenceFlags, valueFlags } from '../model/shared-options.ts';
import type { CodeStyle, ProjectFacts } from '../project-facts.ts';
import { fromImport, type ImportNeed } from '../python-code/import-need.ts';
import { assign, type Bracketed, type Code, call, layOut } from '../python-code/layout.ts';
import { quoted } from '../python-code/quoting.ts';

interface FieldParts {
  readonly annotation: string;
  /** Arguments of `Field`; none for an annotation alone. */
  readonly arguments: readonly Code[];
  readonly imports: readonly ImportNeed[];
}

export function fieldCode(
  { name, annotation, arguments: values, imports }: FieldParts & { readonly name: string },
  style: CodeStyle,
): ClassCode {
  const declaration = `${name}: ${annotation}`;
  const code = values.length === 0 ? declaration : assign(declaration, call('Field', ...values));
  const needs = values.length === 0 ? [] : [fromImport('sqlmodel', 'Field')];
  return { lines: layOut(code, 4, style), imports: [...imports, ...needs] };
}

/** A row that the database has not numbered yet has None. */
export function keyField(kind: KeyPlan['kind'], facts: ProjectFacts): FieldParts {
  const { usesSqlite, style } = facts;
  const counted = allowingNone({ annotation: 'int', imports: [] }, facts);
  switch (kind) {
    case 'uuid':
      return {
        annotation: 'UUID',
        arguments: ['default_factory=uuid4', 'primary_key=True'],
        imports: [fromImport('uuid', 'UUID'), fromImport('uuid', 'uuid4')],
      };
    case 'bigint': {
      const big = fromImport('sqlalchemy', 'BigInteger');
      if (!usesSqlite)
        return {
          ...counted,
          arguments: ['default=None', 'primary_key=True', 'sa_type=BigInteger'],
          imports: [...counted.imports, big],
        };
      // SQLite counts up only in columns declared INTEGER.
      const variant = call('BigInteger().with_variant', 'Integer', quoted('sqlite', style));
      const column = columnArgument(variant, ['primary_key=True']);
      return {
        ...counted,
        arguments: ['default=None', column.argument],
        imports: [...counted.imports, big, fromImport('sqlalchemy', 'Integer'), ...column.imports],
      };
    }
    default:
      return { ...counted, arguments: ['default=None', 'primary_key=True'] };
  }
}

export function valueField(column: ValueColumn, context: TypeContext): FieldParts {
  const parts = typeParts(column, context);
  return column.nullable
    ? { ...parts, ...allowingNone(parts, context.facts), arguments: ['default=None', ...parts.arguments] }
    : parts;
}

function allowingNone(
  { annotation, imports }: Pick<FieldParts, 'annotation' | 'imports'>,
  facts: ProjectFacts,
): Pick<FieldParts, 'annotation' | 'imports'> {
  const optional = optionalType(annotation, facts);
  return { annotation: optional.text, imports: [...imports, ...optional.imports] };
}

function typeParts(value: ValueColumn, context: TypeContext): FieldParts {
  const { type, nullable } = value;
  const flags = valueFlags(value);
  const { annotation, argument, imports } = typeCode(type, context);
  const own = imports.filter(({ module }) => !module.startsWith('sqlalchemy'));
  switch (type.kind) {
    case 'string':
      return { annotation, arguments: [`max_length=${type.length}`, ...flags], imports: own };
    case 'numeric': {
      const digits = [`max_digits=${type.precision}`, `decimal_places=${type.scale}`];
      return { annotation, arguments: [...digits, ...flags], imports: own };
    }
    case 'text':
    case 'bigint':
      return { annotation, arguments: [`sa_type=${String(argument)}`, ...flags], imports };
    case 'timestamp':
    case 'json':
    case 'enum': {
      const column = columnArgument(argument ?? '', [`nullable=${nullable ? 'True' : 'False'}`, ...flags]);
      return { annotation, arguments: [column.argument], imports: [...imports, ...column.imports] };
    }
    default:
      return { annotation, arguments: flags, imports };
  }
}

/** `Field` takes a class as `sa_type`, and no type with arguments. */
function columnArgument(
  type: Code,
  options: readonly string[],
): { readonly argument: Bracketed; readonly imports: readonly ImportNeed[] } {
  const argument: Bracketed = { open: 'sa_column=Column(', elements: [type, ...options], close: ')' };
  return { argument, imports: [fromImport('sqlalchemy', 'Column')] };
}

/** With an index, which PostgreSQL does not make. `type` is that of the key it points to. */
export function referenceField(
  column: ReferenceColumn,
  target: string,
  type: string,
  facts: ProjectFacts,
): FieldParts {
  const { nullable } = column;
  const { style } = facts;
  const parts = { annotation: type, imports: type === 'UUID' ? [fromImport('uuid', 'UUID')] : [] };
  return {
    ...(nullable ? allowingNone(parts, facts) : parts),
    arguments: [
      ...(nullable ? ['default=None'] : []),
      `foreign_key=${quoted(target, style)}`,
      ...referenceFlags(column),
      ...deleteAction(column, style),
    ],
  };
}

/** By the database's clock. A new row has None until it is read back. */
export function timestampFields(context: TypeContext): readonly ClassCode[] {
  const { annotation, argument, imports } = timestampCode(context);
  const optional = optionalType(annotation, context.facts);
  const field = (name: string, ...more: readonly string[]): ClassCode => {
    const options = ['server_default=func.now()', ...more, 'nullable=False'];
    const column = columnArgument(argument ?? '', options);
    return fieldCode(
      {
        name,
        annotation: optional.text,
        arguments: ['default=None', column.argument],
        imports: [...imports, ...optional.imports, ...column.imports, fromImport('sqlalchemy', 'func')],
      },
      context.facts.style,
    );
  };
  return [field('created_at'), field('updated_at', 'onupdate=func.now()')];
}
