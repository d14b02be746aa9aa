/** Strings with the place of every stretch in the source, through concatenation, `%`, `.format()` and f-strings. */
import type { Interpolation, StringLiteral } from '../../python/syntax.ts';
import type { SourceLocation } from '../model.ts';
import type { HoleFilling } from '../raw-sql.ts';
import { type Call, type Evaluation, locationOf } from './evaluation.ts';
import { constantValue, type Located, PYTHON, type TextHole, type TextPart, type Value } from './value.ts';

/** What is known of a string; null for what is no string, or one of which nothing is known. */
export function partsOf(value: Value, at: SourceLocation): readonly TextPart[] | null {
  if (value.kind === 'python') return value.parts ?? null;
  if (value.kind !== 'constant' || typeof value.value !== 'string') return null;
  return value.parts ?? [{ kind: 'text', text: value.value, at }];
}

/** A constant where all of it is known. */
export function textValue(parts: readonly TextPart[], type = 'builtins.str'): Value {
  if (type !== 'builtins.str') return { kind: 'python', type, parts };
  let text = '';
  for (const part of parts) {
    if (part.kind === 'hole') return { kind: 'python', type, parts };
    text += part.text;
  }
  return { ...constantValue(text), parts };
}

export function literalValue(evaluation: Evaluation, literal: StringLiteral): Value {
  const isTemplate = literal.pieces.some(piece => piece.prefix.includes('t'));
  const parts = literal.pieces.flatMap(piece =>
    piece.segments.flatMap(segment =>
      segment.kind === 'text'
        ? [{ kind: 'text' as const, text: segment.value, at: locationOf(evaluation, segment) }]
        : interpolated(evaluation, segment, isTemplate),
    ),
  );
  // A template keeps its values apart; it is no string.
  return isTemplate ? { kind: 'python', type: 'string.templatelib.Template', parts } : textValue(parts);
}

function interpolated(evaluation: Evaluation, segment: Interpolation, isTemplate: boolean): TextPart[] {
  const value = evaluation.evaluate(evaluation, segment.expression);
  for (const inner of segment.format) evaluation.evaluate(evaluation, inner.expression);
  const at = locationOf(evaluation, segment);
  const written = evaluation.file.text.slice(segment.expression.end, segment.end);
  const given = { value, at, node: segment.expression };
  if (isTemplate || !/^\s*\}$/.test(written)) return [holeOf(given, at, 'f-string')];
  return [...filled(given, at, 'f-string')];
}

/** What stands in the place of a value: its text where that is known. */
function filled(given: Located, place: SourceLocation, how: HoleFilling): readonly TextPart[] {
  const { value, at } = given;
  if (value.kind === 'constant' && typeof value.value === 'number')
    return [{ kind: 'text', text: String(value.value), at: place }];
  return partsOf(value, at) ?? [holeOf(given, place, how)];
}

function holeOf({ value, at }: Located, place: SourceLocation, how: HoleFilling): TextHole {
  return { kind: 'hole', at: place, source: at, how, value };
}

/** `one + two`; null where neither is known to be a string. */
export function concatenated(left: Located, right: Located): Value | null {
  const [one, two] = [partsOf(left.value, left.at), partsOf(right.value, right.at)];
  if (one === null && two === null) return null;
  const other = (given: Located) => filled(given, given.at, 'concatenation');
  return textValue([...(one ?? other(left)), ...(two ?? other(right))]);
}

