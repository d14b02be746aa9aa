/** English and Python names: words of a name, its spellings, its plural. Knows nothing of what a name is for. */

/** `OrderItem`, `HTTPRoute` and `order_item` to lower-case words. */
export function wordsOf(name: string): readonly string[] {
  return name
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .replace(/([A-Z]+)([A-Z][a-z])/g, '$1_$2')
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter(word => word !== '');
}

export function snakeOf(name: string): string {
  return wordsOf(name).join('_');
}

export function pascalOf(name: string): string {
  return wordsOf(name)
    .map(word => word.charAt(0).toUpperCase() + word.slice(1))
    .join('');
}

/** `a customer`, `an order item`. */
export function withArticle(words: string): string {
  return `${/^(?:[aeio]|u(?!se|ni|ti)|h(?:our|eir|onest|onou?r))/.test(words) ? 'an' : 'a'} ${words}`;
}

/** `order_item` to `order_items`: the last word's plural. */
export function pluralOf(snake: string): string {
  const words = snake.split('_');
  const last = words.pop() ?? '';
  return [...words, pluralWord(last)].join('_');
}

const irregular: ReadonlyMap<string, string> = new Map([
  ['person', 'people'],
  ['child', 'children'],
  ['man', 'men'],
  ['woman', 'women'],
  ['foot', 'feet'],
  ['tooth', 'teeth'],
  ['mouse', 'mice'],
  ['goose', 'geese'],
  ['criterion', 'criteria'],
  ['phenomenon', 'phenomena'],
  ['datum', 'data'],
  ['medium', 'media'],
  ['leaf', 'leaves'],
  ['shelf', 'shelves'],
  ['half', 'halves'],
  ['life', 'lives'],
  ['knife', 'knives'],
  ['quiz', 'quizzes'],
  ['hero', 'heroes'],
  ['echo', 'echoes'],
  ['potato', 'potatoes'],
  ['tomato', 'tomatoes'],
]);

const unchanging: ReadonlySet<string> = new Set(
  'data equipment feedback fish information media metadata money news series sheep software species staff'.split(
    ' ',
  ),
);

function pluralWord(word: string): string {
  if (unchanging.has(word)) return word;
  const known = irregular.get(word);
  if (known !== undefined) return known;
  if (/[^aeiou]y$/.test(word)) return `${word.slice(0, -1)}ies`;
  if (/[^u]sis$/.test(word)) return `${word.slice(0, -2)}es`;
  return /(?:s|x|z|ch|sh)$/.test(word) ? `${word}es` : `${word}s`;
}

/** `order_items` to `order_item`: the last word's singular, where it is one of those that a plural can be told by. */
export function singularOf(snake: string): string {
  const words = snake.split('_');
  const last = words.pop() ?? '';
  return [...words, singularWord(last)].join('_');
}

const singulars: ReadonlyMap<string, string> = new Map([...irregular].map(([one, many]) => [many, one]));

/** Words on `-ie`, `-che` and `-ase` that lose nothing but their `s`. */
const plainPlurals: ReadonlySet<string> = new Set(
  'aches brownies caches cookies movies pies rookies ties zombies'.split(' '),
);

function singularWord(word: string): string {
  if (unchanging.has(word)) return word;
  const known = singulars.get(word);
  if (known !== undefined) return known;
  if (plainPlurals.has(word)) return word.slice(0, -1);
  if (/[^aeiou]ies$/.test(word) && word.length > 4) return `${word.slice(0, -3)}y`;
  if (/[yi]ses$/.test(word) && /(?:analy|cri|the|paraly|cataly|diagno)ses$/.test(word))
    return `${word.slice(0, -2)}is`;
  if (/(?:ss|sh|ch|x|zz|[^aeiou]us)es$/.test(word)) return word.slice(0, -2);
  return /[^siu]s$/.test(word) ? word.slice(0, -1) : word;
}
