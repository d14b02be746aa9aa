/** The edit that adds names to a module's `__all__`, in order where it is in order. */
import type { TextEdit } from '../../base/edit.ts';
import type { CodeStyle, KnownFile } from '../project-facts.ts';
import { assignedName, type Expression } from '../python-syntax.ts';
import { compareNames } from './import-order.ts';
import { layOut } from './layout.ts';
import { quoted } from './quoting.ts';

type Order = (a: string, b: string) => number;

/** No edits where the module has no `__all__`, or one that is computed. */
export function addToAll(file: KnownFile, names: readonly string[], style: CodeStyle): readonly TextEdit[] {
  const list = listOf(file);
  if (!list) return [];
  const present = list.elements.map(stringValue);
  if (present.some(value => value === null)) return [];
  const known = present.filter(value => value !== null);
  const missing = names.filter(name => !known.includes(name));
  if (missing.length === 0) return [];
  const written = { ...style, quote: quoteOf(file.text, list) ?? style.quote };
  if (isPacked(file.text, list)) return [appended(file.text, list, missing, written)];
  const order = orderOf(known);
  const all = order ? [...known, ...missing].sort(order) : [...known, ...missing];
  return [rewritten(file.text, list, all, written)];
}

type ListExpression = Extract<Expression, { kind: 'list' | 'tuple' | 'set' }>;

function listOf(file: KnownFile): ListExpression | null {
  for (const statement of file.syntax?.body ?? []) {
    if (statement.kind !== 'assignment' || assignedName(statement) !== '__all__') continue;
    const { value } = statement;
    return value?.kind === 'list' || value?.kind === 'tuple' ? value : null;
  }
  return null;
}

function quoteOf(text: string, { elements: [first] }: ListExpression): CodeStyle['quote'] | null {
  const quote = first && text[first.start];
  return quote === '"' || quote === "'" ? quote : null;
}

/** Several names a line, over several lines: as no formatter writes it, so that only a line is added. */
function isPacked(text: string, { elements }: ListExpression): boolean {
  const lines = elements.map(({ start }) => text.slice(0, start).split('\n').length);
  return new Set(lines).size > 1 && new Set(lines).size < lines.length;
}

function appended(
  text: string,
  { elements }: ListExpression,
  names: readonly string[],
  style: CodeStyle,
): TextEdit {
  const end = elements.at(-1)?.end ?? 0;
  const comma = /^\s*,/.exec(text.slice(end))?.[0] ?? '';
  const line = names.map(name => quoted(name, style)).join(', ');
  const newText = comma === '' ? `,\n    ${line}` : `\n    ${line},`;
  return { range: { start: end + comma.length, end: end + comma.length }, newText };
}

function rewritten(text: string, list: ListExpression, names: readonly string[], style: CodeStyle): TextEdit {
  const range = list.parenthesized ?? list;
  const written = text.slice(range.start, range.end);
  const [open, close] = list.kind === 'list' ? ['[', ']'] : ['(', ')'];
  const elements = names.map(name => quoted(name, style));
  const literal = { open: `__all__ = ${open}`, elements, close };
  const onOneLine = layOut(literal, 0, style);
  // Formatters put a list's elements one a line as soon as one line is not enough, or where they stood so.
  const broken = written.includes('\n') || onOneLine.length > 1;
  const lines = broken ? layOut(literal, 0, { ...style, lineLength: 0 }) : onOneLine;
  return {
    range: { start: range.start, end: range.end },
    newText: lines.join('\n').slice('__all__ = '.length),
  };
}

function stringValue(element: Expression): string | null {
  return element.kind === 'string' ? element.value : null;
}

function orderOf(names: readonly string[]): Order | null {
  const plain: Order = (a, b) => (a < b ? -1 : 1);
  return (
    [compareNames, plain].find(order =>
      names.every((name, index) => index === 0 || order(names[index - 1] ?? '', name) < 0),
    ) ?? null
  );
}
