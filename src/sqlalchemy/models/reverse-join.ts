/** A relationship's join seen from the other side, as a backref needs it. */
import type { ColumnPair, RelationshipJoin } from '../linked-project.ts';

export function reverseJoin(join: RelationshipJoin, target: string): RelationshipJoin {
  const flip = ({ local, remote }: ColumnPair): ColumnPair => ({ local: remote, remote: local });
  const custom = join.custom && {
    ...join.custom,
    reversed: !join.custom.reversed,
    primary: join.secondary ? join.custom.secondary : join.custom.primary,
    secondary: join.secondary ? join.custom.primary : null,
  };
  if (!join.secondary) return { target, pairs: join.pairs.map(flip), secondary: null, custom };
  return {
    target,
    pairs: join.secondary.pairs.map(flip),
    secondary: { ...join.secondary, pairs: join.pairs.map(flip) },
    custom,
  };
}
