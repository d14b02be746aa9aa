/** A column type that PostgreSQL stores in another way: the whole table is written anew. */
import { findTable } from '../../alembic/simulation/schema-change.ts';
import { sliceOf } from '../../base/range.ts';
import { quoteIdentifier, quoteQualified } from '../../schema/identifier.ts';
import { isSameName } from '../../schema/schema-change.ts';
import type { ReportedFix, RevisionContext, Rule } from '../rule.ts';
import { lockFacts } from '../shared/revisions/lock-facts.ts';
import { reportLock } from '../shared/revisions/lock-report.ts';
import { pythonString, replaceStatement, statementOf } from '../shared/revisions/revision-edits.ts';
import type { ActionSubject } from '../shared/revisions/revision-subject.ts';
import { typeChangeFact } from '../shared/revisions/type-change.ts';

export const columnTypeRewrite: Rule = {
  id: 'column-type-rewrite',
  category: 'migration',
  since: '0.1.0',
  severity: 'warning',
  preset: 'recommended',
  fix: 'review',
  documentation: {
    summary: 'A column’s new type makes PostgreSQL write the whole table anew',
    why: 'ALTER COLUMN … TYPE takes ACCESS EXCLUSIVE. Where the new type is stored in another way, every row and every index is written anew before anyone can read or write again. Only a few changes are free: a longer varchar(n), varchar to text, more digits of a numeric with the same scale.',
    instead:
      'In several revisions: add a column of the new type beside the old one; write to both; fill the new one in batches; make the code read it; drop the old one. The fix writes the first of them.',
    references: ['https://www.postgresql.org/docs/current/sql-altertable.html#SQL-ALTERTABLE-NOTES'],
  },
  examples: [
    {
      bad: 'op.alter_column("events", "post_id", type_=sa.BigInteger())',
      good: 'op.add_column("events", sa.Column("post_id_new", sa.BigInteger()))',
    },
  ],
  check: { actions: { 'set-type': checkType } },
};

function checkType(subject: ActionSubject<'set-type'>, context: RevisionContext): void {
  const { action, step } = subject;
  const column = findTable(step.before, action.table)?.columns.find(each => each.name === action.column);
  if (!column || action.type === null) return;
  const fact = typeChangeFact(column.type, action.type);
  if (fact === null || lockFacts[fact].work === 'none') return;
  const what = `The change of ${action.column} from ${column.type} to ${action.type}`;
  const fixes = newColumnFix(subject, context);
  const more = remark(column.type, subject);
  const report = { fact, table: action.table, what, fixes };
  reportLock(subject, more === null ? report : { ...report, more }, context);
}

function remark(from: string, { action, step, revision }: ActionSubject<'set-type'>): string | null {
  if (/^TIMESTAMP/.test(from) && /^TIMESTAMP/.test(action.type ?? ''))
    return 'only a session in UTC is spared that (PostgreSQL 12 and later)';
  const earlier = revision.upgrade.slice(0, revision.upgrade.indexOf(step)).flatMap(({ actions }) => actions);
  const again = earlier.some(each => each.kind === 'set-type' && isSameName(each.table, action.table));
  return again ? 'not for the first time here: one ALTER TABLE with all changes writes the table once' : null;
}

function newColumnFix(
  { action, step }: ActionSubject<'set-type'>,
  { file }: RevisionContext,
): readonly ReportedFix[] {
  const statement = statementOf(step, file.module);
  const type = step.operation.call.arguments.find(each => each.keyword?.id === 'type_');
  if (!statement || step.actions.length > 1) return [];
  const title = 'Begin with a column of the new type beside it';
  if (type) {
    const schema = action.table.schema === null ? '' : `, schema=${pythonString(action.table.schema)}`;
    const column = `sa.Column(${pythonString(`${action.column}_new`)}, ${sliceOf(file.text, type.value)})`;
    const line = `op.add_column(${pythonString(action.table.name)}, ${column}${schema})`;
    return [{ title, edits: [replaceStatement(statement, [line], file.text)] }];
  }
  if (step.statement?.alone !== true) return [];
  const table = quoteQualified(action.table.schema, action.table.name);
  const sql = `ALTER TABLE ${table} ADD COLUMN ${quoteIdentifier(`${action.column}_new`)} ${action.type}`;
  return [{ title, edits: [replaceStatement(statement, [`op.execute(${pythonString(sql)})`], file.text)] }];
}
