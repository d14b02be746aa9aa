/** How much of the workspace was understood and checked: silence must not read as a pass. */
import type { Nothing } from './message.ts';
import { notificationType, requestType } from './message.ts';
import type { Place } from './place.ts';

export interface CoverageSummary {
  /** `reading` while files are still being read for the first time. */
  readonly state: 'reading' | 'checking' | 'ready';
  readonly files: number;
  /** How many of its statements have run while PostgreSQL’s schema is built; null at other times. */
  readonly building: { readonly done: number; readonly total: number } | null;
  readonly statements: CoverageCount;
  /** What judges the SQL, for people: `models`, `migrations`, `shop at localhost`, or null when switched off. */
  readonly judge: string | null;
  /** Why the SQL was not judged although it should have been; null where all is well. */
  readonly problem: string | null;
}

export interface CoverageCount {
  readonly total: number;
  readonly checked: number;
  readonly unknown: number;
}

export interface UnknownStatement {
  readonly place: Place;
  /** The file's path relative to the workspace. */
  readonly path: string;
  /** Why, as one sentence. */
  readonly reason: string;
}

export interface CheckResult {
  readonly files: number;
  readonly findings: number;
  readonly errors: number;
  readonly coverage: CoverageSummary;
}

/** Server to client, at most once a second. */
export const coverageChanged = notificationType<CoverageSummary>('coverage/changed');

/** Client to server: what could not be read as SQL, at most 500, in the order of files and lines. */
export const unknownStatements = requestType<Nothing, readonly UnknownStatement[]>('coverage/unknown');

/** Client to server: check every file and publish what is found, open or not. */
export const checkWorkspace = requestType<Nothing, CheckResult>('checkWorkspace');
