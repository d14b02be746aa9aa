/** `session.execute(insert(User), [{"nmae": …}])`: a key that no column answers to is left out without a word. */
import { nearestName } from '../../base/suggest.ts';
import type { Call, Expression, StringLiteral } from '../../python/syntax.ts';
import type { Model } from '../../sqlalchemy/model.ts';
import { isNone } from '../../sqlalchemy/types/read-annotation.ts';
import type { FileContext, Rule } from '../rule.ts';
import { writtenOut } from '../shared/code/bound-once.ts';
import { changeTo } from '../shared/code/change-fix.ts';
import { columnNamesOf, isColumnLike } from '../shared/models/model-columns.ts';

export const unknownKeyInBulkRows: Rule = {
  id: 'unknown-key-in-bulk-rows',
  category: 'query',
  since: '0.1.0',
  severity: 'error',
  preset: 'recommended',
  fix: 'review',
  documentation: {
    summary: 'A row of a bulk INSERT or UPDATE has a key that the model does not have',
    why: 'Rows that are given beside the statement are taken apart by the attributes of the model. Unlike a keyword of `values()`, which raises, a key that is none of them is ignored: the row is written without the value.',
    instead: 'Use the attribute as the model declares it.',
    references: ['https://docs.sqlalchemy.org/en/20/orm/queryguide/dml.html#orm-bulk-insert-statements'],
  },
  examples: [
    {
      bad: 'def add(session: Session) -> None:\n    session.execute(insert(User), [{"nmae": "a", "age": 1}])',
      good: 'def add(session: Session) -> None:\n    session.execute(insert(User), [{"name": "a", "age": 1}])',
    },
  ],
  check: { expressions: { call: checkCall } },
};

const executing: ReadonlySet<string> = new Set(['execute', 'scalars', 'scalar']);
const mappings: ReadonlySet<string> = new Set(['bulk_insert_mappings', 'bulk_update_mappings']);

function checkCall(node: Call, context: FileContext): void {
  const [first, second] = node.arguments;
  if (node.function.kind !== 'attribute' || !first || !second || first.keyword || second.keyword) return;
  const method = node.function.attribute.id;
  const model = executing.has(method)
    ? targetOfStatement(first.value, context)
    : mappings.has(method)
      ? mappedClass(first.value, context)
      : null;
  if (!model || model.incomplete) return;
  const names = [
    ...model.attributes.filter(isColumnLike).map(({ name }) => name),
    ...columnNamesOf(model, context.project),
  ];
  const rows = writtenOut(second.value, context);
  for (const key of rows ? keysOf(rows) : []) {
    if (key.value === null || names.includes(key.value)) continue;
    report(key, key.value, { model, names }, context);
  }
}

/** `insert(User)` and `update(User)` as they are written there, without values or conditions: those take binds by any name. */
function targetOfStatement(statement: Expression, context: FileContext): Model | null {
  if (statement.kind !== 'call') return null;
  const { function: called } = statement;
  // `table.insert()`.
  if (
    called.kind === 'attribute' &&
    /^(insert|update)$/.test(called.attribute.id) &&
    statement.arguments.length === 0
  ) {
    const made = context.facts.meaningOf(statement);
    return made.kind === 'statement' && made.target?.kind === 'table' ? made.target : null;
  }
  if (called.kind === 'attribute' && called.attribute.id === 'returning' && called.value.kind === 'call')
    return targetOfStatement(called.value, context);
  const meaning = context.facts.meaningOf(called);
  const [target] = statement.arguments;
  const isDml = meaning.kind === 'library' && /^sqlalchemy\..*\b(?:insert|update)$/.test(meaning.name);
  return isDml && target && statement.arguments.length === 1 ? mappedClass(target.value, context) : null;
}

function mappedClass(expression: Expression, { facts }: FileContext): Model | null {
  const meaning = facts.meaningOf(expression);
  return meaning.kind === 'entity' && !meaning.alias && meaning.model.kind !== 'table' ? meaning.model : null;
}

/** Of one dict, of a list of them, and of a comprehension that makes them. */
function keysOf(rows: Expression): readonly StringLiteral[] {
  switch (rows.kind) {
    case 'dict':
      // Nothing is lost of what is None anyway.
      return rows.entries.flatMap(({ key, value }) =>
        key?.kind === 'string' && !isNone(value) ? [key] : [],
      );
    case 'list':
    case 'tuple':
      return rows.elements.flatMap(keysOf);
    case 'comprehension':
      return rows.element.kind === 'dict' ? keysOf(rows.element) : [];
    default:
      return [];
  }
}

function report(
  key: StringLiteral,
  written: string,
  { model, names }: { readonly model: Model; readonly names: readonly string[] },
  context: FileContext,
): void {
  const nearest = nearestName(written, names);
  const hint = nearest ? `; did you mean ${nearest}?` : '';
  context.report({
    range: key,
    message:
      model.kind === 'table'
        ? `${model.name} has no column ${written}: the statement raises CompileError${hint}`
        : `${model.name} has no attribute ${written}: the row is written without this value${hint}`,
    fixes: nearest ? [changeTo(key, `"${nearest}"`, nearest)] : [],
  });
}
