/** What is wrong between a database and the revision files, and what to do: told in the view and in the Problems panel. */
import type { MigrationEnvironmentInfo, RevisionInfo } from '../../protocol/migrations.ts';
import type { Place } from '../../protocol/place.ts';

export interface StateProblem {
  readonly code: 'unknown-database-revision' | 'edited-revision' | 'head-conflict';
  /** What, why, and what to do. */
  readonly message: string;
  readonly place: Place;
  /** The revision that it is about; null for one that no file declares. */
  readonly revision: RevisionInfo | null;
}

/** By revision, what it was when it was first seen as applied. */
export type Fingerprints = Readonly<Record<string, string>>;

export interface AppliedReading {
  /** What to remember from now on. */
  readonly fingerprints: Fingerprints;
  /** Revisions that are not what they were when they were applied. */
  readonly edited: readonly RevisionInfo[];
}

/** A revision that is pending may be edited freely: it is remembered anew when it is applied again. */
export function readApplied(known: Fingerprints, revisions: readonly RevisionInfo[]): AppliedReading {
  const applied = revisions.filter(({ state }) => state === 'applied');
  const pending = new Set(revisions.filter(({ state }) => state === 'pending').map(({ id }) => id));
  const kept = Object.entries(known).filter(([id]) => !pending.has(id));
  return {
    fingerprints: {
      ...Object.fromEntries(applied.map(({ id, fingerprint }) => [id, fingerprint])),
      ...Object.fromEntries(kept),
    },
    edited: applied.filter(({ id, fingerprint }) => (known[id] ?? fingerprint) !== fingerprint),
  };
}

/** `configuration` is the address of the environment's file. */
export function stateProblems(
  environment: MigrationEnvironmentInfo,
  edited: readonly RevisionInfo[],
  configuration: string,
): readonly StateProblem[] {
  const conflicts = environment.problems.flatMap(({ code, message, place }): readonly StateProblem[] =>
    code === 'head-conflict' && place !== null ? [{ code, message, place, revision: null }] : [],
  );
  return [...conflicts, ...databaseProblems(environment, edited, configuration)];
}

function databaseProblems(
  { database, label }: MigrationEnvironmentInfo,
  edited: readonly RevisionInfo[],
  configuration: string,
): readonly StateProblem[] {
  if (database.kind !== 'read') return [];
  const unknown = database.unknown.map(
    (id): StateProblem => ({
      code: 'unknown-database-revision',
      message: `${database.label} stands at ${id}, which no file of ${label} declares: it was upgraded from another branch, or the file was deleted. Get the file back, or stamp the database with a revision that is here.`,
      place: { uri: configuration, line: 0, character: 0 },
      revision: null,
    }),
  );
  return [
    ...unknown,
    ...edited.map(
      (revision): StateProblem => ({
        code: 'edited-revision',
        message: `${revision.id} was edited after it was applied to ${database.label}: the database has what the file said before. Put the change into a new revision, or accept the file as it is.`,
        place: revision.place,
        revision,
      }),
    ),
  ];
}
