/** Checks of a workspace as one text, to be written down. Paths and names, which most checks share, are said once. */
import type { CheckedState, KeptCheck } from './kept-check.ts';
import type { CheckSources } from './recorded-inquiry.ts';
import type { SurfaceDigests } from './surface-digests.ts';

type Names = 'files' | 'parts' | 'named' | 'missed' | 'models';

type PackedSources = Omit<CheckSources, Names> & Readonly<Record<Names, readonly number[]>>;

type Digests = readonly (readonly [string, string])[];

interface Packed {
  readonly state: Readonly<Record<'ground' | 'history', string>> &
    Readonly<Record<'texts' | 'models' | 'tables', Digests>> & {
      readonly surfaces: readonly (readonly [string, SurfaceDigests])[];
      readonly parts: readonly (readonly [string, Digests])[];
    };
  readonly names: readonly string[];
  readonly checks: readonly (readonly [
    path: string,
    check: Omit<KeptCheck, 'sources'> & { readonly sources: PackedSources },
  ])[];
}

export function packChecks({ state, checks }: CheckedState): string {
  const numbers = new Map<string, number>();
  const numberOf = (name: string) => {
    const number = numbers.get(name) ?? numbers.size;
    numbers.set(name, number);
    return number;
  };
  const packed: Omit<Packed, 'names'> = {
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
      const { files, parts, named, missed, models, ...others } = check.sources;
      const sources = {
        ...others,
        files: files.map(numberOf),
        parts: parts.map(numberOf),
        named: named.map(numberOf),
        missed: missed.map(numberOf),
        models: models.map(numberOf),
      };
      return [path, { ...check, sources }];
    }),
  };
  return JSON.stringify({ ...packed, names: [...numbers.keys()] });
}

/** Null for what was not written by `packChecks`, or is no longer whole. */
export function unpackChecks(text: string): CheckedState | null {
  try {
    const { state, names, checks } = JSON.parse(text) as Packed;
    const nameOf = (number: number) => {
      const name = names[number];
      if (name === undefined) throw new Error(`No name has the number ${number}`);
      return name;
    };
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
        checks.map(([path, { sources, ...check }]) => {
          const { files, parts, named, missed, models, ...others } = sources;
          return [
            path,
            {
              ...check,
              sources: {
                ...others,
                files: files.map(nameOf),
                parts: parts.map(nameOf),
                named: named.map(nameOf),
                missed: missed.map(nameOf),
                models: models.map(nameOf),
              },
            },
          ];
        }),
      ),
    };
  } catch {
    return null;
  }
}
