/** A plain column beside an aggregate, without GROUP BY. */
import { sliceOf } from '../../base/range.ts';
import type { OutlineItem } from '../../sqlalchemy/statement-outline.ts';
import type { FileContext, ReportedFix, Rule, VerdictSubject } from '../rule.ts';
import { ownRange } from '../shared/code/own-range.ts';
import type { VerdictError } from '../shared/statements/verdict-error.ts';
import { verdictListener } from '../shared/statements/verdict-rule.ts';

export const missingGroupBy: Rule = {
  id: 'missing-group-by',
  category: 'sql',
  since: '0.1.0',
  severity: 'error',
  preset: 'recommended',
  fix: 'review',
  documentation: {
    summary: 'A column stands beside an aggregate without being grouped by',
    why: 'PostgreSQL cannot know which of the group’s values to give, and refuses the statement (42803).',
    instead: 'Add the column to `group_by()`, or aggregate it too.',
    references: ['https://www.postgresql.org/docs/current/errcodes-appendix.html'],
  },
  examples: [
    {
      bad: 'select(User.name, func.count(User.id))',
      good: 'select(User.name, func.count(User.id)).group_by(User.name)',
    },
  ],
  check: verdictListener({
    // Whoever gets the statement may group it.
    accepts: (error, _context, { statement }) =>
      error.sqlstate === '42803' && !isMisplacedAggregate(error) && !statement.returned,
    fixes: (subject, _place, context) => groupByFix(subject, context),
  }),
};

/** `WHERE count(*) > 1`, `sum(max(x))`: nothing that could be grouped by helps there. */
export function isMisplacedAggregate({ sqlstate, message }: VerdictError): boolean {
  return sqlstate === '42803' && /not allowed|nested/.test(message);
}

/** All plain columns that are selected; a class by its primary key, on which its other columns depend. */
function groupByFix({ statement }: VerdictSubject, context: FileContext): readonly ReportedFix[] {
  const [outline, ...others] = context.facts.outlinesOf(statement);
  const end = ownRange(statement.location, context)?.end;
  if (!outline || others.length > 0 || outline.grouped || end === undefined) return [];
  const plain = outline.items.filter(item => item.kind !== 'count' && item.kind !== 'aggregate');
  const columns = plain.flatMap(item => groupingOf(item, context) ?? []);
  if (columns.length === 0 || columns.length < plain.length) return [];
  const newText = `.group_by(${columns.join(', ')})`;
  return [{ title: `Add ${newText}`, edits: [{ range: { start: end, end }, newText }] }];
}

function groupingOf({ kind, location, model }: OutlineItem, context: FileContext): string | null {
  const range = ownRange(location, context);
  if (!range) return null;
  const written = sliceOf(context.file.text, range);
  if (kind === 'column') return written;
  const keys = model?.attributes.filter(each => each.kind === 'column' && each.primaryKey) ?? [];
  return kind === 'entity' && keys.length > 0 ? keys.map(key => `${written}.${key.name}`).join(', ') : null;
}
