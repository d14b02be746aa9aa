/**
 * Breaks bracketed Python over lines as ruff and Black do: on one line where it fits, else the contents on a line of
 * their own, else one element a line with a comma after the last.
 */
import type { CodeStyle } from '../project-facts.ts';

/** Source text, or something with brackets that may be broken. */
export type Code = string | Bracketed;

export interface Bracketed {
  /** `x: Mapped[int] = `: where it leaves no room for the rest, formatters put parentheses around that. */
  readonly assignment?: string;
  /** Everything up to and with the opening bracket: `mapped_column(`. */
  readonly open: string;
  readonly elements: readonly Code[];
  /** The closing bracket and what follows it: `)`, `):`. */
  readonly close: string;
}

export function call(name: string, ...elements: readonly Code[]): Bracketed {
  return { open: `${name}(`, elements, close: ')' };
}

/** `assign('x', call('f'))`. */
export function assign(target: string, value: Bracketed): Bracketed {
  return { ...value, assignment: `${target} = ` };
}

/** The lines of a statement, indented by `indent` spaces. `suffix` follows on the last line. */
export function layOut(code: Code, indent: number, style: CodeStyle, suffix = ''): readonly string[] {
  const margin = ' '.repeat(indent);
  const line = `${margin}${oneLine(code)}${suffix}`;
  if (typeof code === 'string' || code.elements.length === 0 || line.length <= style.lineLength)
    return [line];
  const { assignment = '', ...value } = code;
  const first = margin + assignment + code.open;
  if (assignment !== '' && first.length > style.lineLength) {
    return [`${margin}${assignment}(`, ...layOut(value, indent + 4, style), `${margin})${suffix}`];
  }
  const last = `${margin}${code.close}${suffix}`;
  const contents = `${' '.repeat(indent + 4)}${code.elements.map(oneLine).join(', ')}`;
  const literal = isLiteral(code);
  if (!literal && contents.length <= style.lineLength) return [first, contents, last];
  const [only] = code.elements;
  if (!literal && code.elements.length === 1 && only !== undefined && typeof only !== 'string') {
    return [first, ...layOut(only, indent + 4, style), last];
  }
  return [first, ...code.elements.flatMap(element => layOut(element, indent + 4, style, ',')), last];
}

/** A list, tuple or dictionary: formatters put its elements one a line as soon as one line is not enough. */
function isLiteral({ open }: Bracketed): boolean {
  return /(?:^|[^\w\])])[[({]$/.test(open);
}

/** `(a,)`, `(a, b)`. */
export function tuple(elements: readonly Code[]): Bracketed {
  return { open: '(', elements, close: ')' };
}

function oneLine(code: Code): string {
  if (typeof code === 'string') return code;
  const isTuple = code.elements.length === 1 && code.open.endsWith('(') && isLiteral(code);
  const comma = isTuple ? ',' : '';
  return `${code.assignment ?? ''}${code.open}${code.elements.map(oneLine).join(', ')}${comma}${code.close}`;
}
