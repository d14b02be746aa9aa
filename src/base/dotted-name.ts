/** Parts of a dotted name: of a module, a class, a relation with its schema. */

/** `shop` of `shop.db.Base`. */
export function firstPart(dotted: string): string {
  const dot = dotted.indexOf('.');
  return dot < 0 ? dotted : dotted.slice(0, dot);
}

/** `Base` of `shop.db.Base` and of `Base`. */
export function lastPart(dotted: string): string {
  return dotted.slice(dotted.lastIndexOf('.') + 1);
}

/** `shop.db` of `shop.db.Base`; empty where there is no dot. */
export function ownerPart(dotted: string): string {
  return dotted.slice(0, Math.max(0, dotted.lastIndexOf('.')));
}
