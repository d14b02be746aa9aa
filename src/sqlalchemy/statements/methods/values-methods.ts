/** `values(…).data([…])` and its names. */
import { operandOf } from '../coercion.ts';
import { type Call, constantArgument, unknownAt } from '../evaluation.ts';
import { anonymous } from '../identifiers.ts';
import type { ValuesFrom } from '../ir.ts';
import { NULL_TYPE } from '../sql-type.ts';
import { unknownSql, type Value } from '../value.ts';
import { namedCte } from './rows-methods.ts';

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
    case 'cte':
      return namedCte({ kind: 'values-statement', from, unknown: null, at: call.at }, call);
    case 'lateral':
      return { kind: 'from', from: { ...from, lateral: true } };
    default:
      return null;
  }
}
