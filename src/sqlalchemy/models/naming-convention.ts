/** Names of constraints and indexes after MetaData's `naming_convention`, as SQLAlchemy fills in its templates. */
export type ConstraintKind = 'ix' | 'uq' | 'ck' | 'fk' | 'pk';

export interface NamedParts {
  readonly table: string;
  readonly schema: string | null;
  readonly columns: readonly string[];
  /** For foreign keys. */
  readonly referredTable?: string;
  readonly referredColumns?: readonly string[];
}

/** SQLAlchemy names nothing by itself but indexes. */
const defaultTemplates: Readonly<Partial<Record<ConstraintKind, string>>> = { ix: 'ix_%(column_0_label)s' };

/** PostgreSQL's limit in bytes; SQLAlchemy shortens longer names with a digest, which is left to PostgreSQL here. */
const longestName = 63;

/**
 * The name in the database: the given one, or the template's. Null where there is no template, where a token is a
 * function of the project's, or where the name is too long to be known.
 */
export function conventionalName(
  kind: ConstraintKind,
  given: string | null,
  parts: NamedParts,
  templates: ReadonlyMap<string, string>,
): string | null {
  const template =
    templates.get(kind) ?? (templates.size === 0 || kind === 'ix' ? defaultTemplates[kind] : undefined);
  if (template === undefined) return given;
  const takesName = template.includes('%(constraint_name)s');
  if (given !== null && !takesName) return given;
  if (given === null && takesName) return null;
  let known = true;
  const name = template.replace(/%\((\w+)\)s/g, (_, token: string) => {
    const value = tokenValue(token, given, parts);
    if (value === null) known = false;
    return value ?? '';
  });
  return known && Buffer.byteLength(name) <= longestName ? name : null;
}

function tokenValue(token: string, given: string | null, parts: NamedParts): string | null {
  switch (token) {
    case 'table_name':
      return parts.table;
    case 'constraint_name':
      return given;
    case 'referred_table_name':
      return parts.referredTable ?? null;
  }
  const column = /^(referred_)?column_(\d+)(_?N)?_(name|label|key)$/.exec(token);
  if (!column) return null;
  const [, referred, position, all, form] = column;
  const names = referred ? (parts.referredColumns ?? []) : parts.columns;
  const label = (name: string) => (form === 'label' ? labelOf(name, parts) : name);
  if (all) return names.map(label).join(all === '_N' ? '_' : '');
  const name = names[Number(position)];
  return name === undefined ? '' : label(name);
}

function labelOf(column: string, { table, schema }: NamedParts): string {
  return schema === null ? `${table}_${column}` : `${schema.replaceAll('.', '_')}_${table}_${column}`;
}
