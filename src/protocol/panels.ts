/**
 * Messages between the extension and the page of a panel, typed by a panel's name. The page says when it listens, is
 * shown the whole of its data each time, and sends back what a user wants done.
 */
import type { PoolsSnapshot } from './pools.ts';

export interface PanelType<Data, Action> {
  /** Also the name of its script and style sheet: `dist/panel-NAME.js`. */
  readonly name: string;
  /** Never set: carries the types. */
  readonly types?: { readonly data: Data; readonly action: Action };
}

export type MessageToPage<Data> = { readonly kind: 'show'; readonly data: Data };

export type MessageFromPage<Action> =
  | { readonly kind: 'listening' }
  | { readonly kind: 'wants'; readonly action: Action };

/** What the pools' page can ask for. */
export type PoolsAction = {
  readonly kind: 'openEngine';
  readonly connection: string;
  readonly application: string;
};

export const poolsPanel: PanelType<PoolsSnapshot, PoolsAction> = { name: 'pools' };
