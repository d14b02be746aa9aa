/** What one call hands over. */
import type { Unknown } from '../statement.ts';
import type { Located } from './value.ts';

export interface Arguments {
  readonly positional: readonly Located[];
  readonly keywords: ReadonlyMap<string, Located>;
  /** Set where `*` or `**` hides some of them. */
  readonly open: Unknown | null;
}
