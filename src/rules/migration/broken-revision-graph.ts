/** Revisions that Alembic cannot order: unknown parents, duplicates, cycles, identifiers that do not fit. */
import type { GraphContext, GraphSubject, Rule } from '../rule.ts';

export const brokenRevisionGraph: Rule = {
  id: 'broken-revision-graph',
  category: 'migration',
  since: '0.1.0',
  severity: 'error',
  preset: 'recommended',
  fix: null,
  documentation: {
    summary:
      'A revision names a parent that is not there, repeats an id, is part of a cycle, or has an id that does not fit',
    why: 'Alembic loads the whole graph before it does anything: one broken link stops every command with `KeyError` or `CommandError`. An id over 32 characters fails when the version table, a varchar(32), is written.',
    instead:
      'Restore the missing file from version control, or set `down_revision` to the revision that this one follows.',
    references: ['https://alembic.sqlalchemy.org/en/latest/tutorial.html#running-our-first-migration'],
  },
  examples: [
    {
      bad: 'revision = "b2"\ndown_revision = "a2"\n\n\ndef upgrade() -> None:\n    pass',
      good: 'revision = "b2"\ndown_revision = "a1"\n\n\ndef upgrade() -> None:\n    pass',
    },
  ],
  check: { graph: checkGraph },
};

function checkGraph({ graph }: GraphSubject, context: GraphContext): void {
  for (const problem of graph.problems) {
    if (problem.code !== 'several-heads' && problem.code !== 'double-merge') context.report(problem);
  }
}
