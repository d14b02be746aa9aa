/**
 * Database URLs that code takes from a variable of the environment and gives a default: `os.getenv("DATABASE_URL", "…")`,
 * `os.environ.get(…) or "…"`, `config("DATABASE_URL", default="…")`, and what Flask-SQLAlchemy reads. Pure.
 */
import type { TextRange } from '../../base/range.ts';
import type { Expression, Statement } from '../../python/syntax.ts';
import type { SourceFile } from '../../sqlalchemy/project.ts';
import type { SettingsField } from './settings-classes.ts';

/** Variables that speak of a database. */
const databaseUrl = /(?:^|_)(?:DATABASE|DB|SQLALCHEMY|POSTGRES|POSTGRESQL|PG)(?:_\w+)?_?(?:URL|URI|DSN)$/i;
/** Flask-SQLAlchemy's own setting, whether or not a variable fills it. */
const flaskSetting = 'SQLALCHEMY_DATABASE_URI';

/** Of assignments of the module and of its classes, but for those that are a test's. */
export function environmentDefaults({ module }: SourceFile): readonly SettingsField[] {
  return module.body.flatMap(statement => {
    if (statement.kind !== 'class') return fieldOf(statement);
    return /test/i.test(statement.name.id) ? [] : statement.body.flatMap(fieldOf);
  });
}

function fieldOf(statement: Statement): readonly SettingsField[] {
  if (statement.kind !== 'assignment' || statement.value === null) return [];
  const { start, end, value } = statement;
  const [target] = statement.targets;
  const name = target?.kind === 'name' ? target.id : '';
  if (name === flaskSetting && value.kind === 'string')
    return [{ name, value: value.value, range: { start, end } }];
  return defaultsIn(value, { start, end }, 0);
}

/** A default may stand inside `Secret(…)`, `field(default_factory=…)` and their like. */
const deepest = 3;

function defaultsIn(value: Expression, range: TextRange, depth: number): readonly SettingsField[] {
  if (depth > deepest) return [];
  if (value.kind === 'boolean' && value.operator === 'or') {
    const [first, ...others] = value.values;
    const name = first && variableOf(first);
    const last = others.at(-1);
    return name && last?.kind === 'string' ? [{ name, value: last.value, range }] : [];
  }
  if (value.kind !== 'call') return [];
  const name = variableOf(value);
  const fallback = value.arguments.find(({ keyword }, index) =>
    keyword === null ? index === 1 : keyword.id === 'default',
  );
  if (name !== null && fallback?.value.kind === 'string')
    return [{ name, value: fallback.value.value, range }];
  return value.arguments.flatMap(each => defaultsIn(each.value, range, depth + 1));
}

/** In capitals, as `SettingsField` has it; null where it is no such variable. */
function variableOf(value: Expression): string | null {
  if (value.kind !== 'call') return null;
  const [first] = value.arguments;
  const name = first?.keyword === null && first.value.kind === 'string' ? first.value.value : null;
  return name !== null && databaseUrl.test(name) ? name.toUpperCase() : null;
}
