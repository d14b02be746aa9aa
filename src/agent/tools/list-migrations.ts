/** The state of the migrations: revisions, heads, problems, and what is applied. */
import { z } from 'zod';
import type { MigrationEnvironment } from '../../alembic/environment/environment.ts';
import { readAppliedRevisions } from '../../database/live/applied-revisions.ts';
import { environmentReport, type RevisionReport } from '../../features/reports/migration-report.ts';
import { revisionSummary } from '../../workspace/migrations/environment-view.ts';
import { touchedTables } from '../../workspace/migrations/revision-changes.ts';
import type { WorkspaceSnapshot } from '../../workspace/snapshot.ts';
import { findEnvironment } from '../find-environment.ts';
import { defineTool } from '../tool.ts';
import { workspacePlaces } from '../workspace-path.ts';

const input = z.strictObject({
  environment: z
    .string()
    .optional()
    .describe('Where there are several: `alembic.ini` or `alembic.ini#section`.'),
  search: z
    .string()
    .optional()
    .describe(
      'Only revisions with this in their id, message, file name or in what they do, such as a table’s name.',
    ),
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
  async run({ environment: name, search, applied }, context) {
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
    const { heads, problems } = report;
    const revisions =
      search === undefined ? report.revisions : searched(workspace, environment, report.revisions, search);
    const share = search === undefined ? '' : `${revisions.length} of `;
    return {
      kind: 'answered',
      summary: `${share}${report.revisions.length} revisions, ${heads.length} heads, ${problems.length} problems.`,
      data: { ...report, revisions },
      narrow: 'The newest come first: use `search` for others.',
    };
  },
});

interface FoundRevision extends RevisionReport {
  /** One line on its upgrade; empty where nothing is known. */
  readonly does: string;
}

function searched(
  workspace: WorkspaceSnapshot,
  environment: MigrationEnvironment,
  revisions: readonly RevisionReport[],
  search: string,
): readonly FoundRevision[] {
  const moments = new Map(workspace.simulationOf(environment).map(each => [each.id, each]));
  const wanted = search.toLowerCase();
  return revisions.flatMap(revision => {
    const node = environment.graph.byId.get(revision.id);
    const moment = moments.get(revision.id);
    const does = node ? revisionSummary(workspace, node) : '';
    const tables = moment ? touchedTables(moment) : [];
    const texts = [revision.id, revision.message, revision.file, does, ...tables];
    return texts.some(text => text.toLowerCase().includes(wanted)) ? [{ ...revision, does }] : [];
  });
}
