/** The parts of what a check was made from that other checks have alike, so that they are kept and written down once. */

/** Those that are lists of names. */
export const namesIn = ['files', 'parts', 'named', 'missed', 'models'] as const;

/** Those that are lists of answers. */
export const answersIn = ['subclasses', 'mapped', 'called', 'heirs', 'declared', 'owners'] as const;

/** The given parts with other values. */
export function partsOf<Part extends string, Value>(
  parts: readonly Part[],
  of: (part: Part) => Value,
): Record<Part, Value> {
  return Object.fromEntries(parts.map(part => [part, of(part)])) as Record<Part, Value>;
}
