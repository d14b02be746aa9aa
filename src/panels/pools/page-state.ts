/** What a user chose on the page, kept over restarts of the editor. Pure. */
import type { SessionOrder } from './session-order.ts';

export interface PageState {
  /** `PoolConnection.id`; the first is shown where it is not there. */
  readonly connection: string;
  readonly filter: string;
  /** Sessions at rest are left out. */
  readonly busyOnly: boolean;
  readonly order: SessionOrder;
}

const beginning: PageState = {
  connection: '',
  filter: '',
  busyOnly: false,
  order: { column: 'transactionSeconds', direction: 'descending' },
};

/** Whatever an older version kept: what does not fit is left out. */
export function readPageState(kept: unknown): PageState {
  if (typeof kept !== 'object' || kept === null) return beginning;
  const { connection, filter, busyOnly, order }: Partial<PageState> = kept;
  return {
    connection: typeof connection === 'string' ? connection : beginning.connection,
    filter: typeof filter === 'string' ? filter : beginning.filter,
    busyOnly: busyOnly === true,
    order: typeof order === 'object' && 'column' in order && 'direction' in order ? order : beginning.order,
  };
}
