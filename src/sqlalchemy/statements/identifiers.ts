/** Names that get their number only while a whole statement is rendered. */
import type { AnonymousIdentifier, Identifier } from './ir.ts';

export function anonymous(identity: object, seed: string): AnonymousIdentifier {
  return { pieces: [{ identity, seed }] };
}

/** `prefix` followed by text: `users_1` and `_id`. */
export function extended(prefix: Identifier, suffix: string): Identifier {
  return typeof prefix === 'string' ? prefix + suffix : { pieces: [...prefix.pieces, suffix] };
}

/** A number of its own after a name: `id_1` of `id`. */
export function numbered(identity: object, seed: Identifier): AnonymousIdentifier {
  return typeof seed === 'string'
    ? anonymous(identity, seed)
    : { pieces: [...seed.pieces, { identity, seed: '' }] };
}

/** Anonymous names are compared by their identity, plain ones by their text. */
export function nameKey(name: Identifier): string | object {
  if (typeof name === 'string') return name;
  const last = name.pieces.at(-1);
  const first = name.pieces.find(piece => typeof piece !== 'string');
  const holder = typeof last === 'object' ? last : first;
  if (typeof holder !== 'object') return name.pieces.join('');
  const rest = name.pieces.map(piece => (typeof piece === 'string' ? piece : piece.seed)).join('|');
  return keyObject(holder.identity, rest);
}

const keyObjects = new WeakMap<object, Map<string, object>>();

function keyObject(identity: object, text: string): object {
  const byText = keyObjects.get(identity) ?? new Map<string, object>();
  keyObjects.set(identity, byText);
  const known = byText.get(text) ?? {};
  byText.set(text, known);
  return known;
}
