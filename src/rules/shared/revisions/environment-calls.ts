/** Calls in an env.py that its rules speak of. */
import type { MigrationEnvironment } from '../../../alembic/environment/environment.ts';
import type { Call } from '../../../python/syntax.ts';
import { walkExpressions } from '../../../python/walk.ts';
import type { SourceFile } from '../../../sqlalchemy/project.ts';
import type { EnvironmentContext } from '../../rule.ts';

export function environmentFile(
  { script }: MigrationEnvironment,
  { project }: EnvironmentContext,
): SourceFile | null {
  return script === null ? null : (project.files.get(script.path) ?? null);
}

/** Calls of a method by this name, wherever they stand: each way of running has its own. */
export function callsOf(file: SourceFile, method: string): readonly Call[] {
  const calls: Call[] = [];
  walkExpressions(file.module, each => {
    if (each.kind === 'call' && each.function.kind === 'attribute' && each.function.attribute.id === method)
      calls.push(each);
  });
  return calls;
}
