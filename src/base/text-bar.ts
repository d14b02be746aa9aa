/** A bar made of text: how much of a limit is in use. */

/** At most five cells, or as many as asked for; one that is in use shows even where it is less than a cell. */
export function barOf(inUse: number, limit: number, most = 5): string {
  const cells = Math.min(most, Math.max(1, limit));
  const filled = Math.min(cells, Math.ceil((inUse / Math.max(1, limit)) * cells));
  return '▮'.repeat(filled) + '▯'.repeat(cells - filled);
}
