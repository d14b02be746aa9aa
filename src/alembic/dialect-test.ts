/** Conditions that are decided here: a connected PostgreSQL answers `bind.dialect.name == "sqlite"` and `is_offline_mode()`. */
import type { Expression } from '../python/syntax.ts';
import { constantOf } from '../sqlalchemy/reading/constants.ts';
import type { Constant, Site } from '../sqlalchemy/reading/site.ts';

const dialects: ReadonlySet<Constant> = new Set([
  'postgresql',
  'postgres',
  'sqlite',
  'mysql',
  'mariadb',
  'oracle',
  'mssql',
  'cockroachdb',
]);

/** Null for any other condition. */
export function dialectTest(test: Expression, site: Site): boolean | null {
  if (test.kind === 'unary' && test.operator === 'not') return negate(dialectTest(test.operand, site));
  if (test.kind === 'boolean') {
    const parts = test.values.map(value => dialectTest(value, site));
    const decisive = test.operator === 'or';
    if (parts.includes(decisive)) return decisive;
    return parts.includes(null) ? null : !decisive;
  }
  if (test.kind === 'call' && test.function.kind === 'attribute') {
    return test.function.attribute.id === 'is_offline_mode' ? false : null;
  }
  const rest = test.kind === 'comparison' && test.rest.length === 1 ? test.rest[0] : undefined;
  if (test.kind !== 'comparison' || !rest) return null;
  const value = constantOf(rest.right, site);
  const names = Array.isArray(value) ? value : [value];
  if (names.length === 0 || !names.every(name => name !== undefined && dialects.has(name))) return null;
  const matches = names.includes('postgresql') || names.includes('postgres');
  switch (rest.operator) {
    case '==':
    case 'in':
      return matches;
    case '!=':
    case 'not in':
      return !matches;
    default:
      return null;
  }
}

function negate(value: boolean | null): boolean | null {
  return value === null ? null : !value;
}
