/** `dbpatterns statements`: every statement of the code as PostgreSQL would get it. */
import { checkedSource } from '../features/checked-source.ts';
import type { StatementFact } from '../sqlalchemy/statement.ts';
import type { Command } from './command.ts';
import { createLocator, type Locator, printedPath } from './located.ts';
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
    const locate = createLocator(path => workspace.textOf(path));
    const statements = paths.flatMap(path =>
      (checkedSource(workspace, path)?.statements ?? []).flatMap(each => printed(each, locate)),
    );
    if (format === 'json') printJson(output, { statements });
    else output.write(statements.map(asText).join('\n'));
    return 0;
  },
};

interface PrintedStatement {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
  readonly kind: string;
  readonly sql: string | null;
  readonly parameters: readonly {
    readonly position: number;
    readonly name: string;
    readonly type: string | null;
  }[];
  /** A reason out of a closed list. */
  readonly unknown: string | null;
  /** The same as a sentence. */
  readonly detail: string | null;
}

/** One entry a form; a statement without any form is one entry with its reason. */
function printed(statement: StatementFact, locate: Locator): readonly PrintedStatement[] {
  const { path, range } = statement.location;
  const { start, end } = locate.range(path, range);
  const place = {
    file: printedPath(path, process.cwd()),
    line: start.line,
    column: start.column,
    endLine: end.line,
    endColumn: end.column,
    kind: statement.kind,
  };
  const unknown = statement.unknown?.reason ?? null;
  const detail = statement.unknown?.detail ?? null;
  if (statement.forms.length === 0) return [{ ...place, sql: null, parameters: [], unknown, detail }];
  return statement.forms.map(form => ({
    ...place,
    sql: form.sql,
    parameters: form.parameters.map(({ position, name, type }) => ({ position, name, type })),
    unknown,
    detail,
  }));
}

function asText(statement: PrintedStatement): string {
  const place = `${statement.file}:${statement.line}:${statement.column}`;
  return `${place} ${statement.kind}\n${statement.sql ?? `unknown (${statement.unknown}): ${statement.detail}`}\n`;
}
