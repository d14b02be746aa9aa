/** Expressions as SQL: one case a kind. Operators and functions have their own files. */
import { grouped } from '../statements/elements.ts';
import { tableBehind } from '../statements/from-elements.ts';
import type {
  BindElement,
  CaseElement,
  ColumnElement,
  Element,
  LabelElement,
  TextElement,
  TextPiece,
} from '../statements/ir.ts';
import { quoted, stringLiteral } from './quoting.ts';
import {
  renderAggregateOrder,
  renderFilter,
  renderFunction,
  renderOver,
  renderWithinGroup,
} from './render-functions.ts';
import { renderBinary, renderList, renderUnary } from './render-operators.ts';
import { type Flags, give, plainFlags, type Rendering } from './rendering.ts';
import { joined, mapped, type Parameter, type Sql } from './sql.ts';
import { holeInText, notWritten, unknownType, wrapped } from './unknown-expressions.ts';

export function renderElement(rendering: Rendering, element: Element, flags: Flags): Sql {
  return mapped(element.at, renderUnmapped(rendering, element, flags));
}

function renderUnmapped(rendering: Rendering, element: Element, flags: Flags): Sql {
  const inner = { ...flags, columnsClause: false };
  switch (element.kind) {
    case 'column':
      return renderColumn(rendering, element, flags);
    case 'bind':
      return renderBind(rendering, element);
    case 'literal-column':
      return element.pieces === undefined ? element.text : renderPieces(rendering, element.pieces);
    case 'text':
      return renderText(rendering, element);
    case 'constant':
      return element.value;
    case 'binary':
      return renderBinary(rendering, element, inner);
    case 'list':
      return renderList(rendering, element, inner);
    case 'unary':
      return renderUnary(rendering, element, flags);
    case 'as-boolean':
      return [element.negated ? 'NOT ' : '', renderElement(rendering, element.element, inner)];
    case 'group':
      return ['(', renderElement(rendering, element.element, { ...inner, inOperator: false }), ')'];
    case 'label':
      return renderLabel(rendering, element, flags);
    case 'function':
      return renderFunction(rendering, element, inner);
    case 'filter':
      return renderFilter(rendering, element, inner);
    case 'over':
      return renderOver(rendering, element, inner);
    case 'within-group':
      return renderWithinGroup(rendering, element, inner);
    case 'aggregate-order':
      return renderAggregateOrder(rendering, element, inner);
    case 'case':
      return renderCase(rendering, element, inner);
    case 'cast':
      if (element.type.sql === null) return give(rendering, unknownType(element.type.name, element.at));
      return [
        'CAST(',
        renderElement(rendering, element.element, inner),
        ` AS ${element.type.sql.replace(collation, '')})`,
        collation.exec(element.type.sql)?.[0] ?? '',
      ];
    case 'type-coerce':
      return renderElement(rendering, element.element, flags);
    case 'extract':
      return [
        `EXTRACT(${element.field} FROM `,
        renderElement(rendering, element.element, notInOperator(inner)),
        ')',
      ];
    case 'collation':
      return `${element.schema ? `${quoted(element.schema)}.` : ''}${quoted(element.name)}`;
    case 'next-value':
      return `nextval(${stringLiteral(sequenceName(element.schema, element.name))})`;
    case 'written-value': {
      const value = rendering.stack.at(-1)?.written?.get(element.column.key);
      if (value === undefined && rendering.stack.at(-1)?.asFrom.size === 0)
        return give(rendering, notWritten(element.at));
      return renderElement(rendering, value === undefined ? element.column : grouped(value, null), inner);
    }
    case 'field':
      return ['(', renderElement(rendering, element.element, inner), ').', quoted(element.name)];
    case 'tuple':
      return ['(', renderAll(rendering, element.elements, notInOperator(inner)), ')'];
    case 'array':
      if (element.elements.length === 0 && element.type.sql !== null) return `ARRAY[]::${element.type.sql}`;
      return ['ARRAY[', renderAll(rendering, element.elements, notInOperator(inner)), ']'];
    case 'slice':
      return [
        renderElement(rendering, element.start, inner),
        ':',
        renderElement(rendering, element.stop, inner),
      ];
    case 'scalar-select':
      return [
        '(',
        rendering.renderStatement(rendering, element.statement, {
          asFrom: false,
          lateral: false,
          embedded: false,
        }),
        ')',
      ];
    case 'exists':
      return [
        'EXISTS (',
        rendering.renderStatement(rendering, element.statement, {
          asFrom: false,
          lateral: false,
          embedded: false,
        }),
        ')',
      ];
    case 'label-reference':
      return renderLabelReference(rendering, element, flags);
    case 'table-reference':
      return 'name' in element.from && element.from.name !== null
        ? quoted(rendering.names.nameOf(element.from.name))
        : '';
    case 'unknown':
      return give(rendering, element.unknown);
  }
}

/** A CAST has it behind itself. */
const collation = / COLLATE .*$/;

function sequenceName(schema: string | null, name: string): string {
  return schema === null ? quoted(name) : `${quoted(schema)}.${quoted(name)}`;
}

function notInOperator(flags: Flags): Flags {
  return { ...flags, inOperator: false };
}

function renderAll(rendering: Rendering, elements: readonly Element[], flags: Flags): Sql {
  return joined(
    elements.map(each => renderElement(rendering, each, flags)),
    ', ',
  );
}

