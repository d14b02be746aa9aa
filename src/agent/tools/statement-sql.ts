/** The SQL that statements of a file become, from the code alone. */
import { z } from 'zod';
import { checkedSource } from '../../features/judging/checked-source.ts';
import { statementReports } from '../../features/reports/statement-report.ts';
import { separateLoadsOf } from '../../features/separate-loads.ts';
import { defineTool, refused } from '../tool.ts';
import { pathInside, workspacePlaces } from '../workspace-path.ts';

const input = z.strictObject({
  path: z.string().describe('A Python or SQL file of the workspace, relative to it.'),
  text: z.string().optional().describe('The text to read instead of what the file holds.'),
  line: z
    .int()
    .positive()
    .optional()
    .describe('Only statements that this line, counted from 1, is a part of.'),
});

export const statementSql = defineTool({
  name: 'statement_sql',
  title: 'SQL of a Statement',
  description:
    'Shows the SQL that SQLAlchemy would send to PostgreSQL for each statement of a file, with its parameters, or why that cannot be told, and what is sent besides to load relationships. The code is read and not run. Use it to see joins, conditions and eager loading as SQL.',
  input,
  run({ path, text, line }, context) {
    const full = pathInside(context.workspace.roots, path);
    if (full === null) return refused('This path is outside of the workspace.', { path });
    const workspace = text === undefined ? context.workspace : context.workspaceWith(new Map([[full, text]]));
    if (workspace.textOf(full) === undefined) return refused('There is no such file.', { path });
    const places = workspacePlaces(workspace);
    const all = (checkedSource(workspace, full)?.statements ?? []).flatMap(each =>
      statementReports(each, places, separateLoadsOf(workspace, each)),
    );
    const statements =
      line === undefined ? all : all.filter(each => each.line <= line && line <= each.endLine);
    return {
      kind: 'answered',
      summary: `${statements.length} statements, several forms of one counted apart.`,
      data: { statements },
      narrow: 'Name a `line`.',
    };
  },
});
