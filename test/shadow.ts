/** The shadow database as tests use it: from the sources, in its own process, with the schema of some models. */
import { join } from 'node:path';
import { silentLogger } from '../src/base/logger.ts';
import type { Judge } from '../src/database/judge.ts';
import { shadowJudge } from '../src/database/judges.ts';
import { ShadowDatabase } from '../src/database/shadow/shadow-database.ts';
import { renderStatements } from '../src/schema/ddl.ts';
import type { DatabaseSchema } from '../src/schema/schema.ts';
import type { Model } from '../src/sqlalchemy/model.ts';
import { schemaOfModels } from '../src/sqlalchemy/models/schema-of-models.ts';

export interface TestShadow {
  judgeFor(models: Iterable<Model>): Promise<Judge>;
  judgeBy(schema: DatabaseSchema): Promise<Judge>;
  dispose(): void;
}

export function openTestShadow(): TestShadow {
  const entry = join(import.meta.dirname, '..', 'src', 'database', 'shadow', 'shadow-process.ts');
  const shadow = new ShadowDatabase({ entry, logger: silentLogger, idleMs: 60_000, hangMs: 20_000 });
  const judgeBy = async (schema: DatabaseSchema) => {
    const statements = renderStatements(schema);
    await shadow.setSchema(statements, statements.map(each => each.sql).join(';'));
    return shadowJudge('the models', shadow);
  };
  return {
    judgeFor: models => judgeBy(schemaOfModels(models)),
    judgeBy,
    dispose: () => shadow.dispose(),
  };
}
