/** The models that map a table, as far as the running service goes: not those of tests and revisions. */
import type { TableName } from '../../../alembic/directives/operation.ts';
import { isSameName } from '../../../schema/schema-change.ts';
import type { Model } from '../../../sqlalchemy/model.ts';
import type { RevisionContext } from '../../rule.ts';
import { isTestModule } from '../code/deliberate-change.ts';

export function modelsOfTable(table: TableName, { project }: RevisionContext): readonly Model[] {
  return project
    .modelsWithTable(table.name)
    .filter(
      model =>
        model.table !== null &&
        isSameName(model.table, table) &&
        !isTestModule(model.module) &&
        !project.binds(model.location.path, 'down_revision'),
    );
}
