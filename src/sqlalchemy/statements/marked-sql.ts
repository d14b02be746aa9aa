/** Strings that say themselves that they are SQL: `# language=sql` above or behind one, or `-- sql` as its first words. */
import type { TextRange } from '../../base/range.ts';
import type { StringLiteral } from '../../python/syntax.ts';
import { walk } from '../../python/walk.ts';
import type { SourceFile } from '../project.ts';
import type { ParameterStyle } from '../raw-sql.ts';
import { renderRaw } from '../render/render-raw.ts';
import type { StatementFact, Unknown } from '../statement.ts';
import type { Recorder } from './recorder.ts';
import { readText } from './text-binds.ts';
import { partsOf } from './text-parts.ts';
import { PYTHON, type TextPart } from './value.ts';

const mention = /#\s*language\s*=\s*(?:sql|postgresql)\b|["']\s*--\s*sql\b/i;
const comment = /^#\s*language\s*=\s*(?:sql|postgresql)\b/i;
/** A line of its own: `-- SQL with quotes` is a comment of something else, and `"--sql"` an option of a program. */
const opening = /^\s*--[ \t]*sql[ \t]*(?:$|[:;\r\n])/i;

/** Those that no call is known to send: `known` are the statements that were read already. */
export function markedFacts(
  file: SourceFile,
  recorder: Recorder,
  known: Iterable<StatementFact>,
): readonly StatementFact[] {
  if (!mention.test(file.text)) return [];
  const read = [...known].flatMap(({ raw }) =>
    raw.flatMap(({ form }) => form.map.map(each => each.location)),
  );
  const places = file.module.comments.filter(({ text }) => comment.test(text));
  return [...walk(file.module)].flatMap(node => {
    if (node.kind !== 'string' || !isMarked(node, file, places)) return [];
    const isRead = read.some(
      ({ path, range }) => path === file.path && node.start < range.start && range.end < node.end,
    );
    return isRead ? [] : [factOf(node, file, recorder)];
  });
}

function isMarked(node: StringLiteral, { text }: SourceFile, comments: readonly TextRange[]): boolean {
  const [first, ...others] = node.pieces.flatMap(({ segments }) => segments);
  if (first?.kind === 'text' && opening.test(first.value))
    return others.length > 0 || /[\r\n]/.test(first.value);
  return comments.some(({ start, end }) =>
    isBehindString(text, start)
      ? node.end <= start && behind.test(text.slice(node.end, start))
      : end < node.start && isNext(text.slice(end, node.start)),
  );
}

/** What may stand between a string and the comment that is about it. */
const behind = /^[ \t)\],;]*$/;

/** Such a comment says nothing of the line below. */
function isBehindString(text: string, comment: number): boolean {
  const line = text.slice(text.lastIndexOf('\n', comment - 1) + 1, comment);
  return /["'][ \t)\],;]*$/.test(line);
}

function isNext(between: string): boolean {
  return /^[^\n]*\n?[^\n"']*$/.test(between) && !/[;{}]/.test(between);
}

function factOf(node: StringLiteral, file: SourceFile, recorder: Recorder): StatementFact {
  const location = { path: file.path, range: { start: node.start, end: node.end } };
  const value = recorder.values.get(node);
  const parts = (value && partsOf(value, location)) ?? literalParts(node, file.path);
  const style = styleOf(parts.map(part => (part.kind === 'text' ? part.text : '')).join(''));
  const element = readText(parts, location, style);
  const raw = renderRaw(
    {
      kind: 'text-statement',
      element,
      sender: { origin: 'marked', driver: null, style },
      bound: new Set(),
      columns: [],
      unknown: null,
      at: location,
    },
    [],
  );
  const isOpen = raw === null || raw.holes.length > 0;
  const detail = 'A part of the SQL text is put together while the program runs.';
  const unknown: Unknown | null = isOpen ? { reason: 'dynamic-sql', detail, location } : null;
  const forms = raw && !isOpen ? [raw.form] : [];
  return { kind: 'text', location, forms, unknown, raw: raw ? [raw] : [], returned: false };
}

/** Of code that nothing was evaluated of. */
function literalParts(node: StringLiteral, path: string): readonly TextPart[] {
  return node.pieces.flatMap(piece =>
    piece.segments.map((segment): TextPart => {
      const at = { path, range: { start: segment.start, end: segment.end } };
      if (segment.kind === 'text') return { kind: 'text', text: segment.value, at };
      return { kind: 'hole', at, source: at, how: 'f-string', value: PYTHON };
    }),
  );
}

function styleOf(text: string): ParameterStyle {
  if (/%\(\w+\)s|%s/.test(text)) return 'pyformat';
  return /\$\d/.test(text) ? 'numeric' : 'named';
}
