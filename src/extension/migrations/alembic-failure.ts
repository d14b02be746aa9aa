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
  if (connectionLost.test(output)) {
    const reason =
      /^\S*(?:Error|Exception)\b.*/m.exec(lastTraceback(output))?.[0] ?? 'the connection was lost';
    return `The server ended the connection while Alembic ran: ${reason}. Revisions that were committed before are applied, the others are not: the Migrations view shows which, as soon as the database answers again. Then run the command once more.`;
  }
  const environment = environmentFailure(output);
  if (environment !== null) return `${environment} Alembic has not run anything.`;
  const lines = output.split(/\r?\n/).filter(line => line.trim() !== '');
  const failed = lines.findLast(line => /^(FAILED|ERROR)\b/.test(line));
  const raised = lines.findLast(line => /^[\w.]*(Error|Exception|Exit)\b.*:/.test(line));
  const reason = failed?.replace(/^(FAILED|ERROR)[:\s]*(\[alembic\S*\]\s*)?/, '') ?? raised ?? lines.at(-1);
  return reason === undefined ? `Alembic failed under ${interpreter}.` : `Alembic failed: ${reason}`;
}

/** What drivers say when a session that worked is gone. */
const connectionLost =
  /terminating connection due to|server closed the connection unexpectedly|connection was closed in the middle of operation|AdminShutdown|CrashShutdown/;

function lastTraceback(output: string): string {
  return output.slice(Math.max(0, output.lastIndexOf('Traceback (most recent call last)')));
}

/** An env.py that raises before it runs a revision; null for any other failure. */
function environmentFailure(output: string): string | null {
  const traceback = lastTraceback(output);
  const places = [...traceback.matchAll(/^ {2}File "(.+?)", line (\d+), in (.+)$/gm)];
  const own = places.findLast(([, path]) => /[\\/]env\.py$/.test(path ?? ''));
  const ran = places.some(([, , , name]) => name === 'upgrade' || name === 'downgrade');
  const raised = traceback.split(/\r?\n/).findLast(line => /^[\w.]+(?:Error|Exception)\b/.test(line));
  if (!own || ran || raised === undefined || places.at(-1)?.[1] !== own[1]) return null;
  return `${own[1]} raised in line ${own[2]}: ${raised}.`;
}

/** The file that `alembic revision` or `alembic merge` says it wrote. Alembic breaks long lines at the terminal's width. */
export function generatedFile(output: string): string | null {
  const match = /Generating\s+([\s\S]+?\.py)\s+\.\.\.\s+done/.exec(output);
  return match?.[1]?.replace(/\r?\n\s*/g, '') ?? null;
}
