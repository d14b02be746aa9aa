/** How large the tables of each environment's database are: asked now and then while its version table is watched. */
import { isDeepStrictEqual } from 'node:util';
import { DatabaseError } from '../../database/database-error.ts';
import type { LiveConnection } from '../../database/live/live-connection.ts';
import { readTableSizes, type TableSizes } from '../../database/live/table-sizes.ts';
import type { KnownConnection } from './known-connections.ts';

/** Tables grow slowly, and asking for the size of one looks at its files. */
const intervalMs = 60_000;

export interface TableSizesPorts {
  readonly open: (connectionId: string) => Promise<LiveConnection>;
  readonly isWanted: () => boolean;
  /** By environment; only when it is not what it was. */
  readonly changed: (sizes: ReadonlyMap<string, TableSizes>) => void;
}

export class TableSizesReading {
  readonly #ports: TableSizesPorts;
  readonly #askedAt = new Map<string, number>();
  #sizes: ReadonlyMap<string, TableSizes> = new Map();

  constructor(ports: TableSizesPorts) {
    this.#ports = ports;
  }

  /** Does nothing where the same was asked a moment ago. What cannot be read now is asked again later. */
  async read(environment: string, { id, label }: Pick<KnownConnection, 'id' | 'label'>): Promise<void> {
    if (!this.#ports.isWanted()) {
      this.#askedAt.clear();
      this.#keep(new Map());
      return;
    }
    const asked = `${environment}\0${id}`;
    const now = performance.now();
    if (now - (this.#askedAt.get(asked) ?? Number.NEGATIVE_INFINITY) < intervalMs) return;
    this.#askedAt.set(asked, now);
    try {
      const tables = await readTableSizes(await this.#ports.open(id));
      this.#keep(new Map(this.#sizes).set(environment, { database: label, tables }));
    } catch (error) {
      if (!(error instanceof DatabaseError)) throw error;
    }
  }

  #keep(sizes: ReadonlyMap<string, TableSizes>): void {
    if (isDeepStrictEqual(sizes, this.#sizes)) return;
    this.#sizes = sizes;
    this.#ports.changed(sizes);
  }
}
