/** The renderer's front door: a statement as PostgreSQL text with numbered parameters and a source map. */
import type { RenderedStatement, Unknown } from '../statement.ts';
import type { StatementNode, TextNode } from '../statements/ir.ts';
import { createAnonymousNames } from './anonymous-names.ts';
import { renderCte, renderCteClause } from './render-cte.ts';
import { renderDelete, renderInsert, renderUpdate } from './render-data-changes.ts';
import { renderElement, renderText } from './render-element.ts';
import { renderValues } from './render-from.ts';
import { renderCompound, renderSelect } from './render-select.ts';
import { give, noNames, type Place, type Rendering, topPlace } from './rendering.ts';
import { withTargetCriterion } from './single-table-criteria.ts';
import { flattened, mapped, type Sql } from './sql.ts';

export type Rendered =
  | { readonly statement: RenderedStatement; readonly unknown: null }
  | { readonly statement: null; readonly unknown: Unknown };

/** Statements inside one statement, and characters of SQL, beyond which it is given up. */
const STATEMENT_LIMIT = 300;
const LENGTH_LIMIT = 200_000;

export function createRendering(): Rendering {
  return {
    names: createAnonymousNames(),
    parameters: new Map(),
    stack: [],
    ctes: new Map(),
    placedCtes: new Map(),
    criteria: [],
    unknown: null,
    unlikeDeclared: null,
    mayListMore: null,
    fuel: STATEMENT_LIMIT,
    renderElement,
    renderStatement: renderNode,
  };
}

export function renderStatement(node: StatementNode): Rendered {
  const rendering = createRendering();
  const sql = renderNode(rendering, node, topPlace);
  if (rendering.unknown !== null) return { statement: null, unknown: rendering.unknown };
  const statement = flattened(sql);
  if (statement.sql.length > LENGTH_LIMIT) return { statement: null, unknown: tooLarge(node) };
  const { unlikeDeclared, mayListMore } = rendering;
  return {
    statement: {
      ...statement,
      ...(unlikeDeclared === null ? {} : { unlikeDeclared }),
      ...(mayListMore === null ? {} : { mayListMore }),
    },
    unknown: null,
  };
}

function tooLarge(node: StatementNode): Unknown {
  return { reason: 'too-large', detail: 'This statement is too large to be rendered.', location: node.at };
}

function renderTextStatement(rendering: Rendering, node: TextNode): Sql {
  rendering.stack.push({ asFrom: new Set(), correlatable: new Set(), names: noNames });
  for (const added of node.addedCtes ?? []) renderCte(rendering, added.cte, added.nested);
  const text = renderText(rendering, node.element);
  const ctes = renderCteClause(rendering);
  rendering.stack.pop();
  return [ctes, mapped(node.at, text)];
}

function renderNode(rendering: Rendering, node: StatementNode, place: Place): Sql {
  rendering.fuel -= 1;
  if (rendering.fuel < 0) return give(rendering, tooLarge(node));
  if (node.unknown !== null) return give(rendering, node.unknown);
  switch (node.kind) {
    case 'select':
      return renderSelect(rendering, node, place);
    case 'compound':
      return renderCompound(rendering, node, place);
    case 'insert':
      return renderInsert(rendering, node);
    case 'update':
      return renderUpdate(rendering, withTargetCriterion(node));
    case 'delete':
      return renderDelete(rendering, withTargetCriterion(node));
    case 'text-statement':
      return renderTextStatement(rendering, node);
    case 'values-statement':
      return mapped(node.at, renderValues(rendering, node.from));
  }
}
