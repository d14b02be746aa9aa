/** DROP SCHEMA and DROP DATABASE take all that is in them. */
import type { MigrationStep } from '../../alembic/simulation/steps.ts';
import type { TextRange } from '../../base/range.ts';
import type { RevisionContext, Rule } from '../rule.ts';
import { editSql } from '../shared/revisions/revision-edits.ts';
import type { ActionSubject } from '../shared/revisions/revision-subject.ts';

export const dropSchema: Rule = {
  id: 'drop-schema',
  category: 'migration',
  since: '0.1.0',
  severity: 'error',
  preset: 'recommended',
  fix: null,
  documentation: {
    summary: 'A whole schema or database is dropped',
    why: 'DROP SCHEMA … CASCADE and DROP DATABASE delete every table in them, also those that no revision made. A downgrade cannot bring anything back.',
    instead:
      'Drop what the revisions made, table by table, and the schema without CASCADE at the end: PostgreSQL then refuses where something is left.',
    references: ['https://www.postgresql.org/docs/current/sql-dropschema.html'],
  },
  examples: [{ bad: 'op.execute("DROP SCHEMA reports CASCADE")', good: 'op.execute("DROP SCHEMA reports")' }],
  check: { actions: { 'drop-schema': checkSchema, 'drop-database': checkDatabase } },
};

function checkSchema({ action, step }: ActionSubject<'drop-schema'>, context: RevisionContext): void {
  // Without CASCADE PostgreSQL refuses where anything is in it.
  if (!action.cascade) return;
  const message = `Everything in schema ${action.name} is deleted, also what no revision made`;
  const edit = editSql(step, cascadeRange(step), '');
  context.report({
    range: step.range,
    message,
    fixes: edit ? [{ title: 'Leave CASCADE out', edits: [edit] }] : [],
  });
}

function cascadeRange({ statement }: MigrationStep): TextRange {
  const match = /\s*\bcascade\b/i.exec(statement?.sql ?? '');
  return match ? { start: match.index, end: match.index + match[0].length } : { start: 0, end: 0 };
}

function checkDatabase({ action, step }: ActionSubject<'drop-database'>, context: RevisionContext): void {
  const message = `Database ${action.name} is deleted with everything in it`;
  context.report({ range: step.range, message });
}
