/** `text("… :name …")`: SQLAlchemy's rules for parameters and escapes in text, with every word mapped to its source. */
import type { StringLiteral } from '../../python/syntax.ts';
import type { SourceLocation } from '../model.ts';
import { bind } from './elements.ts';
import type { Evaluation } from './evaluation.ts';
import type { TextElement, TextPiece } from './ir.ts';
import { NULL_TYPE } from './sql-type.ts';

/** A stretch of the text and where it stands in the source; a null location for all that cannot be told apart. */
interface Word {
  readonly text: string;
  readonly at: SourceLocation;
}

/** Null for text with interpolations in it. */
export function readText(
  evaluation: Evaluation,
  source: StringLiteral | string,
  at: SourceLocation,
  whole: SourceLocation = at,
): TextElement | null {
  if (typeof source === 'string')
    return { kind: 'text', pieces: piecesOf([{ text: source, at: whole }]), at };
  if (source.value === null) return null;
  const words: Word[] = [];
  for (const piece of source.pieces) {
    for (const segment of piece.segments) {
      if (segment.kind !== 'text') return null;
      const verbatim = segment.end - segment.start === segment.value.length;
      const place = (start: number, end: number) => ({ path: evaluation.file.path, range: { start, end } });
      words.push({
        text: segment.value,
        at: place(segment.start, verbatim ? segment.start + segment.value.length : segment.end),
      });
    }
  }
  return { kind: 'text', pieces: piecesOf(words), at };
}

/** Parameters first (they may not cross a segment), then words. */
function piecesOf(words: readonly Word[]): readonly TextPiece[] {
  return words.flatMap(word => {
    const pieces: TextPiece[] = [];
    let end = 0;
    for (const match of word.text.matchAll(
      /\\(:[\w$]*)(?![:\w$])|(?<![:\w$\\]):([\w$]+)(?![:\w$])|\S+?(?=[\s:\\]|$)|\s+/g,
    )) {
      const start = match.index;
      if (start > end) pieces.push(verbatim(word, end, start, word.text.slice(end, start)));
      end = start + match[0].length;
      const name = match[2];
      if (name !== undefined)
        pieces.push({ ...bind(name, NULL_TYPE, partOf(word, start, end)), unique: false });
      else pieces.push(verbatim(word, start, end, match[1] ?? match[0]));
    }
    if (end < word.text.length) pieces.push(verbatim(word, end, word.text.length, word.text.slice(end)));
    return pieces;
  });
}

function verbatim(word: Word, start: number, end: number, text: string): TextPiece {
  return text.trim() === '' ? text : { kind: 'verbatim', text, at: partOf(word, start, end) };
}

/** Segments that are escapes have another length in the source than in the text: they are mapped as a whole. */
function partOf({ text, at }: Word, start: number, end: number): SourceLocation {
  if (at.range.end - at.range.start !== text.length) return at;
  return { path: at.path, range: { start: at.range.start + start, end: at.range.start + end } };
}
