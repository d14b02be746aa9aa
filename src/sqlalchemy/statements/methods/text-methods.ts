/** Methods of `text(…)`: parameters with types, and the columns that make it a SELECT. */

import { typeOfLiteral } from '../coercion.ts';
import { built, type Call, constantArgument } from '../evaluation.ts';
import { anonymous } from '../identifiers.ts';
import type { Element, FromElement, TextNode, TextPiece } from '../ir.ts';
import { NULL_TYPE, type SqlType } from '../sql-type.ts';
import { typeOfValue } from '../type-values.ts';
import { element } from '../value.ts';
import type { StatementMethod } from './rows-methods.ts';

export const textMethods: Readonly<Record<string, StatementMethod<TextNode>>> = {
  bindparams: (node, call, self) => {
    const types = new Map<string, { readonly type: SqlType; readonly expanding: 'open' | null }>();
    for (const [name, given] of call.arguments.keywords)
      types.set(name, { type: typeOfLiteral(given.value), expanding: null });
    for (const { value } of call.arguments.positional) {
      if (value.kind === 'element' && value.element.kind === 'bind') {
        types.set(value.element.name, {
          type: value.element.type,
          expanding: value.element.expanding === null ? null : 'open',
        });
      }
    }
    const pieces = node.element.pieces.map(piece => typedPiece(piece, types));
    const bound = new Set([...node.bound, ...boundNames(call)]);
    return built(call, { ...node, bound, element: { ...node.element, pieces } }, self);
  },
  params: (node, call, self) => {
    const [given] = call.arguments.positional;
    const names = given?.value.kind === 'dict' ? given.value.entries.map(({ key }) => key.value) : [];
    const keys = names.flatMap(name => (name.kind === 'constant' ? [String(name.value)] : []));
    return built(call, { ...node, bound: new Set([...node.bound, ...boundNames(call), ...keys]) }, self);
  },
  columns: (node, call, self) => {
    const positional = call.arguments.positional.flatMap(({ value }) =>
      value.kind === 'element' && value.element.kind === 'column'
        ? [{ name: value.element.key, type: value.element.type }]
        : [],
    );
    const keywords = [...call.arguments.keywords].map(([name, given]) => ({
      name,
      type: typeOfValue(call.evaluation, given) ?? NULL_TYPE,
    }));
    return built(call, { ...node, columns: [...positional, ...keywords] }, self);
  },
  subquery: subquery(false),
  alias: subquery(false),
  lateral: subquery(true),
  scalar_subquery: (node, call, self) => {
    call.evaluation.recorder?.consumed(self);
    return element(scalarOf(node, call));
  },
  label: (node, call, self) => {
    const name = constantArgument(call, 0, 'name');
    if (typeof name !== 'string') return null;
    call.evaluation.recorder?.consumed(self);
    const labelled = node.columns.length === 0 ? node.element : scalarOf(node, call);
    return element({ kind: 'label', name, element: labelled, at: call.at });
  },
};

/** `text(…).columns(…)` as one value. */
function scalarOf(node: TextNode, call: Call): Element {
  return { kind: 'scalar-select', statement: node, type: node.columns[0]?.type ?? NULL_TYPE, at: call.at };
}

function subquery(lateral: boolean): StatementMethod<TextNode> {
  return (node, call, self) => {
    call.evaluation.recorder?.consumed(self);
    const name = constantArgument(call, 0, 'name');
    const from: FromElement = {
      kind: 'subquery',
      statement: node,
      name: typeof name === 'string' ? name : anonymous({}, 'anon'),
      lateral,
      at: call.at,
    };
    return { kind: 'from', from };
  };
}

/** Named by keyword, or by `bindparam("x", value)`, which may stand for None. */
function boundNames({ arguments: given }: Call): readonly string[] {
  const objects = given.positional.flatMap(({ value, node }) => {
    const isBind = value.kind === 'element' && value.element.kind === 'bind';
    return isBind && node.kind === 'call' && givesValue(node) ? [value.element.name] : [];
  });
  return [...given.keywords.keys(), ...objects];
}

function givesValue({ arguments: given }: Call['node']): boolean {
  const positional = given.filter(each => each.keyword === null);
  return (
    positional.length > 1 || given.some(each => /^(?:value|callable_|required)$/.test(each.keyword?.id ?? ''))
  );
}

function typedPiece(
  piece: TextPiece,
  types: ReadonlyMap<string, { readonly type: SqlType; readonly expanding: 'open' | null }>,
): TextPiece {
  if (typeof piece === 'string' || piece.kind !== 'bind') return piece;
  const given = types.get(piece.name);
  return given === undefined ? piece : { ...piece, type: given.type, expanding: given.expanding };
}
