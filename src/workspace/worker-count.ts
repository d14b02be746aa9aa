/** How many processes a web server is started with, where the workspace says so: each of them has a pool of its own. */
import { yamlEntries } from '../base/yaml.ts';
import { isComposeFile } from './compose-services.ts';
import { readEnvironmentFile } from './environment-file.ts';
import type { WorkspaceSnapshot } from './snapshot.ts';

const servers = /\b(?:gunicorn|uvicorn|hypercorn|granian|fastapi)\b/;
const option = /(?:^|\s)(?:--workers|-w)[ =](\d+)(?=\s|$)/;

/** Null where nothing says it, or two places do not agree. */
export function workerCount(workspace: WorkspaceSnapshot): number | null {
  const textOf = (path: string) => workspace.textOf(path) ?? '';
  const composed = workspace.configurationFiles
    .filter(isComposeFile)
    .flatMap(path => composeCounts(textOf(path)));
  const environment = workspace.configurationFiles
    .filter(path => path.endsWith('/.env'))
    .flatMap(path => readEnvironmentFile(textOf(path)))
    .filter(({ name }) => name === 'WEB_CONCURRENCY')
    .map(({ value }) => Number(value));
  const configured = workspace.pythonFiles
    .filter(path => path.endsWith('/gunicorn.conf.py'))
    .flatMap(path => /^workers\s*=\s*(\d+)\s*(?:#.*)?$/m.exec(textOf(path))?.[1] ?? [])
    .map(Number);
  const counts = new Set([...composed, ...environment, ...configured].filter(count => count > 0));
  return counts.size === 1 ? ([...counts][0] ?? null) : null;
}

/** Of the commands that start a web server. */
function composeCounts(text: string): readonly number[] {
  return yamlEntries(text, 'services').flatMap(({ value }) => {
    const command: unknown =
      typeof value === 'object' && value !== null && 'command' in value ? value.command : '';
    const words = Array.isArray(command) ? command.join(' ') : String(command ?? '');
    const count = servers.test(words) ? option.exec(words)?.[1] : undefined;
    return count === undefined ? [] : [Number(count)];
  });
}
