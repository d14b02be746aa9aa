/**
 * Database URLs that the workspace writes down: environment files, docker-compose services, service files, Alembic's
 * configuration, engines in the code.
 */
import type { TextRange } from '../../base/range.ts';
import { displayTarget, isDatabaseUrl, readConnectionUrl } from '../../database/connection-url.ts';
import { readServiceFile, serviceUrl } from '../../database/libpq/service-file.ts';
import { piecedUrls } from '../migrations/environment-parts.ts';
import type { WorkspaceSnapshot } from '../snapshot.ts';
import { composeServices, isComposeFile, isOverride } from './compose-services.ts';
import { environmentDefaults } from './environment-defaults.ts';
import { readEnvironmentFile } from './environment-file.ts';
import { settingsClasses } from './settings-classes.ts';
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
  const written = fromEnvironmentFiles(workspace).filter(usable);
  // What an environment file fills in of a settings class is configured too; the rest of it is a default.
  const settings = written.length > 0 ? [] : fromSettingsClasses(workspace).filter(usable);
  const filled = settings.filter(({ kind }) => kind === 'environment-file');
  const configured = [...written, ...filled];
  const overridden = configured.length > 0;
  const rest = [
    ...fromCompose(workspace),
    ...fromServiceFiles(workspace),
    ...fromAlembic(workspace, overridden),
    ...fromEngines(workspace, overridden),
  ];
  const usableRest = rest.filter(usable);
  const known = new Set(usableRest.map(({ url }) => targetText(url)));
  const defaults = overridden ? [] : settings.filter(({ url }) => !known.has(targetText(url)));
  return [...configured, ...usableRest, ...defaults];
}

/** Examples and templates name databases that do not exist. */
const template = /\.(example|sample|template|dist|tpl)$/;
/** What tests set would hide what the application has. */
const ofTests = /\.env\.(?:[^/]*\.)?(?:test|testing|ci)(?:\.|$)/;

function environmentFiles({ configurationFiles }: WorkspaceSnapshot): readonly string[] {
  return configurationFiles.filter(
    path => /(^|\/)\.env[^/]*$/.test(path) && !template.test(path) && !ofTests.test(path),
  );
}

function fromEnvironmentFiles(workspace: WorkspaceSnapshot): readonly NamedConnection[] {
  return environmentFiles(workspace).flatMap(path => {
    const entries = readEnvironmentFile(workspace.textOf(path) ?? '');
    const whole = entries.filter(({ value }) => isDatabaseUrl(value));
    // Where a URL stands, its pieces are what it was put together from.
    const named =
      whole.length > 0 ? whole.map(({ value, range }) => ({ url: value, range })) : piecedUrls(entries);
    return named.map(({ url, range }) => ({ url, range, kind: 'environment-file' as const, path }));
  });
}

/** URLs and pieces of URLs that are defaults of fields and variables, with what environment files put in their place. */
function fromSettingsClasses(workspace: WorkspaceSnapshot): readonly NamedConnection[] {
  const given = new Map(
    environmentFiles(workspace).flatMap(path =>
      readEnvironmentFile(workspace.textOf(path) ?? '').map(
        entry => [entry.name.toUpperCase(), { ...entry, path }] as const,
      ),
    ),
  );
  return [...workspace.project.files.values()].flatMap(file =>
    [...settingsClasses(file), environmentDefaults(file)].flatMap(fields => {
      const entries = fields.flatMap(({ name, value, range }) => {
        const entry = given.get(name) ?? (value === null ? null : { value, range, path: file.path });
        return entry === null ? [] : [{ ...entry, name }];
      });
      const urls = entries.filter(({ value }) => isDatabaseUrl(value));
      if (urls.length > 0)
        return urls.map(({ value, ...place }) => ({ ...place, url: value, kind: 'code' as const }));
      return piecedUrls(entries).map(({ url, range, pieces }): NamedConnection => {
        const first = entries.find(entry => pieces.includes(entry) && entry.path !== file.path);
        return first
          ? { url, range: first.range, path: first.path, kind: 'environment-file' }
          : { url, range, path: file.path, kind: 'code' };
      });
    }),
  );
}

function targetText(url: string): string {
  return displayTarget(readConnectionUrl(url));
}

function fromCompose(workspace: WorkspaceSnapshot): readonly NamedConnection[] {
  const files = workspace.configurationFiles.filter(isComposeFile);
  return files
    .filter(path => !isOverride(path))
    .flatMap(path => {
      const folder = path.replace(/[^/]*$/, '');
      const over = files.find(
        each => isOverride(each) && each.startsWith(folder) && !each.slice(folder.length).includes('/'),
      );
      const variablesIn = (name: string) => {
        const entries = readEnvironmentFile(workspace.textOf(`${folder}${name.replace(/^\.\//, '')}`) ?? '');
        return new Map(entries.map(({ name, value }) => [name, value]));
      };
      const texts = [path, ...(over === undefined ? [] : [over])].map(each => workspace.textOf(each) ?? '');
      return composeServices(texts, variablesIn).map(
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

/** A text, or `URL.create(…)` with nothing but texts and numbers. */
const literalUrl =
  /^[rbfu]*["']|^(?:\w+\.)*URL(?:\.create)?\((?:\s*(?:\w+\s*=\s*)?(?:"[^"]*"|'[^']*'|\d+|None)\s*,?)*\)$/i;

/** A URL that is a literal in the call is what runs; one that comes through settings is only their default. */
function fromEngines(workspace: WorkspaceSnapshot, overridden: boolean): readonly NamedConnection[] {
  return workspace.project.engines.flatMap(({ url, urlText, location }) => {
    if (url === null || (overridden && !literalUrl.test(urlText))) return [];
    return [{ url, kind: 'code' as const, path: location.path, range: location.range }];
  });
}

/** What tests and documentation put there, and placeholders, are no connections. */
function isUsable({ url, path }: NamedConnection, roots: readonly string[]): boolean {
  if (isTestPath(path, roots)) return false;
  const target = readConnectionUrl(url);
  if (target.kind === 'unsupported')
    // Behind a scheme alone, `creator=` makes the connections.
    return target.dialect !== null && target.dialect !== 'driver' && !/[{}%]|:\/\/$/.test(url);
  return target.kind !== 'sqlite' || target.file !== null;
}
