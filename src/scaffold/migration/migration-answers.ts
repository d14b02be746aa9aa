/** The answers of a migration, from a file of answers or a person: checked once, at the edge. */
import type { MigrationEnvironment } from '../../alembic/environment/environment.ts';
import type { Answers } from '../scaffold.ts';

export interface MigrationAnswers {
  readonly message: string;
  /** Revisions that it follows; empty for the first one. */
  readonly down: readonly string[];
  /** The confirmed renamings, as `orders.note=remark`; null where nobody was asked. */
  readonly renames: readonly string[] | null;
}

export type ReadAnswers =
  | { readonly kind: 'read'; readonly answers: MigrationAnswers }
  | { readonly kind: 'failed'; readonly problem: string };

export function readMigrationAnswers(answers: Answers, { graph }: MigrationEnvironment): ReadAnswers {
  const message = typeof answers.message === 'string' ? answers.message.trim() : '';
  if (message === '') return failed('message is missing: say in a few words what the migration does');
  const { head, renames } = answers;
  if (head !== undefined && (typeof head !== 'string' || !graph.byId.has(head)))
    return failed(`head is ${JSON.stringify(head)}, which is no revision of this environment`);
  if (head === undefined && graph.heads.length > 1)
    return failed(`there are ${graph.heads.length} heads: name one as head (${graph.heads.join(', ')})`);
  if (renames !== undefined && !isTexts(renames))
    return failed('renames must be a list such as ["orders.note=remark"], or an empty one');
  const down = typeof head === 'string' ? [head] : graph.heads;
  return { kind: 'read', answers: { message, down, renames: renames ?? null } };
}

function failed(problem: string): ReadAnswers {
  return { kind: 'failed', problem };
}

function isTexts(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every(each => typeof each === 'string');
}
