/**
 * Names and paths by pattern, as settings give them: `*` is any characters, `?` one, `[a-z]` one of some, `[!a]` none of them,
 * `{a,b}` either; between slashes, `**` is any folders. Matched in time that grows with pattern and text alone.
 */

/** A pattern that was read once, for many texts. */
export interface Wildcard {
  matches(text: string): boolean;
}

/** Of a name without slashes, such as a table's; null where a bracket or a brace is not closed. */
export function nameWildcard(pattern: string): Wildcard | null {
  const readings = alternatives(pattern)?.map(readPart);
  if (readings === undefined || !readings.every(each => each !== null)) return null;
  return { matches: text => readings.some(parts => fitsPart(parts, text)) };
}

/**
 * Of a path below a folder, as .gitignore has it: with a slash in the middle or at its start it begins at the folder, else at
 * any depth; what matches a folder matches all that is in it.
 */
export function pathWildcard(pattern: string): Wildcard | null {
  const readings = alternatives(pattern)?.map(readPath);
  if (readings === undefined || !readings.every(each => each !== null)) return null;
  return {
    matches(path) {
      const names = path.split('/');
      return readings.some(steps => fits(steps, names, each => each === anyFolders, fitsStep));
    },
  };
}

type Part =
  | { readonly kind: 'many' }
  | { readonly kind: 'one'; readonly allows: (character: string) => boolean };

const anyFolders = 'any-folders';

type Step = readonly Part[] | typeof anyFolders;

function readPath(pattern: string): readonly Step[] | null {
  const trimmed = pattern.replace(/^\.\//, '').replace(/\/+$/, '');
  const names = trimmed.split('/').filter(name => name !== '' && name !== '.');
  const steps = names.map(name => (name === '**' ? anyFolders : readPart(name)));
  if (steps.length === 0 || !steps.every(each => each !== null)) return null;
  return [...(trimmed.includes('/') ? [] : ([anyFolders] as const)), ...steps, anyFolders];
}

function readPart(pattern: string): readonly Part[] | null {
  const parts: Part[] = [];
  for (let index = 0; index < pattern.length; index++) {
    const character = pattern[index] ?? '';
    if (character === '*') parts.push({ kind: 'many' });
    else if (character === '?') parts.push({ kind: 'one', allows: () => true });
    else if (character !== '[') parts.push({ kind: 'one', allows: each => each === character });
    else {
      const end = pattern.indexOf(']', index + 2);
      if (end < 0) return null;
      parts.push({ kind: 'one', allows: characterClass(pattern.slice(index + 1, end)) });
      index = end;
    }
  }
  return parts;
}

function characterClass(written: string): (character: string) => boolean {
  const isNegative = /^[!^]/.test(written);
  const ranges = [...written.slice(isNegative ? 1 : 0).matchAll(/(.)-(.)|(.)/gsu)].map(
    ([, from, to, single]) => [from ?? single ?? '', to ?? single ?? ''] as const,
  );
  return character => ranges.some(([from, to]) => from <= character && character <= to) !== isNegative;
}

function fitsStep(step: Step, name: string): boolean {
  return step !== anyFolders && fitsPart(step, name);
}

function fitsPart(parts: readonly Part[], text: string): boolean {
  return fits(
    parts,
    text,
    ({ kind }) => kind === 'many',
    (part, each) => part.kind === 'one' && part.allows(each),
  );
}

/** Whether tokens fit all items, where some tokens stand for any number of them. Only the last such token is tried anew. */
function fits<Token, Item>(
  tokens: readonly Token[],
  items: ArrayLike<Item>,
  isMany: (token: Token) => boolean,
  isOne: (token: Token, item: Item) => boolean,
): boolean {
  let [at, item] = [0, 0];
  let retry: { readonly at: number; item: number } | null = null;
  while (item < items.length) {
    const token = tokens[at];
    if (token !== undefined && isMany(token)) {
      retry = { at: ++at, item };
    } else if (token !== undefined && isOne(token, items[item] as Item)) {
      at++;
      item++;
    } else if (retry !== null) {
      item = ++retry.item;
      at = retry.at;
    } else return false;
  }
  return tokens.slice(at).every(isMany);
}

/** More than anybody writes: each brace multiplies the alternatives. */
const mostAlternatives = 100;
const longestPattern = 1_000;

/** `{a,b}.py` as `a.py` and `b.py`; null where a brace is not closed. */
function alternatives(pattern: string): readonly string[] | null {
  if (pattern.length > longestPattern) return null;
  let open: readonly string[] = [pattern];
  while (open.some(each => braces.test(each))) {
    open = open.flatMap(expandOnce);
    if (open.length > mostAlternatives) return null;
  }
  return open.some(each => /[{}]/.test(each)) ? null : open;
}

/** The innermost ones. */
const braces = /\{([^{}]*)\}/;

function expandOnce(pattern: string): readonly string[] {
  const found = braces.exec(pattern);
  if (found === null) return [pattern];
  const [whole, choices = ''] = found;
  const after = pattern.slice(found.index + whole.length);
  return choices.split(',').map(choice => `${pattern.slice(0, found.index)}${choice}${after}`);
}
