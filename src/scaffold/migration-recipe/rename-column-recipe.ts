/**
 * Rename a column while old and new code run side by side: the new one is added, a trigger keeps both alike, the rows are
 * filled, and the old one goes once no code uses it.
 */
import { quoteIdentifier, quoteQualified } from '../../schema/identifier.ts';
import type { Column, Table } from '../../schema/schema.ts';
import { textAnswer } from '../answers.ts';
import { columnCode } from '../migration/column-code.ts';
import { stringLiteral } from '../migration/python-literal.ts';
import { call } from '../python-code/layout.ts';
import { backfillLines } from './backfill-lines.ts';
import { notNullLines } from './not-null-lines.ts';
import {
  batchedTableOf,
  failed,
  line,
  type Recipe,
  type RecipeRequest,
  schemaOption,
  typeContext,
} from './recipe.ts';

export function renameColumnRecipe(request: RecipeRequest): Recipe {
  const { answers, message, style } = request;
  const batched = batchedTableOf(request);
  if (typeof batched === 'string') return failed(batched);
  const { table, key } = batched;
  const [from, to] = [textAnswer(answers, 'column'), textAnswer(answers, 'newName')];
  const old = table.columns.find(column => column.name === from);
  if (!old) return failed(`${table.name} has no column ${from}`);
  if (to === '') return failed('newName is missing');
  if (table.columns.some(column => column.name === to))
    return failed(`${table.name} has a column ${to} already`);
  if (old === key || old.identity !== null || old.computed !== null)
    return failed(`${from} is made by the database, and cannot be kept twice`);
  const fresh: Column = { ...old, name: to, nullable: true };
  const owner = stringLiteral(table.name, style);
  const options = schemaOption(table, request);
  const add = (column: Column) =>
    line(
      call(
        'op.add_column',
        owner,
        columnCode({ ...column, nullable: true }, [], typeContext(request)),
        ...options,
      ),
      style,
    );
  const drop = (column: Column) =>
    line(call('op.drop_column', owner, stringLiteral(column.name, style), ...options), style);
  const sync = triggerLines(table, from, to, request);
  const fill = (column: Column, value: string) =>
    backfillLines({ table, key, column, value: quoteIdentifier(value) }, request);
  const proof = notNullLines(table, fresh, request);
  const back = notNullLines(table, { ...old, nullable: true }, request);
  const kept = ['    # The column goes with the revision before.'];
  const required = old.nullable
    ? []
    : [
        { message: `${message}: prove it`, upgrade: proof.prove, downgrade: proof.unprove },
        { message: `${message}: not null`, upgrade: proof.set, downgrade: proof.unset },
      ];
  return {
    kind: 'revisions',
    revisions: [
      {
        message: `${message}: expand`,
        upgrade: [...add(fresh), ...sync.create],
        downgrade: [...sync.drop, ...drop(fresh)],
      },
      { message: `${message}: fill it`, upgrade: fill(fresh, from), downgrade: kept },
      ...required,
      {
        message: `${message}: contract`,
        upgrade: [
          ...sync.drop,
          `    # dbpatterns: ignore[drop-column] its values are in ${to}`,
          ...drop(old),
        ],
        downgrade: [
          ...add(old),
          ...sync.create,
          ...fill(old, to),
          ...(old.nullable ? [] : [...back.prove, ...back.set]),
        ],
      },
    ],
    notes: notesOn(table, from, to),
  };
}

/** What a column is part of does not move by itself. */
function notesOn(table: Table, from: string, to: string): readonly string[] {
  const parts = [
    ...table.indexes.filter(index => index.elements.includes(from)),
    ...table.uniques.filter(unique => unique.columns.includes(from)),
    ...table.foreignKeys.filter(each => each.columns.includes(from)),
    ...table.checks.filter(check => new RegExp(`\\b${from}\\b`).test(check.expression)),
  ].map(part => part.name ?? 'a constraint without a name');
  return [
    `Deploy code that uses ${to} before the last revision: it drops ${from}.`,
    ...(parts.length === 0
      ? []
      : [`Make these anew for ${to}, between the second revision and the last: ${parts.join(', ')}.`]),
  ];
}

function triggerLines(
  table: Table,
  from: string,
  to: string,
  request: RecipeRequest,
): { readonly create: readonly string[]; readonly drop: readonly string[] } {
  const { style } = request;
  const plain = `${table.name}_${from}_${to}`.slice(0, 63);
  const [name, owner] = [quoteQualified(table.schema, plain), quoteQualified(table.schema, table.name)];
  const [a, b] = [quoteIdentifier(from), quoteIdentifier(to)];
  const execute = (sql: string) => line(call('op.execute', stringLiteral(sql, style)), style);
  const body = [
    `CREATE OR REPLACE FUNCTION ${name}() RETURNS trigger LANGUAGE plpgsql AS $$`,
    'BEGIN',
    "    IF TG_OP = 'INSERT' THEN",
    `        NEW.${b} := coalesce(NEW.${b}, NEW.${a});`,
    `        NEW.${a} := NEW.${b};`,
    `    ELSIF NEW.${b} IS DISTINCT FROM OLD.${b} THEN`,
    `        NEW.${a} := NEW.${b};`,
    `    ELSIF NEW.${a} IS DISTINCT FROM OLD.${a} THEN`,
    `        NEW.${b} := NEW.${a};`,
    '    END IF;',
    '    RETURN NEW;',
    'END $$',
  ];
  const quotes = style.quote.repeat(3);
  return {
    create: [
      '    # Old code writes one column, new code the other: both are kept alike.',
      '    op.execute(',
      `        ${quotes}`,
      ...body.map(sql => `        ${sql}`),
      `        ${quotes}`,
      '    )',
      ...execute(
        `CREATE TRIGGER ${quoteIdentifier(plain)} BEFORE INSERT OR UPDATE ON ${owner} FOR EACH ROW EXECUTE FUNCTION ${name}()`,
      ),
    ],
    drop: [
      ...execute(`DROP TRIGGER IF EXISTS ${quoteIdentifier(plain)} ON ${owner}`),
      ...execute(`DROP FUNCTION IF EXISTS ${name}()`),
    ],
  };
}