function renderColumn(rendering: Rendering, column: ColumnElement, flags: Flags): Sql {
  const text = rendering.names.nameOf(column.name);
  const name = column.literal === true ? text : quoted(text);
  const from = column.from;
  if (from === null || !flags.tableNames) return name;
  if (column.undeclared === true) rendering.unlikeDeclared ??= tableBehind(from)?.name ?? null;
  if (from.kind === 'table') {
    const schema = from.schema === null || !flags.schemaNames ? '' : `${quoted(from.schema)}.`;
    return `${schema}${quoted(from.name)}.${name}`;
  }
  if (from.kind === 'function-from' && (from.scalar || column.name === from.name))
    return quoted(rendering.names.nameOf(from.name));
  if (!('name' in from) || from.name === null) return name;
  return `${quoted(rendering.names.nameOf(from.name))}.${name}`;
}

function renderBind(rendering: Rendering, bind: BindElement): Sql {
  if (bind.type.wraps?.binds) return give(rendering, wrapped(bind.type.name, bind.at));
  if (bind.expanding === null) return parameterOf(rendering, bind);
  if (bind.expanding === 'open') return ['(', parameterOf(rendering, bind), ')'];
  if (bind.expanding === 0) return '(NULL) AND (1 != 1)';
  const base = rendering.names.nameOf({ pieces: [{ identity: bind, seed: bind.name }] });
  const parts = Array.from({ length: bind.expanding }, (_, index) => {
    const name = `${base}_${index + 1}`;
    return keptParameter(rendering, bind, name, name);
  });
  return ['(', joined(parts, ', '), ')'];
}

function parameter(value: Parameter): Sql {
  return { kind: 'parameter', parameter: value };
}

function parameterOf(rendering: Rendering, bind: BindElement): Sql {
  if (!bind.unique) return keptParameter(rendering, bind, bind.name, bind.name);
  const name = rendering.names.nameOf({ pieces: [{ identity: bind, seed: bind.name }] });
  return keptParameter(rendering, bind, bind, name);
}

/** A value that stands in several places is one parameter: PostgreSQL compares what is grouped by its number. */
function keptParameter(
  rendering: Rendering,
  bind: BindElement,
  key: BindElement | string,
  name: string,
): Sql {
  const known = rendering.parameters.get(key);
  if (known !== undefined) return parameter(known);
  const made = {
    name,
    location: bind.at,
    type: bind.type.name,
    sqlType: bind.type.sql,
    // A list is sent element by element.
    given: bind.expanding === null ? (bind.given ?? null) : null,
  };
  rendering.parameters.set(key, made);
  return parameter(made);
}

export function renderText(rendering: Rendering, text: TextElement): Sql {
  return renderPieces(rendering, text.pieces);
}

function renderPieces(rendering: Rendering, pieces: readonly TextPiece[]): Sql {
  return pieces.map(piece => (typeof piece === 'string' ? piece : renderPiece(rendering, piece)));
}

function renderPiece(rendering: Rendering, piece: Exclude<TextPiece, string>): Sql {
  switch (piece.kind) {
    case 'verbatim':
      return mapped(piece.at, piece.text);
    case 'hole':
      return give(rendering, holeInText(piece.at));
    case 'embedded':
      return renderElement(rendering, piece.element, plainFlags);
    case 'bind':
      return renderElement(rendering, piece, plainFlags);
  }
}

function renderLabel(rendering: Rendering, label: LabelElement, flags: Flags): Sql {
  if (flags.labelAsName === label) return quoted(rendering.names.nameOf(label.name));
  if (!flags.columnsClause) return renderElement(rendering, label.element, flags);
  const name = quoted(rendering.names.nameOf(label.name));
  return [renderElement(rendering, label.element, { ...flags, columnsClause: false }), ' AS ', name];
}

function renderCase(rendering: Rendering, element: CaseElement, flags: Flags): Sql {
  const inner = notInOperator(flags);
  const render = (each: Element) => renderElement(rendering, each, inner);
  return [
    'CASE',
    element.value === null ? '' : [' ', render(element.value)],
    element.whens.map(each => [' WHEN ', render(each.when), ' THEN ', render(each.result)]),
    element.otherwise === null ? '' : [' ELSE ', render(element.otherwise)],
    ' END',
  ];
}

function knowsAllColumns(rendering: Rendering): boolean {
  return [...(rendering.stack.at(-1)?.asFrom ?? [])].every(from => from.kind !== 'table' || from.complete);
}

function renderLabelReference(
  rendering: Rendering,
  element: Extract<Element, { kind: 'label-reference' }>,
  flags: Flags,
): Sql {
  const target = rendering.stack.at(-1)?.names.all.get(element.name);
  const suffix = element.direction === null ? '' : ` ${element.direction}`;
  if (target === undefined) {
    // SQLAlchemy refuses it. PostgreSQL says best what a plain name might have meant.
    if (/^\w+$/.test(element.name) && knowsAllColumns(rendering))
      return mapped(element.at, [quoted(element.name), suffix]);
    return give(rendering, {
      reason: 'dynamic-sql',
      detail: `“${element.name}” names no label or column of this statement.`,
      location: element.at,
    });
  }
  return [renderElement(rendering, target, { ...flags, labelAsName: target }), suffix];
}
