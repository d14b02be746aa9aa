/** What the renderers of one statement share. The two entries for elements and statements keep their files free of cycles. */
import type { Unknown } from '../statement.ts';
import type {
  BindElement,
  CteFrom,
  Element,
  FromElement,
  Identifier,
  LoaderCriterion,
  StatementNode,
} from '../statements/ir.ts';
import type { AnonymousNames } from './anonymous-names.ts';
import type { Parameter, Sql } from './sql.ts';

export interface Rendering {
  readonly names: AnonymousNames;
  /** By bind, or by name for `bindparam("x")`. */
  readonly parameters: Map<BindElement | string, Parameter>;
  /** What the statements around say about classes, wherever they are read. */
  criteria: readonly LoaderCriterion[];
  /** Enclosing statements, innermost last. */
  readonly stack: Frame[];
  /** CTEs whose text is ready and not printed yet, in the order in which they print. */
  readonly ctes: Map<CteFrom, Sql>;
  /** Where each CTE prints, by the CTE that it restates or itself. */
  readonly placedCtes: Map<CteFrom, PlacedCte>;
  /** Set by the first thing that cannot be rendered. */
  unknown: Unknown | null;
  /** Set by a table that stands in the code as it was once. */
  unlikeDeclared: string | null;
  /** Set by a mapped class that may have more columns than it lists. */
  mayListMore: Unknown | null;
  /** Statements left before the whole is given up as too large. */
  fuel: number;
  readonly renderElement: (rendering: Rendering, element: Element, flags: Flags) => Sql;
  readonly renderStatement: (rendering: Rendering, statement: StatementNode, place: Place) => Sql;
}

export interface PlacedCte {
  readonly cte: CteFrom;
  /** Number of enclosing statements of the one that prints it, itself included. */
  readonly level: number;
  /** False where it prints in front of the outermost statement. */
  readonly nested: boolean;
}

/** How an expression is printed where it stands. */
export interface Flags {
  /** Labels print `AS name`. */
  readonly columnsClause: boolean;
  /** Columns print their table. */
  readonly tableNames: boolean;
  /** Inside another operator, where some operators put parentheses around themselves. */
  readonly inOperator: boolean;
  /** Labels that print as their name alone. */
  readonly labelAsName: Element | null;
  readonly schemaNames: boolean;
}

export const plainFlags: Flags = {
  columnsClause: false,
  tableNames: true,
  inOperator: false,
  labelAsName: null,
  schemaNames: true,
};

/** Where a statement stands inside another. */
export interface Place {
  readonly asFrom: boolean;
  readonly lateral: boolean;
  /** Part of UNION and the like, or the source of an INSERT: its CTEs belong to the whole. */
  readonly embedded: boolean;
}

export const topPlace: Place = { asFrom: false, lateral: false, embedded: false };

/** What an enclosing statement offers to those inside it. */
export interface Frame {
  readonly correlatable: ReadonlySet<FromElement>;
  readonly asFrom: ReadonlySet<FromElement>;
  /** Labels and columns by name, for ORDER BY and GROUP BY. */
  readonly names: NameResolution;
  /** What UPDATE or INSERT writes, by the key of the column. */
  readonly written?: ReadonlyMap<string, Element>;
  /** FROM elements that print ONLY before them. */
  readonly only?: ReadonlySet<FromElement>;
}

export interface NameResolution {
  /** Selected columns, then those of the FROM elements. */
  readonly all: ReadonlyMap<string, Element>;
  readonly selected: ReadonlyMap<string, Element>;
  /** Names that get their number later, of labels in the SELECT list. */
  readonly anonymous?: ReadonlySet<Identifier>;
  readonly froms: ReadonlyMap<string, Element>;
}

export const noNames: NameResolution = { all: new Map(), selected: new Map(), froms: new Map() };

export function give(rendering: Rendering, unknown: Unknown): Sql {
  rendering.unknown ??= unknown;
  return '';
}
