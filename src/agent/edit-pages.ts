/**
 * A set of edits in pages that each fit an answer. A file that fits one page stays whole; a longer one goes on with
 * `append`. Edits stand in an order in which they can be applied one after the other, across pages.
 */
import type { Json } from './tool.ts';

/** A new text for a file: `create app/models.py`, and what is to be in it. */
export interface NewText {
  /** `create` or `replace`. */
  readonly verb: string;
  readonly file: string;
  readonly text: string;
}

/** `range` in the text as the edits before this one in the list have left it, which is the text before them all. */
export interface PlacedEdit<Position> {
  readonly file: string;
  readonly range: { readonly start: Position; readonly end: Position };
  readonly newText: string;
}

export type EditPage = Readonly<Record<string, Json>>;

/** `edits` of a file from its end to its begin. `limit` in characters of JSON. */
export function editPages<Position>(
  { texts, edits, notes }: EditPageContent<Position>,
  limit: number,
): readonly EditPage[] {
  const pages: { notes: Json[]; data: Record<string, Json>; edit: Json[]; left: number }[] = [];
  const turn = (left: number) => {
    const page = { notes: [], data: {}, edit: [], left };
    pages.push(page);
    return page;
  };
  let page: (typeof pages)[number] = turn(limit);
  const room = (value: Json) => {
    const size = sizeOf(value) + separator;
    if (size > page.left && page.left < limit) page = turn(limit);
    page.left -= size;
    return page;
  };
  for (const note of notes.flatMap(each => partsOf(each, limit - separator))) room(note).notes.push(note);
  for (const { verb, file, text } of texts) {
    for (const [index, part] of partsOf(text, limit - separator).entries())
      room(part).data[`${index === 0 ? verb : 'append'} ${file}`] = part;
  }
  for (const edit of edits.flatMap(each => editParts(each, limit - separator))) room(edit).edit.push(edit);
  return pages.map(({ notes: told, data, edit }) => ({
    ...(told.length > 0 ? { notes: told } : {}),
    ...data,
    edit,
  }));
}

export interface EditPageContent<Position> {
  readonly texts: readonly NewText[];
  readonly edits: readonly PlacedEdit<Position>[];
  /** For the reader, before all else. */
  readonly notes: readonly string[];
}

/** Of a list's items. */
const separator = 1;

function sizeOf(value: Json): number {
  return JSON.stringify(value).length;
}

/** The last part takes the range; those before it are inserted where it begins, one before the other. */
function editParts<Position>(edit: PlacedEdit<Position>, limit: number): readonly Json[] {
  const { start } = edit.range;
  const frame = sizeOf(asJson({ ...edit, newText: '' }));
  const [last = '', ...earlier] = partsOf(edit.newText, limit - frame).toReversed();
  return [
    asJson({ ...edit, newText: last }),
    ...earlier.map(newText => asJson({ ...edit, range: { start, end: start }, newText })),
  ];
}

function asJson(edit: object): Json {
  return JSON.parse(JSON.stringify(edit));
}

/** At ends of lines, or within a line that is too long by itself. */
function partsOf(text: string, limit: number): readonly string[] {
  if (sizeOf(text) <= limit) return [text];
  const parts: string[] = [];
  let part = '';
  for (const piece of text.split(/(?<=\n)/).flatMap(line => piecesOf(line, limit))) {
    if (part !== '' && sizeOf(part) + sizeOf(piece) - 2 > limit) {
      parts.push(part);
      part = '';
    }
    part += piece;
  }
  return [...parts, part];
}

/** JSON writes a character as six at most. */
function piecesOf(line: string, limit: number): readonly string[] {
  if (sizeOf(line) <= limit) return [line];
  const length = Math.floor((limit - 2) / 6);
  return Array.from({ length: Math.ceil(line.length / length) }, (_, index) =>
    line.slice(index * length, (index + 1) * length),
  );
}
