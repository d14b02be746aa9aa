/** Several heads, or two merges over the same parents: `alembic upgrade head` no longer knows where to go. */
import type { GraphContext, GraphSubject, Rule } from '../rule.ts';

export const multipleHeads: Rule = {
  id: 'multiple-heads',
  category: 'migration',
  since: '0.1.0',
  severity: 'error',
  preset: 'recommended',
  fix: null,
  documentation: {
    summary: 'The revision graph has several heads, or two merges of the same parents',
    why: 'Two revisions were made on top of the same one, most often on two branches of the code. `alembic upgrade head` then stops with “Multiple head revisions are present”. Two merges over the same parents make two heads again.',
    instead:
      'Run “Merge Heads…” (`alembic merge heads`), or, where a revision was not published yet, set its `down_revision` to the other head.',
    references: ['https://alembic.sqlalchemy.org/en/latest/branches.html'],
  },
  examples: [
    {
      bad: 'revision = "b2"\ndown_revision = None\n\n\ndef upgrade() -> None:\n    pass',
      good: 'revision = "b2"\ndown_revision = "a1"\n\n\ndef upgrade() -> None:\n    pass',
    },
  ],
  check: { graph: checkGraph },
};

function checkGraph({ graph }: GraphSubject, context: GraphContext): void {
  for (const problem of graph.problems) {
    if (problem.code === 'several-heads' || problem.code === 'double-merge') context.report(problem);
  }
}
