/** What is said of Alembic's post-write hooks where a revision is written without Alembic: none of them is run. */
import type { MigrationEnvironment } from '../../alembic/environment/environment.ts';

/** A sentence for the user; none where the configuration names no hook. */
export function hookNotes({ settings }: Pick<MigrationEnvironment, 'settings'>): readonly string[] {
  const hooks = settings?.postWriteHooks ?? [];
  if (hooks.length === 0) return [];
  const [what, they] = hooks.length === 1 ? ['hook', 'it was'] : ['hooks', 'they were'];
  return [
    `Alembic would run the post-write ${what} ${hooks.join(', ')} on the file; ${they} not run: format the file, or run your formatter on it.`,
  ];
}
