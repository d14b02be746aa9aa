/**
 * Parsing a text that is another one with an edit: the tree of the text before is told of the edit, so that tree-sitter
 * reads again only what the edit can have changed.
 */
import { Edit, type Parser, type Point, type Tree } from 'web-tree-sitter';
import type { TextRange } from '../../base/range.ts';
import type { FlatTree } from './flat-tree.ts';

/** What is kept of a parse for the next one. */
export interface KeptTree {
  /** As it was parsed. */
  readonly text: string;
  readonly tree: Tree;
  readonly flat: FlatTree;
}

/** Where two trees may differ. */
export interface Damage {
  /** In the new text: what lies wholly before or behind it is as it was. */
  readonly range: TextRange;
  /** By how much what lies behind has moved. */
  readonly shift: number;
}

export interface EditedTree {
  readonly tree: Tree;
  readonly damage: Damage;
}

/** Null where there is nothing to gain: the tree must be made anew. The kept tree is of no use afterwards. */
export function parseEdited(parser: Parser, kept: KeptTree, text: string): EditedTree | null {
  const edit = editBetween(kept.text, text);
  kept.tree.edit(
    new Edit({
      startIndex: edit.start,
      oldEndIndex: edit.oldEnd,
      newEndIndex: edit.newEnd,
      startPosition: pointAt(text, edit.start),
      oldEndPosition: pointAt(kept.text, edit.oldEnd),
      newEndPosition: pointAt(text, edit.newEnd),
    }),
  );
  const tree = parser.parse(text, kept.tree);
  if (tree === null) return null;
  // How the parser goes on behind an error depends on where it came from.
  if (tree.rootNode.hasError) {
    tree.delete();
    return null;
  }
  let { start, newEnd: end } = edit;
  for (const { startIndex, endIndex } of kept.tree.getChangedRanges(tree)) {
    start = Math.min(start, startIndex);
    end = Math.max(end, endIndex);
  }
  return { tree, damage: { range: { start, end }, shift: text.length - kept.text.length } };
}

interface TextChange {
  readonly start: number;
  readonly oldEnd: number;
  readonly newEnd: number;
}

/** All between the start and the end that both texts have. */
function editBetween(before: string, after: string): TextChange {
  const shorter = Math.min(before.length, after.length);
  let start = 0;
  while (start < shorter && before.charCodeAt(start) === after.charCodeAt(start)) start++;
  let same = 0;
  const most = shorter - start;
  while (
    same < most &&
    before.charCodeAt(before.length - 1 - same) === after.charCodeAt(after.length - 1 - same)
  )
    same++;
  return { start, oldEnd: before.length - same, newEnd: after.length - same };
}

function pointAt(text: string, offset: number): Point {
  let row = 0;
  let lineStart = 0;
  for (let end = text.indexOf('\n'); end >= 0 && end < offset; end = text.indexOf('\n', end + 1)) {
    row++;
    lineStart = end + 1;
  }
  return { row, column: offset - lineStart };
}
