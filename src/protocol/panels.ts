/**
 * Messages between the extension and the page of a panel, typed by a panel's name. The page says when it listens, is
 * shown what its panel has to show, and sends back what a user wants done.
 */
import type { MigrationEnvironmentInfo, RevisionDetails, RevisionQuestion } from './migrations.ts';
import type { PoolFigures } from './pools.ts';
import type { PoolsNews } from './pools-news.ts';

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

export interface PoolsPanelData {
  readonly news: PoolsNews;
  /** Figures of the last hour by connection, for a page that begins; null where it has them already. */
  readonly past: Readonly<Record<string, readonly PoolFigures[]>> | null;
  /** The part of a limit, from 0 to 1, from which a pool is marked. */
  readonly threshold: number;
}

/** What the pools' page can ask for. It names things by their identifiers; what they are, the extension knows. */
export type PoolsAction =
  | { readonly kind: 'openEngine'; readonly connection: string; readonly application: string }
  | {
      readonly kind: 'session';
      readonly connection: string;
      readonly pid: number;
      readonly startedAt: string;
      readonly what: 'cancel' | 'terminate' | 'explain' | 'code';
    }
  | { readonly kind: 'export'; readonly connection: string; readonly format: 'csv' | 'json' };

export const poolsPanel: PanelType<PoolsPanelData, PoolsAction> = { name: 'pools' };

export interface GraphData {
  readonly environments: readonly MigrationEnvironmentInfo[];
  /** What to show first; each new object is a new wish. */
  readonly reveal: RevisionQuestion | null;
  /** Of the revision that the page selected last. */
  readonly details: (RevisionQuestion & { readonly details: RevisionDetails | null }) | null;
}

/** What the graph's page can ask for. */
export type GraphAction =
  | (RevisionQuestion & {
      readonly kind: 'select' | 'openFile' | 'compareSchemas' | 'showSql' | GraphRun;
    })
  | { readonly kind: 'mergeHeads'; readonly environment: string };

/** Commands of the view that the page can start: each asks before it changes a database. */
export const graphRuns = ['upgradeToHere', 'downgradeToHere', 'stampHere'] as const;

export type GraphRun = (typeof graphRuns)[number];

export const graphPanel: PanelType<GraphData, GraphAction> = { name: 'graph' };
