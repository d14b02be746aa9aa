/** The same list in memory of its own length: one that grew keeps room for sixteen more, of which most lists have none. */
export function exactList<Item>(grown: readonly Item[]): Item[] {
  return grown.slice();
}
