/** Revision maps as data, and random ones: merges, branches, labels and dependencies, the same on every run. */
import type { Revision } from '../../src/alembic/revision/revision.ts';

export interface MapRevision {
  readonly id: string;
  readonly down: readonly string[];
  readonly dependsOn: readonly string[];
  readonly branchLabels: readonly string[];
}

const nowhere = { start: 0, end: 0 };

export function revisionsOfMap(map: readonly MapRevision[]): Revision[] {
  const references = (ids: readonly string[]) => ids.map(id => ({ id, range: nowhere }));
  return map.map(each => ({
    id: each.id,
    idRange: nowhere,
    down: references(each.down),
    downRange: nowhere,
    dependsOn: references(each.dependsOn),
    branchLabels: references(each.branchLabels),
    computed: false,
    path: `${each.id}.py`,
    message: '',
    createDate: null,
    upgrade: null,
    downgrade: null,
  }));
}

export function randomMaps(count: number): MapRevision[][] {
  const random = lcg(20_26);
  return Array.from({ length: count }, (_, index) => randomMap(random, 2 + (index % 13)));
}

type Random = (below: number) => number;

function lcg(seed: number): Random {
  let state = seed;
  return below => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return Math.floor((state / 2_147_483_648) * below);
  };
}

function randomMap(random: Random, size: number): MapRevision[] {
  const map: MapRevision[] = [];
  for (let index = 0; index < size; index++) {
    const down = index === 0 || random(9) === 0 ? [] : pick(map, random, random(6) === 0 ? 2 : 1);
    const dependsOn =
      index > 1 && random(5) === 0 ? pick(map, random, 1).filter(id => !down.includes(id)) : [];
    const branchLabels = random(7) === 0 ? [`label${index}`] : [];
    map.push({
      id: `${'abcdef'.charAt(random(6))}${random(10)}${'xyz'.charAt(index % 3)}${1000 + index}`,
      down,
      dependsOn,
      branchLabels,
    });
  }
  return shuffle(map, random);
}

function pick(map: readonly MapRevision[], random: Random, count: number): string[] {
  const recent = map.slice(-5);
  const ids = Array.from({ length: count }, () => recent[random(recent.length)]?.id).filter(
    id => id !== undefined,
  );
  return [...new Set(ids)];
}

function shuffle(map: readonly MapRevision[], random: Random): MapRevision[] {
  return map
    .map(each => ({ each, key: random(1_000_000) }))
    .sort((a, b) => a.key - b.key)
    .map(({ each }) => each);
}
