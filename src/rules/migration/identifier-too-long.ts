/** Names over 63 bytes: cut by PostgreSQL without an error, or refused by SQLAlchemy. */
import type { MigrationStep } from '../../alembic/simulation/steps.ts';
import type { RevisionContext, Rule } from '../rule.ts';
import type { ActionSubject } from '../shared/revisions/revision-subject.ts';

export const identifierTooLong: Rule = {
  id: 'identifier-too-long',
  category: 'migration',
  since: '0.1.0',
  severity: 'warning',
  preset: 'recommended',
  fix: null,
  documentation: {
    summary: 'A name is longer than the 63 bytes that PostgreSQL keeps',
    why: 'PostgreSQL cuts names after 63 bytes with no more than a NOTICE: two that are alike up to there collide, and autogenerate never finds the long one. SQLAlchemy refuses such names of constraints and indexes with IdentifierError.',
    instead: 'Shorten it. For generated names set `MetaData(naming_convention=…)`, which shortens by itself.',
    references: ['https://www.postgresql.org/docs/current/sql-syntax-lexical.html#SQL-SYNTAX-IDENTIFIERS'],
  },
  examples: [
    {
      bad: 'op.add_column("events", sa.Column("the_moment_at_which_the_event_was_last_seen_by_any_of_the_consumers", sa.Text()))',
      good: 'op.add_column("events", sa.Column("last_seen_by_any_consumer", sa.Text()))',
    },
  ],
  check: {
    actions: {
      'create-table': checkTable,
      'add-column': checkColumn,
      'create-index': checkIndex,
      'add-unique': checkName,
      'add-foreign-key': checkName,
      'add-check': checkName,
    },
  },
};

const longest = 63;

function checkTable({ action, step }: ActionSubject<'create-table'>, context: RevisionContext): void {
  const names = [action.table.name, ...action.definition.columns.map(column => column.name)];
  for (const name of names) report(name, step, context);
}

function checkColumn({ action, step }: ActionSubject<'add-column'>, context: RevisionContext): void {
  report(action.column.name, step, context);
}

function checkIndex({ action, step }: ActionSubject<'create-index'>, context: RevisionContext): void {
  report(action.index.name, step, context);
}

function checkName(
  { action, step }: ActionSubject<'add-unique' | 'add-foreign-key' | 'add-check'>,
  context: RevisionContext,
): void {
  report(action.name, step, context);
}

/** In bytes of UTF-8, as PostgreSQL counts. */
function report(name: string | null, step: MigrationStep, context: RevisionContext): void {
  const bytes = name === null ? 0 : new TextEncoder().encode(name).length;
  if (bytes <= longest) return;
  context.report({
    range: step.range,
    message: `The name ${name} has ${bytes} bytes: PostgreSQL keeps ${longest}, and cuts the rest without an error`,
  });
}
