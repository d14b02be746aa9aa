/** What an environment is called between the parts of the product: its configuration, and the section of it. */
import type { MigrationEnvironment } from '../../alembic/environment/environment.ts';

export function environmentId({ config, section }: Pick<MigrationEnvironment, 'config' | 'section'>): string {
  return section === null ? config : `${config}#${section}`;
}
