/** What a row of a view stands for: the argument of the commands in its menus. */
import type { ConnectionInfo } from '../../protocol/connections.ts';
import type { MigrationEnvironmentInfo, RevisionInfo } from '../../protocol/migrations.ts';
import type { Place } from '../../protocol/place.ts';
import type { PoolConnection } from '../../protocol/pools.ts';
import type { SessionLine } from '../../protocol/session-line.ts';

export type Subject =
  | { readonly kind: 'connection'; readonly connection: ConnectionInfo }
  | { readonly kind: 'place'; readonly place: Place }
  /** A `down_revision` that no file declares, at its literal. */
  | {
      readonly kind: 'brokenRevision';
      readonly environment: MigrationEnvironmentInfo;
      readonly place: Place;
    }
  | { readonly kind: 'session'; readonly connection: PoolConnection; readonly session: SessionLine }
  | { readonly kind: 'environment'; readonly environment: MigrationEnvironmentInfo }
  | {
      readonly kind: 'revision';
      readonly environment: MigrationEnvironmentInfo;
      readonly revision: RevisionInfo;
    };

export type SubjectOf<Kind extends Subject['kind']> = Extract<Subject, { readonly kind: Kind }>;
