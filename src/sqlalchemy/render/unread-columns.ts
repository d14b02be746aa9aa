/** Mapped classes that a base out of sight may give more columns: what lists them is not known whole. */
import type { SelectItem } from '../statements/ir.ts';
import type { Rendering } from './rendering.ts';

export function noteUnreadColumns(rendering: Rendering, items: readonly SelectItem[]): void {
  for (const item of items) {
    if (item.kind !== 'entity' || !item.model.incomplete) continue;
    rendering.mayListMore ??= {
      reason: 'unresolved-model',
      detail: `${item.model.name} may have columns that could not be read.`,
      location: item.at,
    };
  }
}
