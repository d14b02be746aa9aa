/** The state of the migrations: revisions, heads, problems, and what is applied. */
import { z } from 'zod';
import { readAppliedRevisions } from '../../database/live/applied-revisions.ts';
import { environmentReport } from '../../features/reports/migration-report.ts';
import { findEnvironment } from '../find-environment.ts';
import { defineTool } from '../tool.ts';
import { workspacePlaces } from '../workspace-path.ts';

const input = z.strictObject({
  environment: z
    .string()
    .optional()
    .describe('Where there are several: `alembic.ini` or `alembic.ini#section`.'),
  applied: z
    .boolean()
    .default(false)
    .describe('Asks the database that the user has named which revisions it has.'),
});

export const listMigrations = defineTool({
  name: 'list_migrations',
  title: 'State of the Migrations',
  description:
    'Lists the Alembic revisions, newest first, with heads, problems of the graph and, if asked, which ones a database has. Use it before writing a migration, to know what it follows.',
  input,
  connects: ({ applied }) => applied,
  async run({ environment: name, applied }, context) {
    const { workspace } = context;
    const found = findEnvironment(workspace, name);
    if (found.kind === 'none') return found.answer;
    const { environment } = found;
    let rows: readonly string[] | null = null;
    if (applied) {
      await using database = await context.openDatabase();
      rows = await readAppliedRevisions(database.connection, environment.versionTable);
    }
    const report = environmentReport(environment, rows, workspacePlaces(workspace));
    const { revisions, heads, problems } = report;
    return {
      kind: 'answered',
      summary: `${revisions.length} revisions, ${heads.length} heads, ${problems.length} problems.`,
      data: report,
    };
  },
});
