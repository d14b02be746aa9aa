/** `dbpatterns statements`: every statement of the code as PostgreSQL would get it. */
import { checkedSource } from '../features/judging/checked-source.ts';
import { type StatementReport, statementReports } from '../features/reports/statement-report.ts';
import { loadTitle, separateLoadsOf } from '../features/separate-loads.ts';
import type { Command } from './command.ts';
import { printedPlaces } from './located.ts';
import { openForCli } from './open-for-cli.ts';
import { choice, parseOptions } from './parse-options.ts';
import { printJson } from './print-json.ts';

export const statementsCommand: Command = {
  name: 'statements',
  summary: 'Every statement in the code as the SQL that PostgreSQL would get',
  usage: 'dbpatterns statements [PATH…] [--format text|json]',
  async run(parameters, { output, signal }) {
    const { values, positionals } = parseOptions(parameters, { format: { type: 'string', default: 'text' } });
    const format = choice('format', values.format, ['text', 'json']);
    const { workspace, paths } = await openForCli(positionals, signal);
    const places = printedPlaces(path => workspace.textOf(path));
    const statements = paths.flatMap(path =>
      (checkedSource(workspace, path)?.statements ?? []).flatMap(each =>
        statementReports(each, places, separateLoadsOf(workspace, each)),
      ),
    );
    if (format === 'json') printJson(output, { statements });
    else output.write(statements.map(asText).join('\n'));
    return 0;
  },
};

function asText(statement: StatementReport): string {
  const place = `${statement.file}:${statement.line}:${statement.column}`;
  const loads = statement.loads.map(
    each => `-- then, for ${loadTitle(each)}\n${each.sql ?? `-- ${each.detail}`}\n`,
  );
  const sql = statement.sql ?? `unknown (${statement.unknown}): ${statement.detail}`;
  return [`${place} ${statement.kind}\n${sql}\n`, ...loads].join('');
}
