/**
 * Types that the shadow does not know (an extension's, or one made by hand) get a stand-in, so that their tables exist.
 * A stand-in can be stored, selected, ordered and compared with anything, so that the rest of a statement is judged; it has
 * no other operators and no functions, and accepts any modifier. A verdict that mentions one is worth nothing.
 */

import { literalPattern } from '../../base/literal-pattern.ts';
import type { TableName } from '../../schema/ddl.ts';
import { quoteIdentifier, quoteQualified } from '../../schema/identifier.ts';

/**
 * The functions are PostgreSQL's own text functions under other names. `array_ndims` serves as the reader of modifiers
 * since it takes any list, such as `(POINT,4326)`, and always answers 1.
 */
export function standInStatements(type: TableName): string[] {
  const name = quoteQualified(type.schema, type.name);
  const helper = (suffix: string) => quoteQualified(type.schema, `${type.name}${suffix}`.slice(-60));
  const [input, output, modifier] = [
    helper(' stands in'),
    helper(' stands out'),
    helper(' stand-in modifier'),
  ];
  const internal = 'LANGUAGE internal IMMUTABLE STRICT';
  const compare = helper(' stand-in comparison');
  const order = helper(' stand-in order');
  // JSON is not among those on the left: PostgreSQL's refusal to compare it with a text of no type is to stand.
  const pairs = [[name, name], [name, 'anyelement'], ...comparedOnTheLeft.map(left => [left, name])];
  return [
    `CREATE TYPE ${name}`,
    `CREATE FUNCTION ${input}(cstring) RETURNS ${name} AS 'textin' ${internal}`,
    `CREATE FUNCTION ${output}(${name}) RETURNS cstring AS 'textout' ${internal}`,
    `CREATE FUNCTION ${modifier}(cstring[]) RETURNS integer AS 'array_ndims' ${internal}`,
    `CREATE TYPE ${name} (INPUT = ${input}, OUTPUT = ${output}, TYPMOD_IN = ${modifier}, LIKE = text)`,
    ...pairs.flatMap(([left, right]) => [
      `CREATE FUNCTION ${compare}(${left}, ${right}) RETURNS boolean LANGUAGE sql AS 'SELECT NULL::boolean'`,
      ...comparisons.map(
        operator =>
          `CREATE OPERATOR ${operator} (LEFTARG = ${left}, RIGHTARG = ${right}, FUNCTION = ${compare})`,
      ),
    ]),
    `CREATE FUNCTION ${order}(${name}, ${name}) RETURNS integer LANGUAGE sql IMMUTABLE AS 'SELECT 0'`,
    `CREATE OPERATOR CLASS ${helper(' stand-in class')} DEFAULT FOR TYPE ${name} USING btree AS
      OPERATOR 1 <, OPERATOR 2 <=, OPERATOR 3 =, OPERATOR 4 >=, OPERATOR 5 >, FUNCTION 1 ${order}(${name}, ${name})`,
    ...assigned.map(from => `CREATE CAST (${from} AS ${name}) WITH INOUT AS ASSIGNMENT`),
  ];
}

const comparisons = ['=', '<>', '<', '<=', '>', '>='];

const comparedOnTheLeft =
  'smallint,integer,bigint,numeric,double precision,text,uuid,boolean,date,timestamp,timestamptz'.split(',');

const assigned = [...comparedOnTheLeft, 'real', 'varchar', 'bytea', 'json', 'jsonb', 'interval', 'text[]'];

/** The type's name as it stands at an offset of a DDL statement: `vector`, `gis.geometry`, `"Mood"`. */
export function readTypeName(sql: string, offset: number): TableName | null {
  const word = /\s*(?:"((?:[^"]|"")+)"|([\p{L}_][\p{L}\p{N}_$]*))/uy;
  const dot = /\s*\./y;
  const names: string[] = [];
  let position = offset;
  for (;;) {
    word.lastIndex = position;
    const match = word.exec(sql);
    if (!match) break;
    names.push(match[1]?.replaceAll('""', '"') ?? match[2]?.toLowerCase() ?? '');
    dot.lastIndex = word.lastIndex;
    if (!dot.test(sql)) break;
    position = dot.lastIndex;
  }
  const name = names.at(-1);
  return name === undefined ? null : { schema: names.at(-2) ?? null, name };
}

/** Whether PostgreSQL's message names the type, quoted or not, alone or as an array or with its schema. */
export function mentionsType(message: string, type: TableName): boolean {
  const forms = [type.name, quoteIdentifier(type.name)].map(literalPattern);
  return new RegExp(`(?<![\\p{L}\\p{N}_])(?:${forms.join('|')})(?![\\p{L}\\p{N}_])`, 'u').test(message);
}
