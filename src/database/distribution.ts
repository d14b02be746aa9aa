/** The other servers that a database spreads its rows over, and what is said of each. Pure. */
import { counted } from '../base/counted.ts';

export type DistributionPart =
  | {
      readonly kind: 'foreign-server';
      readonly name: string;
      /** Of the foreign data wrapper: `postgres_fdw`. */
      readonly wrapper: string;
      readonly host: string | null;
      readonly port: string | null;
      readonly database: string | null;
      /** Foreign tables of this database there, partitions included. */
      readonly tables: number;
      readonly partitions: number;
    }
  | {
      readonly kind: 'subscription';
      readonly name: string;
      readonly publications: readonly string[];
      /** Stopped: it is enabled, and no worker applies it. */
      readonly state: 'running' | 'stopped' | 'disabled';
    }
  | {
      readonly kind: 'publication';
      readonly name: string;
      readonly tables: number;
      readonly isOfAllTables: boolean;
    }
  | {
      readonly kind: 'citus-node';
      /** `host:port`. */
      readonly name: string;
      readonly role: 'coordinator' | 'worker';
      readonly isActive: boolean;
      /** A standby of the node of the same group. */
      readonly isSecondary: boolean;
      /** Placements of shards there. */
      readonly shards: number;
    };

/** What it is, as a phrase: `foreign server, db2:5432/shop, 4 tables (4 partitions)`. */
export function distributionText(part: DistributionPart): string {
  switch (part.kind) {
    case 'foreign-server': {
      const place = [part.host ?? '', part.port === null ? '' : `:${part.port}`].join('');
      const target = `${place}${part.database === null ? '' : `/${part.database}`}`;
      const partitions = part.partitions === 0 ? '' : ` (${counted(part.partitions, 'partition')})`;
      const wrapper = part.wrapper === 'postgres_fdw' ? '' : part.wrapper;
      return phrase('foreign server', wrapper, target, `${counted(part.tables, 'table')}${partitions}`);
    }
    case 'subscription':
      return phrase('subscription', `to ${part.publications.join(', ')}`, subscriptionStates[part.state]);
    case 'publication':
      return phrase('publication', part.isOfAllTables ? 'all tables' : counted(part.tables, 'table'));
    case 'citus-node': {
      const standby = part.isSecondary ? 'secondary' : '';
      return phrase(
        `Citus ${part.role}`,
        standby,
        counted(part.shards, 'shard'),
        part.isActive ? '' : 'inactive',
      );
    }
  }
}

const subscriptionStates = { running: 'running', stopped: 'not running', disabled: 'disabled' } as const;

function phrase(...words: readonly string[]): string {
  return words.filter(word => word !== '').join(', ');
}
