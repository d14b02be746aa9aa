/** What every new revision takes from the project that it is written into, whatever it does. */
import type { MigrationEnvironment } from '../../alembic/environment/environment.ts';
import { learnProject, type ProjectSources } from '../learn/learn-project.ts';
import { creationTime } from './creation-time.ts';
import type { CreationTime } from './migration-file.ts';
import type { RevisionPlan } from './write-migration.ts';

export interface RevisionSetting extends Pick<RevisionPlan, 'environment' | 'template' | 'style'> {
  readonly time: CreationTime;
}

export function revisionSetting(
  environment: MigrationEnvironment,
  sources: ProjectSources,
  now: Date,
): RevisionSetting {
  return {
    environment,
    time: creationTime(now, environment.settings?.timezone ?? null),
    template: sources.textOf(`${environment.scriptLocation}/script.py.mako`) ?? null,
    style: learnProject(sources).style,
  };
}
