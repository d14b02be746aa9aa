/** `op.alter_column(…)`: what changes, what stays as Alembic wants to know it, and the cast that PostgreSQL asks for. */
import { quoteIdentifier } from '../../schema/identifier.ts';
import type { AlterColumn } from '../../schema/schema-change.ts';
import { typeKey } from '../../schema/type-key.ts';
import { type Code, call } from '../python-code/layout.ts';
import { columnCode, defaultCode, identityCode } from './column-code.ts';
import { keyword, stringLiteral } from './python-literal.ts';
import type { Statement } from './statement.ts';
import { type TypeContext, typeCode } from './type-code.ts';

export function alterColumnCode(change: AlterColumn, context: TypeContext): readonly Statement[] {
  const { table, before, after, aspects } = change;
  const { style } = context;
  const names = [stringLiteral(table.name, style), stringLiteral(after.name, style)];
  const schema = table.schema === null ? [] : [keyword('schema', stringLiteral(table.schema, style))];
  if (aspects.includes('computed')) return recomputed(change, context);
  const cast = aspects.includes('type') ? castFor(change) : null;
  // A default of the old type stands in the way of a cast that PostgreSQL would not make by itself.
  const apart = cast !== null && before.default !== null;
  const setDefault = (type: string, value: string | null): Statement => ({
    code: call(
      'op.alter_column',
      ...names,
      keyword('existing_type', typeCode(type, context)),
      keyword('server_default', value === null ? 'None' : defaultCode(value, style)),
      ...schema,
    ),
  });
  const alter = call(
    'op.alter_column',
    ...names,
    keyword('existing_type', typeCode(before.type, context)),
    ...(aspects.includes('type') ? [keyword('type_', typeCode(after.type, context))] : []),
    ...(aspects.includes('nullable')
      ? [`nullable=${after.nullable ? 'True' : 'False'}`]
      : [`existing_nullable=${before.nullable ? 'True' : 'False'}`]),
    ...(apart ? [] : defaultArguments(change, context)),
    ...commentArguments(change, context),
    ...schema,
    ...(cast === null ? [] : [keyword('postgresql_using', stringLiteral(cast, style))]),
  );
  if (!apart) return [{ code: alter }];
  const last = after.default === null ? [] : [setDefault(after.type, after.default)];
  return [setDefault(before.type, null), { code: alter }, ...last];
}

/** An expression cannot be changed, so the column is made anew; what it holds is computed again. */
function recomputed({ table, before, after }: AlterColumn, context: TypeContext): readonly Statement[] {
  const { style } = context;
  const schema = table.schema === null ? [] : [keyword('schema', stringLiteral(table.schema, style))];
  const name = stringLiteral(table.name, style);
  return [
    {
      code: call('op.drop_column', name, stringLiteral(before.name, style), ...schema),
      comment: 'Indexes and constraints on the column go with it.',
    },
    { code: call('op.add_column', name, columnCode(after, [], context), ...schema) },
  ];
}

function defaultArguments({ before, after, aspects }: AlterColumn, { style }: TypeContext): readonly Code[] {
  if (aspects.includes('identity')) {
    const existing =
      before.identity === null ? [] : [keyword('existing_server_default', identityCode(before.identity))];
    const value = after.identity === null ? 'None' : identityCode(after.identity);
    return [keyword('server_default', value), ...existing];
  }
  if (aspects.includes('default')) {
    return [keyword('server_default', after.default === null ? 'None' : defaultCode(after.default, style))];
  }
  return before.default === null
    ? []
    : [keyword('existing_server_default', defaultCode(before.default, style))];
}

function commentArguments({ before, after, aspects }: AlterColumn, { style }: TypeContext): readonly Code[] {
  const literal = (text: string | null) => (text === null ? 'None' : stringLiteral(text, style));
  if (aspects.includes('comment')) {
    const existing = before.comment === null ? [] : [keyword('existing_comment', literal(before.comment))];
    return [keyword('comment', literal(after.comment)), ...existing];
  }
  return before.comment === null ? [] : [keyword('existing_comment', literal(before.comment))];
}

/** Types between which PostgreSQL casts on assignment. */
const families: readonly (readonly string[])[] = [
  ['smallint', 'integer', 'bigint', 'real', 'double precision', 'numeric'],
  ['date', 'timestamp without time zone', 'timestamp with time zone'],
  ['time without time zone', 'time with time zone'],
  ['json', 'jsonb'],
  ['bit', 'bit varying'],
  ['inet', 'cidr'],
];

/** Everything can be assigned to a string. */
const strings: ReadonlySet<string> = new Set(['text', 'character varying', 'character', 'citext', 'name']);

/** The USING clause; null where PostgreSQL needs none. */
function castFor({ before, after }: AlterColumn): string | null {
  const base = (type: string) => typeKey(type).replace(/\([\d,]+\)/, '');
  const from = base(before.type);
  const to = base(after.type);
  if (from === to || strings.has(to)) return null;
  if (families.some(family => family.includes(from) && family.includes(to))) return null;
  return `${quoteIdentifier(after.name)}::${through(from, to)}${after.type}`;
}

/** PostgreSQL has no cast between, say, two enums; their texts are the way. */
function through(from: string, to: string): string {
  const known = [...families.flat(), 'boolean', 'uuid', 'bytea', 'interval', 'jsonb'];
  return strings.has(from) || (known.includes(from) && known.includes(to)) ? '' : 'text::';
}
