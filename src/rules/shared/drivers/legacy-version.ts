/** Projects that are surely on SQLAlchemy 1.4 or older, where what 2.0 took away still works. */
import { isAtLeast } from '../../../python/packages/version.ts';
import type { FileContext } from '../../rule.ts';

export function isBefore2({ file, project }: FileContext): boolean {
  return isAtLeast(project.packagesOf(file.path).versionOf('sqlalchemy'), 2) === false;
}
