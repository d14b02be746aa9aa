/** What an upgrade would delete, for the question before it: of the pending revisions that it runs. Pure. */
import type { MigrationEnvironmentInfo, RevisionInfo } from '../../protocol/migrations.ts';

/** `head`: all of them; `next`: what `+1` runs; else a revision with those before it. */
export type UpgradeTarget = 'head' | 'next' | { readonly revision: string };

/** A sentence; empty where nothing is deleted, as far as the revisions could be read. */
export function upgradeLoss(environment: MigrationEnvironmentInfo, target: UpgradeTarget): string {
  if (environment.database.kind !== 'read')
    return 'The database could not be asked, so that nobody knows which revisions will run.';
  const losses = runBy(environment, target).flatMap(({ id, loses }) => loses.map(what => `${what} (${id})`));
  if (losses.length === 0) return '';
  const shown = losses.slice(0, mostLosses).join(', ');
  const rest = losses.length - mostLosses;
  return `It deletes ${shown}${rest > 0 ? ` and ${rest} more` : ''}, with the data.`;
}

const mostLosses = 5;

/** Oldest first. */
function runBy({ revisions }: MigrationEnvironmentInfo, target: UpgradeTarget): readonly RevisionInfo[] {
  const pending = revisions.filter(({ state }) => state === 'pending').toReversed();
  if (target === 'head') return pending;
  const waiting = new Set(pending.map(({ id }) => id));
  if (target === 'next') {
    const ready = pending.find(({ down, dependsOn }) => ![...down, ...dependsOn].some(id => waiting.has(id)));
    return ready === undefined ? [] : [ready];
  }
  const byId = new Map(revisions.map(revision => [revision.id, revision]));
  const wanted = new Set<string>();
  const todo = [target.revision];
  for (let id = todo.pop(); id !== undefined; id = todo.pop()) {
    if (wanted.has(id) || !waiting.has(id)) continue;
    wanted.add(id);
    todo.push(...(byId.get(id)?.down ?? []), ...(byId.get(id)?.dependsOn ?? []));
  }
  return pending.filter(({ id }) => wanted.has(id));
}