const percentField = /%(?:%|(?:\((\w+)\))?[#0 +-]*(?:\d+|\*)?(?:\.\d+)?([sdrifgxa]))/g;

/** `"… %s …" % values`. */
export function percentFormatted(template: Located, values: Located): Value | null {
  const parts = partsOf(template.value, template.at);
  if (parts === null) return null;
  const list: readonly Located[] = values.value.kind === 'list' ? values.value.elements : [values];
  let next = 0;
  return substituted(parts, percentField, (match, at) => {
    if (match[0] === '%%') return [{ kind: 'text', text: '%', at }];
    const name = match[1];
    const given = (name === undefined ? list[next++] : entryOfName(values.value, name)) ?? {
      ...values,
      value: PYTHON,
    };
    return match[2] === 's' ? filled(given, at, 'percent') : [holeOf(given, at, 'percent')];
  });
}

function entryOfName(value: Value, name: string): Located | undefined {
  if (value.kind !== 'dict') return undefined;
  return value.entries.find(({ key }) => key.value.kind === 'constant' && key.value.value === name)?.value;
}

const braceField = /\{\{|\}\}|\{(\w*)([^{}]*)\}/g;

/** `"… {} …".format(…)`. */
function braceFormatted(receiver: Value, parts: readonly TextPart[], { arguments: given }: Call): Value {
  const type = receiver.kind === 'python' ? (receiver.type ?? 'builtins.str') : 'builtins.str';
  const how: HoleFilling = type === COMPOSABLE ? 'composed' : 'format';
  let next = 0;
  return substituted(
    parts,
    braceField,
    (match, at) => {
      if (match[0] === '{{' || match[0] === '}}') return [{ kind: 'text', text: match[0].slice(1), at }];
      const name = match[1] ?? '';
      const value =
        name === ''
          ? given.positional[next++]
          : /^\d+$/.test(name)
            ? given.positional[Number(name)]
            : given.keywords.get(name);
      if (value === undefined) return [holeOf({ value: PYTHON, at, node: nothing }, at, how)];
      // A library that composes quotes a plain value.
      const isText = how !== 'composed' || value.value.kind !== 'constant';
      return match[2] === '' && isText ? filled(value, at, how) : [holeOf(value, at, how)];
    },
    type,
  );
}

const nothing: Located['node'] = { kind: 'constant', value: 'None', start: 0, end: 0 };

/** `psycopg.sql.SQL("…")`, which puts quoted names and values into itself. */
export const COMPOSABLE = 'psycopg.sql.SQL';

function isComposable(value: Value): boolean {
  return value.kind === 'python' && value.type === COMPOSABLE;
}

/** Each match of `field` in the known stretches, replaced. */
export function substituted(
  parts: readonly TextPart[],
  field: RegExp,
  replace: (match: RegExpExecArray, at: SourceLocation) => readonly TextPart[],
  type = 'builtins.str',
): Value {
  const result = parts.flatMap(part => {
    if (part.kind === 'hole') return [part];
    const pieces: TextPart[] = [];
    let end = 0;
    for (const match of part.text.matchAll(field)) {
      if (match.index > end) pieces.push(sliceOfPart(part, end, match.index));
      end = match.index + match[0].length;
      pieces.push(...replace(match, sliceOfPart(part, match.index, end).at));
    }
    if (end < part.text.length) pieces.push(sliceOfPart(part, end, part.text.length));
    return pieces;
  });
  return textValue(result, type);
}

type KnownPart = Extract<TextPart, { kind: 'text' }>;

/** Stretches that are escapes have another length in the source than in the text: their place is the whole of it. */
export function sliceOfPart({ text, at }: KnownPart, start: number, end: number): KnownPart {
  const verbatim = at.range.end - at.range.start === text.length;
  const range = verbatim ? { start: at.range.start + start, end: at.range.start + end } : at.range;
  return { kind: 'text', text: text.slice(start, end), at: { path: at.path, range } };
}

/** A method of a string that gives a string of which something is known; null for all others. */
export function stringMethod(receiver: Value, name: string, call: Call): Value | null {
  const parts = partsOf(receiver, call.at);
  if (parts === null) return null;
  switch (name) {
    case 'format':
      return call.arguments.open === null ? braceFormatted(receiver, parts, call) : null;
    case 'join':
      return joinedText(
        parts,
        call.arguments.positional[0]?.value,
        isComposable(receiver) ? COMPOSABLE : 'builtins.str',
      );
    case 'as_string':
      return isComposable(receiver) ? receiver : null;
    // White space around a statement says nothing.
    case 'strip':
    case 'rstrip':
    case 'lstrip':
      return call.arguments.positional.length === 0 ? receiver : null;
    default:
      return null;
  }
}

export function joinedText(
  separator: readonly TextPart[],
  items: Value | undefined,
  type: string,
): Value | null {
  if (items?.kind !== 'list') return null;
  const parts = items.elements.flatMap((each, index) => [
    ...(index > 0 ? separator : []),
    ...filled(each, each.at, 'join'),
  ]);
  return textValue(parts, type);
}
