/** `values(…).data([…])` and its names. */
import { operandOf } from '../coercion.ts';
import { type Call, constantArgument, flag, unknownAt } from '../evaluation.ts';
import { anonymous } from '../identifiers.ts';
import type { ValuesFrom, ValuesNode } from '../ir.ts';
import { NULL_TYPE } from '../sql-type.ts';
import { unknownSql, type Value } from '../value.ts';

export function valuesData(from: ValuesFrom, call: Call, name: string): Value | null {
  switch (name) {
    case 'data': {
      const given = call.arguments.positional[0];
      if (given?.value.kind !== 'list') {
        return unknownSql(
          unknownAt('dynamic-arguments', 'The rows of VALUES are not known.', given?.at ?? call.at),
        );
      }
      const rows = given.value.elements.map(row =>
        row.value.kind === 'list'
          ? row.value.elements.map((each, index) =>
              operandOf(call.evaluation, each, { name: null, type: from.columns[index]?.type ?? NULL_TYPE }),
            )
          : [],
      );
      return { kind: 'from', from: { ...from, rows: [...from.rows, ...rows] } };
    }
    case 'alias': {
      const alias = constantArgument(call, 0, 'name');
      return {
        kind: 'from',
        from: { ...from, name: typeof alias === 'string' ? alias : anonymous({}, 'anon') },
      };
    }
    case 'cte': {
      const named = constantArgument(call, 0, 'name');
      const statement: ValuesNode = { kind: 'values-statement', from, unknown: null, at: call.at };
      const made = { restates: null, prefixes: [], suffixes: [], aliasOf: null, at: call.at } as const;
      const marks = { recursive: false, nesting: flag(call, 'nesting') };
      const cteName = typeof named === 'string' ? named : anonymous({}, 'anon');
      return { kind: 'from', from: { kind: 'cte', statement, name: cteName, ...marks, ...made } };
    }
    case 'lateral':
      return { kind: 'from', from: { ...from, lateral: true } };
    default:
      return null;
  }
}
