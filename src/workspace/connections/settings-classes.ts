/** Fields of pydantic's settings classes: the variable of the environment that fills each, and its default. Pure. */
import type { TextRange } from '../../base/range.ts';
import type { Argument, ClassDefinition, Expression, Statement } from '../../python/syntax.ts';
import type { SourceFile } from '../../sqlalchemy/project.ts';

export interface SettingsField {
  /** In capitals, prefix included: pydantic does not tell cases apart. */
  readonly name: string;
  /** As the environment would say it; null where the field has no default that can be read. May hold a password. */
  readonly value: string | null;
  readonly range: TextRange;
}

/** The fields of each settings class of a file, those of its bases in the same file included. */
export function settingsClasses({ text, module }: SourceFile): readonly (readonly SettingsField[])[] {
  if (!text.includes('BaseSettings')) return [];
  const known = new Map<string, ClassDefinition>();
  const found: (readonly SettingsField[])[] = [];
  for (const statement of module.body) {
    if (statement.kind !== 'class') continue;
    const bases = basesOf(statement);
    if (!bases.some(base => base === 'BaseSettings' || known.has(base))) continue;
    known.set(statement.name.id, statement);
    const inherited = bases.flatMap(base => known.get(base) ?? []);
    found.push(fieldsOf([...inherited, statement]));
  }
  return found;
}

function basesOf({ arguments: given }: ClassDefinition): readonly string[] {
  return given.filter(({ keyword }) => keyword === null).map(({ value }) => lastName(value));
}

/** The last class's prefix is everybody's. */
function fieldsOf(classes: readonly ClassDefinition[]): readonly SettingsField[] {
  const prefix = classes.map(prefixOf).findLast(each => each !== null) ?? '';
  const fields = classes.flatMap(({ body }) => body.flatMap(statement => fieldOf(statement, prefix)));
  return [...new Map(fields.map(field => [field.name, field])).values()];
}

function fieldOf(statement: Statement, prefix: string): readonly SettingsField[] {
  if (statement.kind !== 'assignment' || statement.annotation === null) return [];
  const [target] = statement.targets;
  if (target?.kind !== 'name') return [];
  const { value } = statement;
  const name = (value && aliasOf(value)) ?? `${prefix}${target.id}`;
  const { start, end } = statement;
  return [{ name: name.toUpperCase(), value: value && literalOf(value), range: { start, end } }];
}

/** `Field(validation_alias="PGHOST")`, the first of `AliasChoices(…)`; what it names has no prefix. */
function aliasOf(value: Expression): string | null {
  if (value.kind !== 'call') return null;
  for (const name of ['validation_alias', 'alias', 'env']) {
    const alias = argumentOf(value.arguments, name);
    const first = alias?.kind === 'call' ? alias.arguments[0]?.value : alias;
    if (first?.kind === 'string') return first.value;
  }
  return null;
}

/** A literal, also as the default of `Field(…)` and inside `SecretStr(…)`. */
function literalOf(value: Expression): string | null {
  switch (value.kind) {
    case 'string':
      return value.value;
    case 'number':
      return value.text;
    case 'call': {
      const inner =
        argumentOf(value.arguments, 'default') ??
        value.arguments.find(({ keyword }) => keyword === null)?.value;
      return inner ? literalOf(inner) : null;
    }
    default:
      return null;
  }
}

/** Of `model_config = SettingsConfigDict(env_prefix=…)`, of a dict, or of `class Config`. */
function prefixOf({ body }: ClassDefinition): string | null {
  for (const statement of body) {
    const prefix =
      statement.kind === 'class' && statement.name.id === 'Config'
        ? assigned(statement.body, 'env_prefix')
        : statement.kind === 'assignment' &&
            statement.value &&
            lastName(statement.targets[0]) === 'model_config'
          ? configured(statement.value)
          : null;
    if (prefix?.kind === 'string') return prefix.value;
  }
  return null;
}

function configured(value: Expression): Expression | null {
  if (value.kind === 'call') return argumentOf(value.arguments, 'env_prefix');
  if (value.kind !== 'dict') return null;
  return value.entries.find(({ key }) => key?.kind === 'string' && key.value === 'env_prefix')?.value ?? null;
}

function assigned(body: readonly Statement[], name: string): Expression | null {
  const found = body.find(
    statement => statement.kind === 'assignment' && lastName(statement.targets[0]) === name,
  );
  return found?.kind === 'assignment' ? found.value : null;
}

function argumentOf(given: readonly Argument[], name: string): Expression | null {
  return given.find(({ keyword }) => keyword?.id === name)?.value ?? null;
}

function lastName(expression: Expression | undefined): string {
  if (expression?.kind === 'name') return expression.id;
  return expression?.kind === 'attribute' ? expression.attribute.id : '';
}
