/**
 * Lays out what takes the place of a legacy query, `session.scalars(select(User).where(…)).all()`, as ruff and Black do: on
 * one line where it stood on one and fits; else the statement stands on lines of its own between the parentheses.
 */
import type { TextRange } from '../../base/range.ts';
import type { Argument, Call, Expression } from '../../python/syntax.ts';
import type { FileConversion } from './file-conversion.ts';
import type { ChainCall, QueryChain } from './query-chain.ts';

/** What is run in the place of a query. */
export interface RunStatement {
  /** `scalars`, `execute`. */
  readonly runner: string;
  /** What takes the statement: `select(func.count()).select_from`; null where it is run itself. */
  readonly around: string | null;
  /** `select`, `delete`. */
  readonly statement: string;
  /** Methods that the query was built with, under the names that the statement has for them. */
  readonly steps: readonly { readonly call: ChainCall; readonly name: string }[];
  /** Methods of the statement besides. */
  readonly added: readonly AddedStep[];
  /** What is made of the result: `.unique()`, `.all()`, `.rowcount`. */
  readonly result: readonly string[];
}

export interface AddedStep {
  /** `.limit(1)`. */
  readonly text: string;
  /** Where its argument stood; null where it had none. */
  readonly from: TextRange | null;
}

/** What stands in the place of a query that nothing runs there. */
type StatementPart = Pick<RunStatement, 'statement' | 'steps'>;

interface Step {
  readonly text: string;
  readonly arguments: readonly Argument[];
  /** Where its arguments stood. */
  readonly from: TextRange | null;
  /** On lines of their own before it. */
  readonly above: readonly string[];
  /** Behind it, on its line. */
  readonly behind: string;
}

export function layOutQuery(chain: QueryChain, run: RunStatement, conversion: FileConversion): void {
  const { whole: range } = chain;
  const steps = stepsOf(chain, run, conversion);
  const flat = `${openingOf(chain, run, conversion)}${flatStatement(run, steps)})${run.result.join('')}`;
  const around = parenthesesAround(chain, conversion) ?? range;
  const isOneLine = !conversion.textOf(around).includes('\n');
  if (isOneLine && (chain.isInString || staysWithin(range, flat, conversion)))
    conversion.replace(range, flat);
  else breakLines(chain, run, steps, conversion);
}

/** On one line where it stood on one or fits; else each method stays where it is. */
export function layOutPart(chain: QueryChain, part: StatementPart, conversion: FileConversion): void {
  const run: RunStatement = { ...part, runner: '', around: null, added: [], result: [] };
  const steps = stepsOf(chain, run, conversion);
  const flat = flatStatement(run, steps);
  const around = parenthesesAround(chain, conversion) ?? chain.whole;
  const isOneLine = !conversion.textOf(around).includes('\n');
  if (isOneLine) conversion.replace(chain.whole, flat);
  else if (isPlain(steps) && staysWithin(around, flat, conversion) && chain.parent?.kind === 'assignment')
    conversion.replace(around, flat);
  else renameMethods(chain, part, conversion);
}

/** No step has lines or comments of its own. */
function isPlain(steps: readonly Step[]): boolean {
  return steps.every(
    ({ text, above, behind }) => !text.includes('\n') && above.length === 0 && behind === '',
  );
}

function renameMethods(
  { query, session }: QueryChain,
  { statement, steps }: StatementPart,
  conversion: FileConversion,
): void {
  if (query.kind === 'call') {
    const start = session.parenthesized?.start ?? session.start;
    conversion.edit({ start, end: query.function.end }, statement);
  }
  for (const { call, name } of steps) {
    if (call.name !== name) conversion.edit(call.function.attribute, name);
  }
}

