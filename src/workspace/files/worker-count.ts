/** How many processes a web server is started with, where the workspace says so: each of them has a pool of its own. */
import { type PlainRecord, recordOf } from '../../base/record.ts';
import { yamlEntries } from '../../base/yaml.ts';
import { isComposeFile } from '../connections/compose-services.ts';
import { isContainerFile, isProcfile } from '../connections/container-files.ts';
import { readEnvironmentFile } from '../connections/environment-file.ts';
import type { WorkspaceSnapshot } from '../snapshot.ts';

const servers = /\b(?:gunicorn|uvicorn|hypercorn|granian|fastapi)\b/;
const option = /(?:^|\s)(?:--workers[\s=]+|-w[\s=]*)(\d+)(?=\s|$)/;
const variable = 'WEB_CONCURRENCY';

/** Null where nothing says it, or two places do not agree. */
export function workerCount(workspace: WorkspaceSnapshot): number | null {
  const { configurationFiles, pythonFiles } = workspace;
  const read = (paths: readonly string[], isRead: (path: string) => boolean, counts: Counts) =>
    paths.filter(isRead).flatMap(path => counts(workspace.textOf(path) ?? ''));
  const counts = new Set([
    ...read(configurationFiles, isComposeFile, composeCounts),
    ...read(configurationFiles, isContainerFile, containerCounts),
    ...read(configurationFiles, isProcfile, procfileCounts),
    ...read(configurationFiles, path => path.endsWith('/.env'), environmentCounts),
    ...read(pythonFiles, isGunicornFile, gunicornCounts),
    ...read(pythonFiles, isStarter, runCounts),
  ]);
  counts.delete(0);
  return counts.size === 1 ? ([...counts][0] ?? null) : null;
}

type Counts = (text: string) => readonly number[];

function isGunicornFile(path: string): boolean {
  return /(?:^|\/)gunicorn[\w.-]*\.py$/.test(path);
}

/** Names that modules with `uvicorn.run()` have: not every file is searched for it. */
function isStarter(path: string): boolean {
  return /(?:^|\/)(?:__main__|main|run|start|serve|server|app|asgi|wsgi|cli|manage)\.py$/.test(path);
}

/** Of the commands that start a web server, and of the variable that all of them read. */
function composeCounts(text: string): readonly number[] {
  return yamlEntries(text, 'services').flatMap(({ value }) => {
    const service = recordOf(value);
    const words = (name: string): string => {
      const given = service[name];
      return Array.isArray(given) ? given.join(' ') : String(given ?? '');
    };
    return [...commandCounts(`${words('entrypoint')} ${words('command')}`), ...variablesOf(service)];
  });
}

function variablesOf({ environment }: PlainRecord): readonly number[] {
  if (Array.isArray(environment)) return environment.flatMap(each => assignedCounts(String(each)));
  const count = Number(recordOf(environment)[variable]);
  return Number.isInteger(count) ? [count] : [];
}

/** `CMD ["gunicorn", "-w", "4", "app:app"]`, `ENV WEB_CONCURRENCY=4`; a backslash goes on in the next line. */
function containerCounts(text: string): readonly number[] {
  return text
    .replace(/\\\r?\n/g, ' ')
    .split('\n')
    .flatMap(line => {
      const [, instruction = '', rest = ''] = /^\s*(\w+)\s+(.*)$/.exec(line) ?? [];
      if (/^(?:cmd|entrypoint)$/i.test(instruction)) return commandCounts(rest.replace(/[[\]",]/g, ' '));
      return /^env$/i.test(instruction) ? assignedCounts(rest.replace(/^(\w+)\s+/, '$1=')) : [];
    });
}

/** `web: gunicorn -w 4 app:app`. */
function procfileCounts(text: string): readonly number[] {
  return text.split('\n').flatMap(line => commandCounts(line.replace(/^\s*[\w-]+:/, ' ')));
}

function environmentCounts(text: string): readonly number[] {
  return readEnvironmentFile(text).flatMap(({ name, value }) =>
    name === variable && /^\d+$/.test(value) ? [Number(value)] : [],
  );
}

function gunicornCounts(text: string): readonly number[] {
  return [...text.matchAll(/^workers\s*=\s*(\d+)\s*(?:#.*)?$/gm)].map(([, count]) => Number(count));
}

/** `uvicorn.run("app.main:app", workers=4)`. */
function runCounts(text: string): readonly number[] {
  if (!text.includes('uvicorn.run(')) return [];
  return [...text.matchAll(/\buvicorn\.run\([^()]*\bworkers\s*=\s*(\d+)/g)].map(([, count]) => Number(count));
}

function commandCounts(words: string): readonly number[] {
  const assigned = assignedCounts(words);
  if (!servers.test(words)) return [];
  const count = option.exec(words)?.[1];
  return count === undefined ? assigned : [Number(count)];
}

function assignedCounts(words: string): readonly number[] {
  const count = /\bWEB_CONCURRENCY=["']?(\d+)/.exec(words)?.[1];
  return count === undefined ? [] : [Number(count)];
}
