/**
 * Conditions that are decided here: a connected PostgreSQL answers `bind.dialect.name == "sqlite"`, `is_offline_mode()`,
 * and `url.startswith("mysql")` and `"mysql" in url` of its own URL.
 */
import type { Call, Comparison, Expression } from '../../python/syntax.ts';
import { constantOf } from '../../sqlalchemy/reading/constants.ts';
import type { Constant, Site } from '../../sqlalchemy/reading/site.ts';

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
  if (test.kind === 'call') return callTest(test, site);
  return test.kind === 'comparison' ? comparisonTest(test, site) : null;
}

function callTest({ function: called, arguments: given }: Call, site: Site): boolean | null {
  if (called.kind !== 'attribute') return null;
  if (called.attribute.id === 'is_offline_mode') return false;
  const [prefix] = given;
  const names = called.attribute.id === 'startswith' && prefix ? dialectNames(prefix.value, site) : null;
  return names && namesPostgresql(names);
}

function comparisonTest({ left, rest: [first, ...others] }: Comparison, site: Site): boolean | null {
  if (!first || others.length > 0) return null;
  const names =
    dialectNames(first.right, site) ?? (first.operator.endsWith('in') ? dialectNames(left, site) : null);
  if (!names) return null;
  switch (first.operator) {
    case '==':
    case 'in':
      return namesPostgresql(names);
    case '!=':
    case 'not in':
      return !namesPostgresql(names);
    default:
      return null;
  }
}

/** Null where the expression is anything but the names of dialects. */
function dialectNames(expression: Expression, site: Site): readonly Constant[] | null {
  const value = constantOf(expression, site);
  const names = Array.isArray(value) ? value : [value];
  return names.length > 0 && names.every(name => name !== undefined && dialects.has(name)) ? names : null;
}

function namesPostgresql(names: readonly Constant[]): boolean {
  return names.includes('postgresql') || names.includes('postgres');
}

function negate(value: boolean | null): boolean | null {
  return value === null ? null : !value;
}
