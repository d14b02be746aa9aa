/** A text statement with its parameters and holes told apart, even where the holes keep it from being sent. */
import type { RawBind, RawExecution, RawHole } from '../raw-sql.ts';
import type { RawSql } from '../statement.ts';
import type { BindElement, TextNode, TextPiece } from '../statements/ir.ts';
import { renderElement } from './render-element.ts';
import { createRendering } from './render-statement.ts';
import { plainFlags, type Rendering } from './rendering.ts';
import { flattened, mapped, noted, type Sql } from './sql.ts';

/** Stands in the place of what is not known: no word of SQL, and no name of anyone's table. */
export const HOLE = 'unknown_fragment';

/** Null where an expression inside of a template cannot be rendered. */
export function renderRaw(node: TextNode, executions: readonly RawExecution[]): RawSql | null {
  const rendering = createRendering();
  const found: Found = { node, binds: [], holes: [] };
  const pieces = node.element.pieces.map(piece =>
    typeof piece === 'string' ? piece : renderPiece(rendering, piece, found),
  );
  if (rendering.unknown !== null) return null;
  // Where things stand is told while it is flattened.
  const form = flattened(mapped(node.at, pieces));
  return { ...node.sender, form, binds: found.binds, holes: found.holes, executions };
}

interface Found {
  readonly node: TextNode;
  readonly binds: RawBind[];
  readonly holes: RawHole[];
}

function renderPiece(rendering: Rendering, piece: Exclude<TextPiece, string>, found: Found): Sql {
  switch (piece.kind) {
    case 'verbatim':
      return mapped(piece.at, piece.text);
    case 'embedded':
      return renderElement(rendering, piece.element, plainFlags);
    case 'bind':
      return noted(renderElement(rendering, piece, plainFlags), range =>
        found.binds.push({ ...bindOf(piece, found.node), ...range }),
      );
    case 'hole':
      return mapped(
        piece.at,
        noted(HOLE, range =>
          found.holes.push({ location: piece.at, source: piece.source, how: piece.how, ...range }),
        ),
      );
  }
}

function bindOf(bind: BindElement, { bound, sender }: TextNode): Omit<RawBind, 'sqlStart' | 'sqlEnd'> {
  return {
    name: bind.name,
    location: bind.at,
    expanding: bind.expanding !== null,
    bound: sender.origin === 'template' || bound.has(bind.name),
    type: bind.type.sql,
  };
}
