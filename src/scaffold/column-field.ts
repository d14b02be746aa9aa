/** A model's columns as fields of other classes: their Python types, with what these import, and values that fit. */
import type { ColumnFact, ModelFact, ProjectFacts } from './project-facts.ts';
import { fromImport, type ImportNeed } from './python-code/import-need.ts';
import { importOwn } from './python-code/import-own.ts';

export interface ColumnField {
  readonly name: string;
  /** Without `| None`. */
  readonly type: string;
  readonly nullable: boolean;
  readonly maxLength: number | null;
  readonly imports: readonly ImportNeed[];
  /** Python for a value of JSON that fits. */
  readonly sample: string;
}

/** Null for a column whose Python type is not known. */
export function fieldOf(
  facts: ProjectFacts,
  model: ModelFact,
  column: ColumnFact,
  from: { readonly path: string; readonly module: string },
): ColumnField | null {
  const type = valueType(column);
  if (type === undefined) return null;
  const known = knownTypes.get(bare(type));
  const isOwn = known === undefined && isNamedIn(facts.fileAt(model.path)?.text ?? '', type);
  if (known === undefined && !isOwn && !/^dict\[/.test(type)) return null;
  const length = /^String\((\d+)\)$/.exec(column.type ?? '')?.[1];
  return {
    name: column.attribute,
    type: known ? bare(type) : type,
    nullable: column.nullable,
    maxLength: length === undefined ? null : Number(length),
    imports: [
      ...(known?.imports ?? []),
      ...(isOwn ? [importOwn(facts, { name: type, module: model.module }, from)] : []),
      ...(/\bAny\b/.test(type) ? [fromImport('typing', 'Any')] : []),
    ],
    sample: known?.sample ?? (isOwn ? `next(iter(${type})).value` : '{}'),
  };
}

/** Of what the column gives, without `| None`. */
function valueType(column: ColumnFact): string | undefined {
  const written = (column.annotation ?? typeOf(column))?.replace(/\s*\|\s*None$|^Optional\[(.*)\]$/, '$1');
  // `Mapped[GUID] = mapped_column(GUID)`: that is how it is stored, and no value is of that class.
  const isStored = written !== undefined && /^\w+/.exec(column.type ?? '')?.[0] === written;
  if (!isStored) return written;
  return /[GU]UID$/i.test(written) ? 'UUID' : typeOf(column);
}

/** True for what nobody but the application should see: `hashed_password`, `reset_token`. */
export function isSecret({ attribute }: ColumnFact): boolean {
  return /(^|_)(password|passwd|passphrase|secret|token|salt|api_?key|private_key)(_(hash|digest))?$/i.test(
    attribute,
  );
}

/** A class that the model's own module defines or imports: from there it can be imported. */
function isNamedIn(text: string, type: string): boolean {
  return /^[A-Z]\w*$/.test(type) && new RegExp(`^(class ${type}\\b|from .*\\b${type}\\b)`, 'm').test(text);
}

/** `uuid.UUID` and `dt.date` by their own names. */
function bare(type: string): string {
  return type.replace(/^(uuid|datetime|dt|decimal)\./, '');
}

interface KnownType {
  readonly imports: readonly ImportNeed[];
  readonly sample: string;
}

const knownTypes: ReadonlyMap<string, KnownType> = new Map([
  ['int', { imports: [], sample: '1' }],
  ['str', { imports: [], sample: '"a"' }],
  ['bool', { imports: [], sample: 'True' }],
  ['float', { imports: [], sample: '1.5' }],
  ['Decimal', { imports: [fromImport('decimal', 'Decimal')], sample: '"1.50"' }],
  ['date', { imports: [fromImport('datetime', 'date')], sample: '"2026-01-02"' }],
  ['datetime', { imports: [fromImport('datetime', 'datetime')], sample: '"2026-01-02T03:04:05Z"' }],
  ['UUID', { imports: [fromImport('uuid', 'UUID')], sample: '"00000000-0000-0000-0000-000000000001"' }],
]);

/** For `Column(…)` without an annotation. */
function typeOf({ type }: ColumnFact): string | undefined {
  const name = /^\w+/.exec(type ?? '')?.[0] ?? '';
  return pythonTypes.find(([names]) => names.includes(name))?.[1];
}

const pythonTypes: readonly (readonly [readonly string[], string])[] = [
  [['Integer', 'BigInteger', 'SmallInteger'], 'int'],
  [['String', 'Text', 'Unicode'], 'str'],
  [['Boolean'], 'bool'],
  [['Float', 'Double'], 'float'],
  [['Numeric'], 'Decimal'],
  [['Date'], 'date'],
  [['DateTime', 'TIMESTAMP'], 'datetime'],
  [['Uuid', 'UUID'], 'UUID'],
];