/** True where the line stays as short as the style has it, or as it was. */
function staysWithin(range: TextRange, text: string, { file, facts }: FileConversion): boolean {
  const [start, end] = [file.text.lastIndexOf('\n', range.start - 1) + 1, lineEndAt(range.end, file.text)];
  const code = (line: string): number => line.replace(/\s+#.*$/, '').length;
  const [before, after] = [file.text.slice(start, range.start), file.text.slice(range.end, end)];
  const was = file.text.slice(start, end);
  const limit = Math.max(facts.style.lineLength, was.includes('\n') ? 0 : code(was));
  return code(before + text + after) <= limit;
}

function breakLines(
  chain: QueryChain,
  run: RunStatement,
  steps: readonly Step[],
  conversion: FileConversion,
): void {
  const parentheses = parenthesesAround(chain, conversion);
  const place = parentheses ?? chain.whole;
  const indent = indentAt(place.start, conversion);
  const opening = openingOf(chain, run, conversion);
  const isOwnValue = chain.parent?.kind === 'assignment' || chain.parent?.kind === 'return';
  const isFluent = run.result.filter(each => each.endsWith(')')).length > 1;
  const margin = (depth: number): string => ' '.repeat(indent + depth);
  if (isFluent && (parentheses !== null || isOwnValue)) {
    const [first = '', ...others] = statementLines(run, steps, indent + 8, conversion);
    const whole = `${margin(4)}${opening}${first.trimStart()})`;
    const isShort = others.length === 0 && whole.length <= conversion.facts.style.lineLength;
    const statement = isShort ? [whole] : [`${margin(4)}${opening}`, first, ...others, `${margin(4)})`];
    const result = run.result.map(each => `${margin(4)}${each}`);
    const lines = ['(', ...statement, ...result, `${margin(0)})`];
    conversion.replace(place, lines.join('\n'));
    return;
  }
  const statement = statementLines(run, steps, indent + 4, conversion);
  const gap = /\w$/.test(conversion.file.text.slice(0, place.start)) ? ' ' : '';
  const lines = [`${gap}${opening}`, ...statement, `${margin(0)})${run.result.join('')}`];
  conversion.replace(place, lines.join('\n'));
}

/** `session.scalars(`. */
function openingOf({ session }: QueryChain, { runner }: RunStatement, conversion: FileConversion): string {
  return `${conversion.convertedText(session.parenthesized ?? session)}.${runner}(`;
}

/** Parentheses that hold the query and nothing else, a comment neither. */
function parenthesesAround({ whole, session }: QueryChain, conversion: FileConversion): TextRange | null {
  const { parenthesized } = whole;
  if (!parenthesized || conversion.textOf(session).includes('\n')) return null;
  const before = conversion.textOf({ start: parenthesized.start, end: whole.start });
  const after = conversion.textOf({ start: whole.end, end: parenthesized.end });
  return /^\(\s*$/.test(before) && /^\s*\)$/.test(after) ? parenthesized : null;
}

/** What is selected, the methods, and what is added, in their order. */
function stepsOf(
  { query, session, terminal }: QueryChain,
  { statement, steps, added }: RunStatement,
  conversion: FileConversion,
): readonly Step[] {
  const pieces = [
    query.kind === 'call'
      ? { name: statement, end: query.end, arguments: query.arguments, from: query.argumentsRange }
      : { name: statement, end: query.end, arguments: [], from: null },
    ...steps.map(({ call: { call }, name }) => ({
      name: `.${name}`,
      end: call.end,
      arguments: call.arguments,
      from: call.argumentsRange,
    })),
  ];
  const starts = [
    ...steps.map(({ call }) => call.function.attribute.start),
    terminal?.function.attribute.start,
  ];
  const gaps = pieces.map(({ end }, index) => commentsIn(end, starts[index] ?? end, conversion));
  const early = query.kind === 'call' ? commentsBefore(query, session, conversion) : [];
  return [
    ...pieces.map(
      ({ name, arguments: given, from }, index): Step => ({
        text: `${name}${from === null ? '' : conversion.convertedText(from)}`,
        arguments: given,
        from,
        above: index === 0 ? early : (gaps[index - 1]?.above ?? []),
        behind: gaps[index]?.behind ?? '',
      }),
    ),
    ...added.map((each, index) => ({
      ...each,
      arguments: [],
      above: index === 0 ? (gaps.at(-1)?.above ?? []) : [],
      behind: '',
    })),
  ];
}

/** Those between the session and `query`. */
function commentsBefore(query: Call, session: Expression, conversion: FileConversion): readonly string[] {
  const first = query.function.kind === 'attribute' ? query.function.attribute.start : session.end;
  const { behind, above } = commentsIn(session.end, first, conversion);
  return [behind, ...above].filter(comment => comment !== '');
}

interface Comments {
  readonly behind: string;
  readonly above: readonly string[];
}

/** The comments between two methods. */
function commentsIn(start: number, end: number, conversion: FileConversion): Comments {
  const [first = '', ...rest] = conversion.textOf({ start, end }).split('\n');
  const comment = (line: string): string => /#.*$/.exec(line)?.[0].trimEnd() ?? '';
  return { behind: comment(first), above: rest.map(comment).filter(each => each !== '') };
}

function flatStatement({ around }: RunStatement, steps: readonly Step[]): string {
  const statement = steps.map(({ text }) => text).join('');
  return around === null ? statement : `${around}(${statement})`;
}

function statementLines(
  run: RunStatement,
  steps: readonly Step[],
  indent: number,
  conversion: FileConversion,
): readonly string[] {
  const margin = ' '.repeat(indent);
  const flat = `${margin}${flatStatement(run, steps)}`;
  if (isPlain(steps) && flat.length <= conversion.facts.style.lineLength) return [flat];
  if (run.around !== null) {
    const inner = statementLines({ ...run, around: null }, steps, indent + 4, conversion);
    return [`${margin}${run.around}(`, ...inner, `${margin})`];
  }
  const [items, method] = steps;
  const isHugged =
    steps.length === 2 && steps.every(({ above }) => above.length === 0) && items?.behind === '';
  if (isHugged && items && method && !items.text.includes('\n'))
    return stepLines({ ...method, text: items.text + method.text }, items.text.length, indent, conversion);
  return steps.flatMap(step => stepLines(step, 0, indent, conversion));
}

/** `before` is how much of the text stands before what the step was made of. */
function stepLines(
  { text, arguments: given, from, above, behind }: Step,
  before: number,
  indent: number,
  conversion: FileConversion,
): readonly string[] {
  const margin = ' '.repeat(indent);
  const comments = above.map(comment => `${margin}${comment}`);
  const suffix = behind === '' ? '' : `  ${behind}`;
  const limit = conversion.facts.style.lineLength;
  if (text.includes('\n')) {
    const moved = from === null ? text : reindented(text, { from, indent, before }, conversion);
    return [...comments, `${margin}${moved}${suffix}`];
  }
  const open = text.indexOf('(', before) + 1;
  if (indent + text.length <= limit || given.length === 0 || open === 0)
    return [...comments, `${margin}${text}${suffix}`];
  const contents = `${margin}    ${text.slice(open, -1)}`;
  const each = given.map(argument => `${margin}    ${conversion.convertedText(argument)}`);
  const isGenerator = given.length === 1 && given[0]?.value.kind === 'comprehension';
  const lines = contents.length <= limit ? [contents] : each.map(line => (isGenerator ? line : `${line},`));
  return [...comments, `${margin}${text.slice(0, open)}`, ...lines, `${margin})${suffix}`];
}

interface NewPlace {
  readonly from: TextRange;
  readonly indent: number;
  readonly before: number;
}

/** The lines of a step moved with it: by its indentation, or where they are aligned with its parenthesis, by that. */
function reindented(text: string, { from, indent, before }: NewPlace, conversion: FileConversion): string {
  if (/"""|'''/.test(text)) return text;
  const [first = '', ...rest] = text.split('\n');
  const source = conversion.file.text;
  const isAligned = !/[([{]\s*(?:#.*)?$/.test(first);
  const column = from.start - (source.lastIndexOf('\n', from.start - 1) + 1);
  const shift = isAligned
    ? indent + text.indexOf('(', before) - column
    : indent - indentAt(from.start, conversion);
  const moved = (line: string): string => {
    if (line.trim() === '') return '';
    const own = line.length - line.trimStart().length;
    return ' '.repeat(Math.max(0, own + shift)) + line.trimStart();
  };
  return [first, ...rest.map(moved)].join('\n');
}

/** How far the line is indented. */
function indentAt(offset: number, { file }: FileConversion): number {
  const start = file.text.lastIndexOf('\n', offset - 1) + 1;
  return /^[ \t]*/.exec(file.text.slice(start, offset))?.[0].length ?? 0;
}

function lineEndAt(offset: number, text: string): number {
  const end = text.indexOf('\n', offset);
  return end < 0 ? text.length : end;
}
