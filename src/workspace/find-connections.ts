/**
 * Database URLs that the workspace writes down: environment files, docker-compose services, service files, Alembic's
 * configuration, engines in the code.
 */
import type { TextRange } from '../base/range.ts';
import { readConnectionUrl } from '../database/connection-url.ts';
import { readServiceFile, serviceUrl } from '../database/libpq/service-file.ts';
import { composeServices, isComposeFile } from './compose-services.ts';
import { readEnvironmentFile } from './environment-file.ts';
import { piecedUrls } from './environment-parts.ts';
import type { WorkspaceSnapshot } from './snapshot.ts';
import { isTestPath } from './test-path.ts';

export interface NamedConnection {
  /** As written; may hold a password: never log it. */
  readonly url: string;
  readonly kind: 'environment-file' | 'compose' | 'service-file' | 'alembic' | 'code';
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
  const rest = [
    ...fromCompose(workspace),
    ...fromServiceFiles(workspace),
    ...fromAlembic(workspace, overridden),
    ...fromEngines(workspace, overridden),
  ];
  return [...configured, ...rest.filter(usable)];
}

/** Examples and templates name databases that do not exist. */
const template = /\.(example|sample|template|dist|tpl)$/;

function fromEnvironmentFiles(workspace: WorkspaceSnapshot): readonly NamedConnection[] {
  const files = workspace.configurationFiles.filter(
    path => /(^|\/)\.env[^/]*$/.test(path) && !template.test(path),
  );
  return files.flatMap(path => {
    const entries = readEnvironmentFile(workspace.textOf(path) ?? '');
    const whole = entries.filter(entry => /^(postgres|sqlite)[a-z0-9+]*:\/\//.test(entry.value));
    // Where a URL stands, its pieces are what it was put together from.
    const named =
      whole.length > 0 ? whole.map(({ value, range }) => ({ url: value, range })) : piecedUrls(entries);
    return named.map(each => ({ ...each, kind: 'environment-file' as const, path }));
  });
}

function fromCompose(workspace: WorkspaceSnapshot): readonly NamedConnection[] {
  return workspace.configurationFiles.filter(isComposeFile).flatMap(path => {
    const beside = readEnvironmentFile(workspace.textOf(path.replace(/[^/]*$/, '.env')) ?? '');
    const variables = new Map(beside.map(({ name, value }) => [name, value]));
    return composeServices(workspace.textOf(path) ?? '', variables).map(
      ({ url, range }): NamedConnection => ({ url, kind: 'compose', path, range }),
    );
  });
}

function fromServiceFiles(workspace: WorkspaceSnapshot): readonly NamedConnection[] {
  const files = workspace.configurationFiles.filter(path => /(^|\/)\.?pg_service\.conf$/.test(path));
  return files.flatMap(path => {
    const text = workspace.textOf(path) ?? '';
    return Object.entries(readServiceFile(text)).map(([name, parameters]): NamedConnection => {
      const start = Math.max(0, text.indexOf(`[${name}]`));
      const range = { start, end: start + name.length + 2 };
      return { url: serviceUrl(parameters), kind: 'service-file', path, range };
    });
  });
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
