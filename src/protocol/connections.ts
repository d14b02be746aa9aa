/** Connections that the workspace names, and what a test of each gave. No message of this topic holds a password. */

import type { ConnectionColor } from './manifest/settings.ts';
import type { Nothing } from './message.ts';
import { notificationType, requestType } from './message.ts';
import type { Place } from './place.ts';

export type OriginKind =
  | 'settings'
  | 'environment-file'
  | 'compose'
  | 'service-file'
  | 'environment'
  | 'alembic'
  | 'code';

export interface ConnectionOrigin {
  readonly kind: OriginKind;
  /** For people, relative to the workspace and counted from one: `.env:3`. */
  readonly label: string;
  /** Null where it is no file, as in settings. */
  readonly place: Place | null;
}

export type ConnectionState =
  | { readonly kind: 'untested' }
  | { readonly kind: 'testing' }
  | {
      readonly kind: 'reachable';
      /** `PostgreSQL 18.4`. */
      readonly server: string;
      /** A standby can be read, not written to. */
      readonly role: 'primary' | 'standby';
      /** The same for a primary and its standbys; null where the server does not tell, and for SQLite. */
      readonly system: string | null;
      readonly latencyMs: number;
      readonly others: readonly OtherServer[];
    }
  | { readonly kind: 'needs-password'; readonly message: string }
  | {
      readonly kind: 'unreachable';
      /** Closed list of the room `database`, such as `refused`. */
      readonly reason: string;
      /** What happened and what to do, as one or two sentences. */
      readonly message: string;
      /** Milliseconds since 1970 of the first failure in a row. */
      readonly since: number;
    }
  | { readonly kind: 'unsupported'; readonly message: string };

/** A server that the database spreads its rows over, or what it exchanges them by. */
export interface OtherServer {
  readonly kind: 'foreign-server' | 'subscription' | 'publication' | 'citus-node';
  readonly name: string;
  /** `foreign server, db2:5432/shop, 4 tables (4 partitions)`. */
  readonly about: string;
}

export interface ConnectionInfo {
  /** The URL of the target without password, driver and options: the same in each session of the editor. */
  readonly id: string;
  /** A name from settings, or the database and its host. */
  readonly label: string;
  /** A URL to copy, without password. */
  readonly url: string;
  readonly dialect: 'postgresql' | 'sqlite' | 'other';
  /** The URLs in `databasePatterns.connections` that mean this target, each without its passwords. */
  readonly settingsUrls: readonly string[];
  /** At least one; the first is the one whose password is used. */
  readonly origins: readonly ConnectionOrigin[];
  /** Where the password comes from; `origin` where the URL in the workspace holds it. */
  readonly password: 'none' | 'origin' | 'stored';
  readonly state: ConnectionState;
  /** True where the checks ask this database instead of the shadow. */
  readonly usedForChecks: boolean;
  readonly marks: ConnectionMarks;
}

/** What settings say of a connection, wherever it was found. */
export interface ConnectionMarks {
  readonly group: string | null;
  readonly color: ConnectionColor | null;
  readonly protected: boolean;
}

export const noMarks: ConnectionMarks = { group: null, color: null, protected: false };

export interface ConnectionList {
  readonly connections: readonly ConnectionInfo[];
}

export interface ConnectionReference {
  readonly id: string;
}

/** Client to server: the list as it is now, without testing anything. */
export const listConnections = requestType<Nothing, ConnectionList>('connections/list');

/** Client to server: connects once, asking for the password if need be. */
export const testConnection = requestType<ConnectionReference, ConnectionState>('connections/test');

/** Client to server: a password was stored or forgotten, so that state and open connections are stale. */
export const passwordChanged = notificationType<ConnectionReference>('connections/passwordChanged');

/** Server to client: the list or a state in it changed. */
export const connectionsChanged = notificationType<ConnectionList>('connections/changed');
