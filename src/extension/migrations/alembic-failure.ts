/** One sentence for the user out of what Alembic printed when it failed. */
import type { PythonInfo } from '../../protocol/session.ts';

export function alembicFailure(output: string, python: PythonInfo): string {
  const interpreter = `${python.path} (from ${python.origin})`;
  if (/No module named ['"]?alembic/.test(output)) {
    return `Alembic is not installed in ${interpreter}. Install it there, or choose another Python with databasePatterns.pythonPath.`;
  }
  if (/Target database is not up to date/.test(output)) {
    return 'The database is not up to date, so that Alembic cannot compare it with the models. Upgrade to head first.';
  }
  const lines = output.split(/\r?\n/).filter(line => line.trim() !== '');
  const failed = lines.findLast(line => /^(FAILED|ERROR)\b/.test(line));
  const raised = lines.findLast(line => /^[\w.]*(Error|Exception|Exit)\b.*:/.test(line));
  const reason = failed?.replace(/^(FAILED|ERROR)[:\s]*(\[alembic\S*\]\s*)?/, '') ?? raised ?? lines.at(-1);
  return reason === undefined ? `Alembic failed under ${interpreter}.` : `Alembic failed: ${reason}`;
}

/** The file that `alembic revision` or `alembic merge` says it wrote. Alembic breaks long lines at the terminal's width. */
export function generatedFile(output: string): string | null {
  const match = /Generating\s+([\s\S]+?\.py)\s+\.\.\.\s+done/.exec(output);
  return match?.[1]?.replace(/\r?\n\s*/g, '') ?? null;
}
