/** The text of the read-only document that shows a statement's SQL. */
import type { StatementForm, StatementLoad, StatementSql } from '../../protocol/statement-sql.ts';

/** `source` is the file as people know it: `app/orders.py`. */
export function statementText(source: string, statement: StatementSql): string {
  const head = `-- ${source}:${statement.line + 1}`;
  if (statement.unknown !== null) return `${head}\n-- No SQL: ${statement.unknown}\n`;
  const parts = [head, ...statement.forms.map(formText), ...statement.loads.map(loadText)];
  return `${parts.join('\n\n')}\n`;
}

/** What is sent besides, apart from the statement. */
function loadText({ title, text, known }: StatementLoad): string {
  const sql = text.trimEnd();
  return `-- Then, for ${title}\n${known ? (sql.endsWith(';') ? sql : `${sql};`) : `-- ${sql}`}`;
}

function formText(form: StatementForm): string {
  const condition = form.condition === null ? [] : [`-- ${form.condition}`];
  const sql = form.sql.trimEnd();
  const parameters = form.parameters.map(parameter => `-- ${parameter}`);
  return [...condition, sql.endsWith(';') ? sql : `${sql};`, ...parameters].join('\n');
}
