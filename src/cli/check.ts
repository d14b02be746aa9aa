/** `dbpatterns check`: the findings that the editor shows, for people, programs and CI. */

import { checkWorkspace } from '../features/check-workspace.ts';
import { judgedSource } from '../features/judged-schema.ts';
import { environmentFiles } from '../features/migration-findings.ts';
import { foreignDatabase } from '../features/project-database.ts';
import type { Finding, Severity } from '../rules/finding.ts';
import type { Command, ExitCode } from './command.ts';
import { formatFindings } from './finding-formats.ts';
import { openForCli } from './open-for-cli.ts';
import { openCliJudge } from './open-judge.ts';
import { choice, parseOptions } from './parse-options.ts';
import { withTableSizes } from './table-sizes.ts';

const options = {
  format: { type: 'string', default: 'text' },
  schema: { type: 'string' },
  'database-url': { type: 'string' },
  'fail-on': { type: 'string', default: 'error' },
} as const;

export const checkCommand: Command = {
  name: 'check',
  summary: 'Find mistakes in models, statements, SQL and migrations',
  usage:
    'dbpatterns check [PATH…] [--format text|json|sarif|github] [--schema models|migrations|database|none] [--database-url URL] [--fail-on error|warning|never]',
  async run(parameters, { output, errors, environment, signal }) {
    const started = performance.now();
    const { values, positionals } = parseOptions(parameters, options);
    const format = choice('format', values.format, ['text', 'json', 'sarif', 'github']);
    const failOn = choice('fail-on', values['fail-on'], ['error', 'warning', 'never']);
    const opened = await openForCli(positionals, signal);
    const { paths, isAsked } = opened;
    const url = values['database-url'];
    const workspace = await withTableSizes(opened, url, environment);
    const schema = choice('schema', values.schema ?? judgedSource(workspace), [
      'models',
      'migrations',
      'database',
      'none',
    ]);
    // Asked for by name, PostgreSQL judges whatever the project is written for.
    const foreign = values.schema === undefined ? foreignDatabase(workspace) : null;
    if (foreign !== null)
      errors.write(`dbpatterns: the project names ${foreign} and not PostgreSQL: --schema none is assumed\n`);
    const source = foreign === null ? schema : 'none';
    const judge = await openCliJudge(workspace, source, url, environment);
    try {
      const checked = [...paths, ...environmentFiles(workspace).filter(isAsked)];
      const result = await checkWorkspace(workspace, checked, judge, signal);
      for (const problem of result.problems) errors.write(`dbpatterns: ${problem}\n`);
      const durationMs = Math.round(performance.now() - started);
      output.write(formatFindings(format, { ...result, files: paths.length, durationMs }, workspace));
      return exitCode(result.findings, failOn);
    } finally {
      await judge?.dispose();
    }
  },
};

function exitCode(findings: readonly Finding[], failOn: 'error' | 'warning' | 'never'): ExitCode {
  const failing: readonly Severity[] =
    failOn === 'never' ? [] : failOn === 'error' ? ['error'] : ['error', 'warning'];
  return findings.some(finding => failing.includes(finding.severity)) ? 1 : 0;
}
