/** Found URLs gathered by the target that they mean. Pure: nothing is connected to, no file is looked at. */
import { isAbsolute, resolve } from 'node:path';
import { visibleText } from '../../base/visible-text.ts';
import type { ConnectionTarget, Environment, PostgresTarget } from '../../database/connection-url.ts';
import { displayTarget, readConnectionUrl } from '../../database/connection-url.ts';
import type { Services } from '../../database/libpq/libpq-defaults.ts';
import { withoutPasswords } from '../../protocol/connection-text.ts';
import { type ConnectionMarks, type ConnectionOrigin, noMarks } from '../../protocol/connections.ts';
import type { FoundConnection } from './ports.ts';

export interface KnownConnection {
  /** See `ConnectionInfo.id`. */
  readonly id: string;
  readonly label: string;
  /** With driver, without password. */
  readonly url: string;
  /** Of the first origin whose URL holds a password, else of the first. */
  readonly target: ConnectionTarget;
  readonly origins: readonly ConnectionOrigin[];
  readonly settingsUrls: readonly string[];
  readonly marks: ConnectionMarks;
  readonly passwordCommand: readonly string[] | null;
}

export interface PostgresConnection extends KnownConnection {
  readonly target: PostgresTarget;
}

/** Where libpq would look for what a URL leaves out. */
export interface Surroundings {
  readonly environment: Environment;
  readonly services: Services;
}

/** In the order in which the targets were first found. */
export function knownConnections(
  found: readonly FoundConnection[],
  surroundings: Surroundings,
): readonly KnownConnection[] {
  const byId = new Map<string, KnownConnection>();
  for (const one of found) {
    const connection = single(one, surroundings);
    const before = byId.get(connection.id);
    byId.set(connection.id, before === undefined ? connection : merged(before, connection, one.name));
  }
  return [...byId.values()];
}

/** The identifier that a URL's target has among the known connections. */
export function connectionId(url: string, folder: string, surroundings: Surroundings): string {
  return idOf(targetOf(url, folder, surroundings), url);
}

function targetOf(url: string, folder: string, { environment, services }: Surroundings): ConnectionTarget {
  return absolute(readConnectionUrl(url, environment, services), folder);
}

function single(found: FoundConnection, surroundings: Surroundings): KnownConnection {
  const { url, name, origin, folder } = found;
  const target = targetOf(url, folder, surroundings);
  return {
    id: idOf(target, url),
    label: visibleText(name ?? labelOf(target)),
    url: urlOf(target, url),
    target,
    origins: [origin],
    settingsUrls: origin.kind === 'settings' ? [withoutPasswords(url)] : [],
    marks: found.marks ?? noMarks,
    passwordCommand: found.passwordCommand ?? null,
  };
}

function merged(before: KnownConnection, added: KnownConnection, name: string | null): KnownConnection {
  const better = passwordOf(before.target) === null && passwordOf(added.target) !== null;
  return {
    ...before,
    label: name === null ? before.label : visibleText(name),
    target: better ? added.target : before.target,
    origins: better ? [...added.origins, ...before.origins] : [...before.origins, ...added.origins],
    settingsUrls: [...before.settingsUrls, ...added.settingsUrls],
    marks: {
      group: before.marks.group ?? added.marks.group,
      color: before.marks.color ?? added.marks.color,
      protected: before.marks.protected || added.marks.protected,
    },
    passwordCommand: before.passwordCommand ?? added.passwordCommand,
  };
}

export function passwordOf(target: ConnectionTarget): string | null {
  return target.kind === 'postgresql' ? target.password : null;
}

/** A relative SQLite file is meant from the folder in which the program runs: the workspace's, as a rule. */
function absolute(target: ConnectionTarget, folder: string): ConnectionTarget {
  if (target.kind !== 'sqlite' || target.file === null || isAbsolute(target.file)) return target;
  return { ...target, file: resolve(folder, target.file) };
}

function idOf(target: ConnectionTarget, url: string): string {
  switch (target.kind) {
    case 'postgresql':
      return `postgresql://${displayTarget(target)}`;
    case 'sqlite':
      return `sqlite:///${target.file ?? ':memory:'}`;
    case 'unsupported':
      return withoutUser(url);
  }
}

function labelOf(target: ConnectionTarget): string {
  switch (target.kind) {
    case 'postgresql':
      return `${target.database ?? 'default database'} at ${hostsOf(target)}`;
    case 'sqlite':
      return target.file === null ? 'SQLite in memory' : (target.file.split(/[/\\]/).at(-1) ?? target.file);
    case 'unsupported':
      return `${target.dialect ?? 'unknown'} database`;
  }
}

function hostsOf(target: PostgresTarget): string {
  return displayTarget({ ...target, user: null, database: null });
}

function urlOf(target: ConnectionTarget, url: string): string {
  if (target.kind === 'unsupported') return withoutUser(url);
  const driver = target.driver === null ? '' : `+${target.driver}`;
  if (target.kind === 'sqlite') return `sqlite${driver}://${target.file === null ? '' : `/${target.file}`}`;
  return `postgresql${driver}://${displayTarget(target)}`;
}

/** Of a URL that could not be read nothing is shown in which a password may stand. */
function withoutUser(url: string): string {
  const [, scheme = '', rest = ''] = /^([\w+]+:\/\/)?(.*)$/s.exec(url) ?? [];
  return `${scheme}${rest.slice(rest.lastIndexOf('@') + 1).replace(/\?.*$/s, '')}`;
}
