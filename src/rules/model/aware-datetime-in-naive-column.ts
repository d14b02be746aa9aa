/** `datetime.now(UTC)` for a column without a time zone: asyncpg refuses it. */
import { keywordOf, positionalsOf } from '../../python/argument-at.ts';
import type { Argument, Assignment, Call, Expression } from '../../python/syntax.ts';
import type { MappedAttribute } from '../../sqlalchemy/model.ts';
import { isNone } from '../../sqlalchemy/types/read-annotation.ts';
import type { FileContext, Rule } from '../rule.ts';
import { columnCallOf } from '../shared/models/column-call.ts';
import { attributesAt } from '../shared/models/declared-attributes.ts';
import { nameOf } from '../shared/models/mapped-annotation.ts';

export const awareDatetimeInNaiveColumn: Rule = {
  id: 'aware-datetime-in-naive-column',
  category: 'model',
  since: '0.1.0',
  severity: 'error',
  preset: 'recommended',
  fix: null,
  documentation: {
    summary: 'A time with a zone goes into a column without one, through asyncpg',
    why: '`Mapped[datetime]` and `DateTime` make `TIMESTAMP WITHOUT TIME ZONE`. asyncpg refuses a datetime that has a zone for it: “can’t subtract offset-naive and offset-aware datetimes” (`DataError`). psycopg converts it to the session’s time zone without a word.',
    instead:
      'Declare the column as `DateTime(timezone=True)`, for all of them at once in the base’s `type_annotation_map`.',
    references: ['https://magicstack.github.io/asyncpg/current/usage.html#type-conversion'],
  },
  examples: [
    {
      requirements: 'asyncpg==0.30.0',
      bad: 'from datetime import timezone\n\n\nclass Note(Base):\n    __tablename__ = "notes"\n    id: Mapped[int] = mapped_column(primary_key=True)\n    made_at: Mapped[datetime] = mapped_column(default=lambda: datetime.now(timezone.utc))',
      good: 'from datetime import timezone\n\n\nclass Note(Base):\n    __tablename__ = "notes"\n    id: Mapped[int] = mapped_column(primary_key=True)\n    made_at: Mapped[datetime] = mapped_column(\n        DateTime(timezone=True), default=lambda: datetime.now(timezone.utc)\n    )',
    },
  ],
  check: { expressions: { call: checkCall }, statements: { assignment: checkAssignment } },
};

const naive = 'TIMESTAMP WITHOUT TIME ZONE';

/** A column's default, and `User(made_at=…)`. */
function checkCall(node: Call, context: FileContext): void {
  if (!node.arguments.some(each => each.keyword !== null) || !usesAsyncpg(context)) return;
  if (columnCallOf(node, context.facts)) checkColumn(node, context);
  else checkConstructor(node, context);
}

function checkColumn(node: Call, context: FileContext): void {
  const given = node.arguments.filter(each =>
    /^(insert_default|default|onupdate)$/.test(each.keyword?.id ?? ''),
  );
  for (const { value } of given) {
    const made = value.kind === 'lambda' ? value.body : calledLater(value, context);
    if (made === null || !isAware(made, context)) continue;
    const declared = attributesAt(context.project, context.file.path, node);
    const column = declared.find(({ attribute }) => isNaive(attribute));
    if (column) report(value, column.model.name, column.attribute.name, context);
  }
}

/** `default=utcnow`, a function of this file that only returns. */
function calledLater(value: Expression, { file }: FileContext): Expression | null {
  if (value.kind !== 'name') return null;
  const found = file.module.body.find(each => each.kind === 'function' && each.name.id === value.id);
  const last = found?.kind === 'function' ? found.body.at(-1) : undefined;
  return last?.kind === 'return' ? last.value : null;
}

function checkConstructor(node: Call, context: FileContext): void {
  const called = context.facts.meaningOf(node.function);
  if (called.kind !== 'entity' || called.alias) return;
  for (const { keyword, value } of node.arguments as readonly Argument[]) {
    if (!keyword || !isAware(value, context)) continue;
    const attribute = called.model.attributes.find(each => each.name === keyword.id);
    if (attribute && isNaive(attribute)) report(value, called.model.name, attribute.name, context);
  }
}

/** `user.made_at = …`. */
function checkAssignment({ targets, value }: Assignment, context: FileContext): void {
  const [target] = targets;
  if (target?.kind !== 'attribute' || value === null || !isAware(value, context)) return;
  const owner = context.facts.meaningOf(target.value);
  if (owner.kind !== 'instance' || !usesAsyncpg(context)) return;
  const attribute = owner.model.attributes.find(each => each.name === target.attribute.id);
  if (attribute && isNaive(attribute)) report(value, owner.model.name, attribute.name, context);
}

function isNaive(attribute: MappedAttribute): boolean {
  return (
    attribute.kind === 'column' && attribute.sqlType === naive && /^DateTime\b/.test(attribute.type ?? '')
  );
}

/** `datetime.now(timezone.utc)`, `datetime.now(tz=UTC)`, `datetime.fromtimestamp(x, UTC)`, and names and helpers for them. */
function isAware(expression: Expression, { facts }: FileContext): boolean {
  const meaning = facts.meaningOf(expression);
  if (meaning.kind === 'python' && meaning.aware !== null) return meaning.aware;
  if (expression.kind !== 'call') return false;
  const method = datetimeMethod(expression.function);
  if (method === null) return false;
  const zone = keywordOf(expression, 'tz') ?? positionalZone(expression, method);
  return zone !== undefined && !isNone(zone.value);
}

/** By its spelling: what stands in a lambda has no meaning yet. */
function datetimeMethod(called: Expression): string | null {
  return called.kind === 'attribute' && nameOf(called.value) === 'datetime' ? called.attribute.id : null;
}

function positionalZone(call: Call, method: string): Argument | undefined {
  const positional = positionalsOf(call);
  if (method === 'now') return positional[0];
  return method === 'fromtimestamp' ? positional[1] : undefined;
}

/** Of the project's drivers only asyncpg refuses; where others are used too, which one runs is not known. */
function usesAsyncpg({ project, file }: FileContext): boolean {
  const drivers = project.engines
    .flatMap(engine => engine.driver ?? [])
    .filter(each => /^postgres/.test(each));
  if (drivers.length > 0) return drivers.every(driver => driver === 'postgresql+asyncpg');
  const packages = project.packagesOf(file.path);
  const has = (name: string) => packages.versionOf(name).kind !== 'unknown';
  return has('asyncpg') && !['psycopg', 'psycopg2', 'psycopg2-binary', 'pg8000', 'aiosqlite'].some(has);
}

function report(range: Expression, model: string, attribute: string, context: FileContext): void {
  context.report({
    range,
    message: `${model}.${attribute} is a timestamp without time zone, and this one has a zone: asyncpg raises DataError when it is written`,
  });
}
