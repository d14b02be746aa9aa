/** What a revision does to the schema, the locks that it takes, and what the migration rules say of it. */
import { z } from 'zod';
import type { MigrationEnvironment } from '../../alembic/environment/environment.ts';
import { getRevision } from '../../alembic/graph/lookup.ts';
import { revisionFindings } from '../../features/checking/migration-findings.ts';
import { migrationPreview } from '../../features/migration-preview.ts';
import { findingReport } from '../../features/reports/finding-report.ts';
import { findEnvironment } from '../find-environment.ts';
import { defineTool, refused } from '../tool.ts';
import { workspacePlaces } from '../workspace-path.ts';

const input = z.strictObject({
  revision: z.string().default('head').describe('An id or its beginning, or `head`.'),
  environment: z
    .string()
    .optional()
    .describe('Where there are several: `alembic.ini` or `alembic.ini#section`.'),
});

export const previewMigration = defineTool({
  name: 'preview_migration',
  title: 'Preview a Migration',
  description:
    'Shows what an Alembic revision will do on PostgreSQL without running it: what is different afterwards as DDL, and for each step the lock that it takes on tables that are there already, whom it keeps waiting, and whether rows are read or written anew; with what the migration rules found. Use it before a migration is run or merged.',
  input,
  run({ revision, environment: name }, { workspace }) {
    const found = findEnvironment(workspace, name);
    if (found.kind === 'none') return found.answer;
    const id = idOf(found.environment, revision);
    const preview = id === null ? null : migrationPreview(workspace, found.environment, id);
    if (preview === null)
      return refused(
        'There is no such revision, or several that it may mean. list_migrations has their ids.',
        {
          revision,
          heads: found.environment.graph.heads,
        },
      );
    const places = workspacePlaces(workspace);
    const waits = preview.steps.filter(({ locks }) => locks.some(({ blocks }) => blocks !== 'nobody'));
    return {
      kind: 'answered',
      summary: `${preview.steps.length} steps, ${waits.length} of them keep others waiting. Tables that the revision itself makes are not counted.`,
      data: {
        revision: id,
        file: places.file(preview.path),
        changes: preview.changes,
        steps: preview.steps.map(({ offset, ...step }) => ({
          line: places.position(preview.path, offset).line,
          ...step,
        })),
        findings: revisionFindings(workspace, preview.path).map(each => findingReport(each, places)),
        doubts: preview.doubts,
        schemaDifferenceAsDdl: preview.sql,
      },
    };
  },
});

function idOf({ graph }: MigrationEnvironment, revision: string): string | null {
  try {
    return getRevision(graph, revision)?.id ?? null;
  } catch {
    return null;
  }
}
