/** Checks of a workspace as one text, to be written down. Names and answers, which most checks share, are said once. */
import type { CheckedState, KeptCheck } from './kept-check.ts';
import type { Answer, CheckSources } from './recorded-inquiry.ts';
import { answersIn, namesIn, partsOf } from './source-parts.ts';
import type { SurfaceDigests } from './surface-digests.ts';

type Names = (typeof namesIn)[number];
type Answers = (typeof answersIn)[number];

type PackedSources = Omit<CheckSources, Names | Answers> &
  Readonly<Record<Names | Answers, readonly number[]>>;

type Digests = readonly (readonly [string, string])[];

interface Packed {
  readonly state: Readonly<Record<'ground' | 'history', string>> &
    Readonly<Record<'texts' | 'models' | 'tables', Digests>> & {
      readonly surfaces: readonly (readonly [string, SurfaceDigests])[];
      readonly parts: readonly (readonly [string, Digests])[];
    };
  readonly names: readonly string[];
  readonly answers: readonly Answer[];
  readonly checks: readonly (readonly [
    path: string,
    check: Omit<KeptCheck, 'sources'> & { readonly sources: PackedSources },
  ])[];
}

export function packChecks({ state, checks }: CheckedState): string {
  const names = new Map<string, number>();
  const answers = new Map<Answer, number>();
  const packed: Omit<Packed, 'names' | 'answers'> = {
    state: {
      ground: state.ground,
      history: state.history,
      texts: [...state.texts],
      surfaces: [...state.surfaces],
      parts: [...state.parts].map(([path, parts]) => [path, [...parts]]),
      models: [...state.models],
      tables: [...state.tables],
    },
    checks: [...checks].map(([path, check]) => {
      const sources = {
        ...check.sources,
        ...partsOf(namesIn, part => check.sources[part].map(name => numberIn(names, name))),
        ...partsOf(answersIn, part => check.sources[part].map(answer => numberIn(answers, answer))),
      };
      return [path, { ...check, sources }];
    }),
  };
  return JSON.stringify({ ...packed, names: [...names.keys()], answers: [...answers.keys()] });
}

/** Null for what was not written by `packChecks`, or is no longer whole. */
export function unpackChecks(text: string): CheckedState | null {
  try {
    const { state, names, answers, checks } = JSON.parse(text) as Packed;
    return {
      state: {
        ground: state.ground,
        history: state.history,
        texts: new Map(state.texts),
        surfaces: new Map(state.surfaces),
        parts: new Map(state.parts.map(([path, parts]) => [path, new Map(parts)])),
        models: new Map(state.models),
        tables: new Map(state.tables),
      },
      checks: new Map(
        checks.map(([path, check]) => {
          const sources = {
            ...check.sources,
            ...partsOf(namesIn, part => check.sources[part].map(number => numbered(names, number))),
            ...partsOf(answersIn, part => check.sources[part].map(number => numbered(answers, number))),
          };
          return [path, { ...check, sources }];
        }),
      ),
    };
  } catch {
    return null;
  }
}

function numberIn<Item>(numbers: Map<Item, number>, item: Item): number {
  const number = numbers.get(item) ?? numbers.size;
  numbers.set(item, number);
  return number;
}

function numbered<Item>(items: readonly Item[], number: number): Item {
  const item = items[number];
  if (item === undefined) throw new Error(`Nothing has the number ${number}`);
  return item;
}
