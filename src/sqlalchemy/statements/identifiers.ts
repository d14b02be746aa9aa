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
