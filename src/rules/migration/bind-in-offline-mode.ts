/** op.get_bind() while SQL is only printed: there is no connection to ask. */
import type { Call } from '../../python/syntax.ts';
import { walk } from '../../python/walk.ts';
import type { RevisionContext, Rule } from '../rule.ts';
import type { RevisionSubject } from '../shared/revisions/revision-subject.ts';

export const bindInOfflineMode: Rule = {
  id: 'bind-in-offline-mode',
  category: 'migration',
  since: '0.1.0',
  severity: 'information',
  preset: 'all',
  fix: null,
  documentation: {
    summary: 'A revision asks the database, which `upgrade --sql` does not have',
    why: '`alembic upgrade --sql` prints SQL without a connection: `op.get_bind()` is None there, and what is called on it raises AttributeError.',
    instead: 'Guard it: `if not context.is_offline_mode():`. Or do the work in SQL, by `op.execute()`.',
    references: ['https://alembic.sqlalchemy.org/en/latest/offline.html'],
  },
  examples: [
    {
      bad: 'rows = op.get_bind().execute(sa.text("SELECT id FROM posts WHERE id = 7")).all()',
      good: `op.execute("UPDATE posts SET title = '' WHERE id = 7")`,
    },
  ],
  check: { revision: checkRevision },
};

const asking: ReadonlySet<string> = new Set(['execute', 'scalar', 'scalars', 'exec_driver_sql', 'dialect']);

function checkRevision(_: RevisionSubject, context: RevisionContext): void {
  if (/is_offline_mode|as_sql/.test(context.file.text)) return;
  for (const node of walk(context.file.module)) {
    const asked =
      node.kind === 'attribute' && asking.has(node.attribute.id)
        ? node.value
        : node.kind === 'assignment'
          ? node.value
          : null;
    if (asked?.kind !== 'call' || !isGetBind(asked, context)) continue;
    const message = 'With “alembic upgrade --sql” there is no connection: get_bind() gives None';
    context.report({ range: { start: asked.start, end: asked.end }, message });
  }
}

function isGetBind({ function: called }: Call, { facts }: RevisionContext): boolean {
  const meaning = facts.meaningOf(called);
  return meaning.kind === 'library' && meaning.name === 'alembic.op.get_bind';
}
