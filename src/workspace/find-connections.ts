/** Database URLs that the workspace writes down: environment files, Alembic's configuration, engines in the code. */
import type { TextRange } from '../base/range.ts';
import { readConnectionUrl } from '../database/connection-url.ts';
import { readEnvironmentFile } from './environment-file.ts';
import type { WorkspaceSnapshot } from './snapshot.ts';
import { isTestPath } from './test-path.ts';

export interface NamedConnection {
  /** As written; may hold a password: never log it. */
  readonly url: string;
  readonly kind: 'environment-file' | 'alembic' | 'code';
  readonly path: string;
  readonly range: TextRange;
}

/**
 * In the order in which they should be shown: what is configured before what is written into code. Where an environment
 * file names a database, the defaults that it overrides are left out: of settings classes, and of an alembic.ini whose
 * env.py takes the URL from elsewhere.
 */
export function findConnections(workspace: WorkspaceSnapshot): readonly NamedConnection[] {
  const usable = (each: NamedConnection) => isUsable(each, workspace.roots);
  const configured = fromEnvironmentFiles(workspace).filter(usable);
  const overridden = configured.length > 0;
  const rest = [...fromAlembic(workspace, overridden), ...fromEngines(workspace, overridden)];
  return [...configured, ...rest.filter(usable)];
}

/** Examples and templates name databases that do not exist. */
const template = /\.(example|sample|template|dist|tpl)$/;

function fromEnvironmentFiles(workspace: WorkspaceSnapshot): readonly NamedConnection[] {
  const files = workspace.configurationFiles.filter(
    path => /(^|\/)\.env[^/]*$/.test(path) && !template.test(path),
  );
  return files.flatMap(path =>
    readEnvironmentFile(workspace.textOf(path) ?? '')
      .filter(entry => /^(postgres|sqlite)[a-z0-9+]*:\/\//.test(entry.value))
      .map(entry => ({ url: entry.value, kind: 'environment-file' as const, path, range: entry.range })),
  );
}

function fromAlembic(workspace: WorkspaceSnapshot, overridden: boolean): readonly NamedConnection[] {
  return workspace.environments.flatMap(({ url, config, urlRange, script }) => {
    if (url === null || urlRange === null) return [];
    if (overridden && script !== null && script.url.kind !== 'configuration') return [];
    return [{ url, kind: 'alembic' as const, path: config, range: urlRange }];
  });
}

/** A URL that is a literal in the call is what runs; one that comes through settings is only their default. */
function fromEngines(workspace: WorkspaceSnapshot, overridden: boolean): readonly NamedConnection[] {
  return workspace.project.engines.flatMap(({ url, urlText, location }) => {
    if (url === null || (overridden && !/^[rbfu]*["']/i.test(urlText))) return [];
    return [{ url, kind: 'code' as const, path: location.path, range: location.range }];
  });
}

/** What tests and documentation put there, and placeholders, are no connections. */
function isUsable({ url, path }: NamedConnection, roots: readonly string[]): boolean {
  const target = readConnectionUrl(url);
  if (target.kind === 'unsupported')
    return target.dialect !== null && target.dialect !== 'driver' && !/[{}%]/.test(url);
  if (target.kind === 'sqlite' && target.file === null) return false;
  return !isTestPath(path, roots);
}
