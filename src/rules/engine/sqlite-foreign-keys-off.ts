/** SQLite checks foreign keys only where a connection asks for it. */
import type { Call } from '../../python/syntax.ts';
import type { FileContext, Rule } from '../rule.ts';
import { isTestModule } from '../shared/code/deliberate-change.ts';
import { engineOf, schemeOf, urlArgumentOf } from '../shared/drivers/engine-call.ts';

export const sqliteForeignKeysOff: Rule = {
  id: 'sqlite-foreign-keys-off',
  category: 'engine',
  since: '0.1.0',
  severity: 'information',
  preset: 'strict',
  fix: null,
  documentation: {
    summary: 'An SQLite engine without `PRAGMA foreign_keys=ON`, and models with foreign keys',
    why: 'SQLite parses foreign keys and ignores them, unless each connection says `PRAGMA foreign_keys=ON`: rows may refer to nothing, and `ON DELETE CASCADE` does not happen. Tests on SQLite pass that fail on PostgreSQL.',
    instead: 'Set it in a `connect` event: `@event.listens_for(engine, "connect")`.',
    references: ['https://docs.sqlalchemy.org/en/20/dialects/sqlite.html#foreign-key-support'],
  },
  examples: [
    {
      bad: 'from sqlalchemy import create_engine\n\nengine = create_engine("sqlite:///shop.db")',
      good: 'from sqlalchemy import create_engine, event\n\nengine = create_engine("sqlite:///shop.db")\n\n\n@event.listens_for(engine, "connect")\ndef check_foreign_keys(connection, _record) -> None:\n    connection.execute("PRAGMA foreign_keys=ON")',
    },
  ],
  check: { expressions: { call: checkCall } },
};

function checkCall(node: Call, context: FileContext): void {
  const engine = engineOf(node, context);
  if (!engine || schemeOf(engine).dialect !== 'sqlite' || isTestModule(context.file.name)) return;
  const { models } = context.project;
  const hasKeys = [...models.values()].some(model => (model.table?.foreignKeys.length ?? 0) > 0);
  const isOn = context.project.filesWith(/foreign_keys/i).some(({ text }) => /pragma/i.test(text));
  if (!hasKeys || isOn) return;
  context.report({
    range: urlArgumentOf(node),
    message:
      'SQLite does not check the models’ foreign keys unless each connection says PRAGMA foreign_keys=ON',
  });
}
