/** A table that the schema does not have, where a near name exists. */
import { lastPart } from '../../base/dotted-name.ts';
import { nearestName } from '../../base/suggest.ts';
import type { Call } from '../../python/syntax.ts';
import { bareText } from '../../sql/bare-text.ts';
import type { RawSql } from '../../sqlalchemy/statement.ts';
import type { FileContext, ReportedFix, Rule, VerdictSubject } from '../rule.ts';
import { isListed, nameList } from '../rule-option.ts';
import { changeTo } from '../shared/code/change-fix.ts';
import { executionOf, queryExecutionOf } from '../shared/statements/executed-statement.ts';
import type { VerdictPlace } from '../shared/statements/verdict-place.ts';
import { verdictListener } from '../shared/statements/verdict-rule.ts';

const otherTables = nameList({
  name: 'tables',
  summary: 'Tables of the database that nothing in the workspace makes',
});

export const unknownTable: Rule = {
  id: 'unknown-table',
  category: 'sql',
  since: '0.1.0',
  severity: 'error',
  preset: 'recommended',
  fix: 'review',
  documentation: {
    summary:
      'A statement names a table that does not exist, and a near name does, or one that FROM does not list',
    why: 'The statement fails each time it runs (42P01), as it does where a column is asked of a table or alias that FROM does not list. A table that nothing in the workspace resembles may be made elsewhere; such a statement counts as unknown instead.',
    instead: 'Use the table’s name as the schema has it.',
    references: ['https://www.postgresql.org/docs/current/errcodes-appendix.html'],
  },
  options: [otherTables],
  examples: [{ bad: 'text("SELECT id FROM usres")', good: 'text("SELECT id FROM users")' }],
  check: {
    expressions: { call: checkCall },
    ...verdictListener({
      // A table that code declares is no misspelling of another one.
      accepts: ({ sqlstate, message }, context, { statement }) =>
        sqlstate === '42P01' &&
        statement.raw.length > 0 &&
        (/FROM-clause entry for table/.test(message) || nearTable(message, context) !== undefined) &&
        !(statement.raw.some(isOfScript) && isOfOtherDatabase(context)),
      fixes: tableFix,
    }),
  },
};

/** `select(User).order_by(Post.title)`: what is executed is whole, so that no join comes after it. */
function checkCall(node: Call, context: FileContext): void {
  const execution = executionOf(node, context.facts) ?? queryExecutionOf(node, context.facts);
  const [first, ...others] = execution?.outlines ?? [];
  const outside = first?.orderedOutside;
  if (!execution || !outside || !others.every(each => each.orderedOutside)) return;
  const own = outside.location?.path === context.file.path ? outside.location.range : null;
  context.report({
    range: own ?? execution.statement,
    message: `FROM has no ${outside.table}, and order_by() does not add it: PostgreSQL refuses the statement (42P01); join it`,
  });
}

function isOfScript({ origin }: RawSql): boolean {
  return origin === 'file';
}

const tableNames = /(?<!\bdistinct\s+)\b(?:from|join|into|update)\s+(?:only\s+)?([a-z_]\w*)\b(?!\s*[.(])/gi;
const madeHere =
  /\b([a-z_]\w*)\s+as\s+(?:(?:not\s+)?materialized\s*)?\(|\btable\s+(?:if\s+not\s+exists\s+)?([a-z_]\w*)\b/gi;
const extracted = /\b(?:extract|trim|substring)\s*\(\s*\w+\s+from\b/gi;

/** A script that names a table which is like none of the workspace is meant for another database, or another time. */
function isOfOtherDatabase(context: FileContext): boolean {
  const text = bareText(context.file.text).replace(extracted, ' ');
  const made = new Set([...text.matchAll(madeHere)].map(([, query, table]) => lowerCase(query ?? table)));
  return [...text.matchAll(tableNames)].some(([, written]) => {
    const name = lowerCase(written);
    const isKnown = made.has(name) || context.project.modelsWithTable(name).length > 0;
    return (
      !isKnown &&
      !/^(?:pg_|select$|lateral$|unnest$)/.test(name) &&
      nearTable(`relation "${name}"`, context) === undefined
    );
  });
}

function lowerCase(name: string | undefined): string {
  return (name ?? '').toLowerCase();
}

/** Edits: names that share a long part (`events`, `events_old`) are two tables. */
const longestSlip = 2;

/** In the schema that the statement names: what stands in another one, of whatever name, is another table. */
function nearTable(message: string, context: FileContext): string | undefined {
  const [missing, schema] = /relation "([^"]+)"/.exec(message)?.[1]?.split('.').toReversed() ?? [];
  if (missing === undefined || isListed(context.option(otherTables), missing)) return undefined;
  const tables = [...context.project.models.values()].flatMap(model =>
    schema === undefined || schema === (model.schema ?? 'public') ? (model.tableName ?? []) : [],
  );
  // A connection's search_path may lead to a table of that very name in another schema.
  return tables.includes(missing) ? undefined : nearestName(missing, tables, longestSlip);
}

function tableFix(
  subject: VerdictSubject,
  place: VerdictPlace,
  context: FileContext,
): readonly ReportedFix[] {
  const near = nearTable(subject.error.message, context);
  if (near === undefined || !place.verbatim) return [];
  const last = lastPart(place.word);
  const range = { start: place.range.end - last.length, end: place.range.end };
  return [changeTo(range, near)];
}
