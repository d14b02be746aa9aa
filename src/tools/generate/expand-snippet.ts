/** Expands a snippet as an editor does when every placeholder is taken as it is offered: defaults, first choices, links. */
/** Which of a list of choices is taken. */
export type Choice = 'first' | 'last';

export interface Expansion {
  readonly text: string;
  /** Numbers of the places that the cursor visits. */
  readonly stops: ReadonlySet<number>;
}

/** Throws for what no editor reads. */
export function expandSnippet(source: string, choice: Choice): Expansion {
  const values = new Map<number, string>();
  collect(source, values, choice);
  const text = replace(source, values, choice).replaceAll(/\\([$}\\])/g, '$1');
  return { text, stops: new Set([...values.keys()]) };
}

/** Defaults come before the places that repeat them, also where these stand first in the text. */
function collect(source: string, values: Map<number, string>, choice: Choice): void {
  for (const { number, kind, content } of placeholders(source)) {
    if (kind === 'default' && !values.has(number)) {
      collect(content, values, choice);
      values.set(number, replace(content, values, choice));
    }
    if (kind === 'choice' && !values.has(number)) values.set(number, chosen(content, choice));
    if (kind === 'plain' && number === 0) values.set(0, '');
  }
}

interface Placeholder {
  readonly number: number;
  readonly kind: 'plain' | 'default' | 'choice' | 'transform';
  readonly content: string;
  readonly start: number;
  readonly end: number;
}

function placeholders(source: string): readonly Placeholder[] {
  const found: Placeholder[] = [];
  for (let at = source.indexOf('$'); at >= 0; ) {
    if (source[at - 1] === '\\') at = source.indexOf('$', at + 1);
    else {
      const placeholder = placeholderAt(source, at);
      found.push(placeholder);
      at = source.indexOf('$', placeholder.end);
    }
  }
  return found;
}

function placeholderAt(source: string, start: number): Placeholder {
  const plain = /^\$(\d+)/.exec(source.slice(start));
  if (plain)
    return { number: Number(plain[1]), kind: 'plain', content: '', start, end: start + plain[0].length };
  const open = /^\$\{(\d+)([:|/}])/.exec(source.slice(start));
  if (!open) throw new Error(`No editor reads ${source.slice(start, start + 20)}`);
  const end = closingBrace(source, start + 2) + 1;
  const content = source.slice(start + open[0].length, end - 1);
  const kinds = { ':': 'default', '|': 'choice', '/': 'transform', '}': 'plain' } as const;
  const kind = kinds[open[2] as keyof typeof kinds];
  return {
    number: Number(open[1]),
    kind,
    content: kind === 'choice' ? content.slice(0, -1) : content,
    start,
    end,
  };
}

function closingBrace(source: string, from: number): number {
  let depth = 1;
  for (let at = from; at < source.length; at++) {
    if (source.startsWith('${', at)) depth += 1;
    if (source[at] === '}') depth -= 1;
    if (depth === 0) return at;
  }
  throw new Error('A placeholder is not closed');
}

function replace(source: string, values: ReadonlyMap<number, string>, choice: Choice): string {
  let text = '';
  let position = 0;
  for (const each of placeholders(source)) {
    text += source.slice(position, each.start) + textOfPlace(each, values, choice);
    position = each.end;
  }
  return text + source.slice(position);
}

function textOfPlace(
  { number, kind, content }: Placeholder,
  values: ReadonlyMap<number, string>,
  choice: Choice,
): string {
  const value = values.get(number);
  if (value === undefined) throw new Error(`Place ${number} has no value of its own`);
  if (kind === 'choice') return chosen(content, choice);
  return kind === 'transform' ? transformed(value, content) : value;
}

function chosen(content: string, choice: Choice): string {
  const choices = content.split(/(?<!\\),/).map(text => text.replaceAll(/\\([,|\\])/g, '$1'));
  return (choice === 'first' ? choices[0] : choices.at(-1)) ?? '';
}

/** Of the transformations only those of a whole value: `(.+)/${1:/snakecase}/`. */
function transformed(value: string, content: string): string {
  const name = /^\(\.\+\)\/\$\{1:\/(\w+)\}\/$/.exec(content)?.[1];
  if (name === 'snakecase') return value.replaceAll(/([a-z0-9])([A-Z])/g, '$1_$2').toLowerCase();
  if (name === 'pascalcase')
    return value.replaceAll(/(?:^|_)(\w)/g, (_, letter: string) => letter.toUpperCase());
  throw new Error(`The transformation ${content} is not known here`);
}
