/** Whether an error may come from what the shadow database lacks rather than from the statement. Pure. */
import type { TableName } from '../../schema/ddl.ts';
import type { ErrorVerdict, UnavailableVerdict } from '../verdict.ts';
import { isKnownExtension, unavailableOwner } from './extensions.ts';
import { mentionsType } from './stand-in.ts';

/** What the schema has and the shadow does not. */
export interface SchemaGaps {
  readonly standIns: readonly TableName[];
  readonly unknownExtensions: readonly string[];
  readonly missingTables: readonly TableName[];
  /** A table stands without its keys: what follows from keys is not known. */
  readonly lacksKeys: boolean;
}

/** The reason not to believe the error, or null where the error stands. */
export function doubtAbout(verdict: ErrorVerdict, gaps: SchemaGaps): UnavailableVerdict | null {
  const text = [verdict.message, verdict.detail, verdict.hint].join('\n');
  const type = gaps.standIns.find(candidate => mentionsType(text, candidate));
  if (type) return unavailable(`The type ${type.name} is not known to the built-in PostgreSQL.`);
  switch (verdict.sqlstate) {
    case '42803':
    case '42P10':
      return gaps.lacksKeys ? unavailable('Not all keys could be built from what was read.') : null;
    case '42883':
      return doubtAboutFunction(verdict.message, gaps);
    case '42P01': {
      const table = gaps.missingTables.find(({ name }) => mentionsRelation(verdict.message, name));
      return table ? unavailable(`The table ${table.name} could not be built from what was read.`) : null;
    }
    case '42809':
      // `= ANY (column)`, where the column's type is a stand-in for a list.
      return gaps.standIns.length > 0 && verdict.message.includes('requires array')
        ? unavailable('Whether the right side is an array is not known.')
        : null;
    case '42704': {
      const owner = unavailableOwner('types', typeName(verdict.message) ?? '');
      if (owner) return unavailable(`The extension ${owner} is not built in.`);
      // Collations depend on the operating system of the server.
      return verdict.message.startsWith('collation ') ? unavailable(`The ${verdict.message} here.`) : null;
    }
    default:
      // Classes 53, 54, 57, 58 and XX: a limit or a fault of this database, not of the statement.
      return /^(?:53|54|57|58|XX)/.test(verdict.sqlstate)
        ? unavailable(`The built-in PostgreSQL could not judge it: ${verdict.message}.`)
        : null;
  }
}

/** `similarity` of `function similarity(text, text) does not exist`; null for operators. */
export function functionName(message: string): string | null {
  const name = /^(?:function|procedure|aggregate) (?:[^(]*\.)?([^.(]+)\(/.exec(message)?.[1];
  return name?.replace(/^"(.*)"$/s, '$1') ?? null;
}

/** `geometry` of `type "geometry[]" does not exist`. */
export function typeName(message: string): string | null {
  return /^type "(?:[^"]*\.)?([^".[]+)(?:\[\])*"/.exec(message)?.[1] ?? null;
}

/** `shop.orders` of `relation "shop.orders" does not exist`. */
export function relationName(message: string): string | null {
  return /^relation "(.*)" does not exist$/s.exec(message)?.[1] ?? null;
}

function doubtAboutFunction(message: string, gaps: SchemaGaps): UnavailableVerdict | null {
  const name = functionName(message);
  if (name === null) return null;
  const owner = unavailableOwner('functions', name);
  if (owner)
    return unavailable(`The function ${name} belongs to the extension ${owner}, which is not built in.`);
  const unknown = gaps.unknownExtensions.find(extension => !isKnownExtension(extension));
  return unknown
    ? unavailable(`The function ${name} may belong to the extension ${unknown}, which is not built in.`)
    : null;
}

function mentionsRelation(message: string, table: string): boolean {
  const name = relationName(message);
  return name === table || name?.endsWith(`.${table}`) === true;
}

function unavailable(reason: string): UnavailableVerdict {
  return { kind: 'unavailable', reason };
}
