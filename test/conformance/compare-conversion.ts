/** Holds what a project means before its conversion against what it means after it. */
import type { SqlParser } from '../../src/sql/parser.ts';

type Row = Readonly<Record<string, unknown>>;

interface Place {
  readonly line: number;
  readonly source: string;
  readonly sql: string | null;
  readonly reason: string | null;
}

export interface ProjectMeaning {
  readonly version: string;
  readonly problems: readonly string[];
  readonly mappers: readonly (Row & {
    readonly name: string;
    readonly columns: readonly (Row & { readonly attribute: string })[];
    readonly relationships: readonly (Row & { readonly attribute: string })[];
  })[];
  readonly tables: readonly (Row & { readonly name: string; readonly schema: string | null })[];
  readonly files: readonly {
    readonly path: string;
    readonly problem: string | null;
    readonly places: readonly Place[];
  }[];
  /** What the product reads, by file and line. */
  readonly read: readonly {
    readonly file: string;
    readonly line: number;
    readonly endLine: number;
    readonly sql: string | null;
  }[];
}

export interface Share {
  equal: number;
  total: number;
}

export interface ConversionComparison {
  /** Files that compiled before, and do not after. */
  readonly broken: number;
  readonly models: Share;
  readonly attributes: Share;
  readonly places: Share & { bySqlAlchemy: number; unjudged: number };
  readonly differences: readonly string[];
}

export function compareConversion(
  before: ProjectMeaning,
  after: ProjectMeaning,
  parser: SqlParser,
): ConversionComparison {
  const differences: string[] = [];
  const compared = {
    broken: 0,
    models: { equal: 0, total: 0 },
    attributes: { equal: 0, total: 0 },
    places: { equal: 0, total: 0, bySqlAlchemy: 0, unjudged: 0 },
    differences,
  };
  const tell = (where: string, one: unknown, other: unknown): void => {
    const [first, second] = [told(one, other), told(other, one)];
    differences.push(`${where}\n  before: ${first}\n  after:  ${second}`);
  };
  const count = (share: Share, where: string, one: unknown, other: unknown): void => {
    share.total += 1;
    if (JSON.stringify(one) === JSON.stringify(other)) share.equal += 1;
    else tell(where, one, other);
  };
  const newProblems = after.problems.filter(problem => !before.problems.includes(problem));
  for (const problem of newProblems) differences.push(`new problem: ${problem}`);

  for (const { columns, relationships, ...mapper } of before.mappers) {
    const other = after.mappers.find(({ name }) => name === mapper.name);
    const { columns: otherColumns = [], relationships: otherRelationships = [], ...rest } = other ?? {};
    count(compared.models, mapper.name, mapper, rest);
    for (const [own, others] of [
      [columns, otherColumns],
      [relationships, otherRelationships],
    ] as const) {
      for (const each of own) {
        const same = others.find(({ attribute }) => attribute === each.attribute);
        count(compared.attributes, `${mapper.name}.${each.attribute}`, each, same);
      }
      for (const each of others.filter(({ attribute }) => !own.some(one => one.attribute === attribute)))
        count(compared.attributes, `${mapper.name}.${each.attribute}`, null, each);
    }
  }
  for (const table of before.tables) {
    const other = after.tables.find(({ name, schema }) => name === table.name && schema === table.schema);
    if (JSON.stringify(table) !== JSON.stringify(other)) tell(`table ${table.name}`, table, other);
  }

  for (const file of before.files) {
    const other = after.files.find(({ path }) => path === file.path);
    if (file.problem === null && other?.problem !== null) {
      compared.broken += 1;
      differences.push(`${file.path} does not compile: ${other?.problem}`);
    }
    if (!other) continue;
    if (other.places.length !== file.places.length) {
      compared.places.total += 1;
      tell(`${file.path}: number of places`, file.places.length, other.places.length);
      continue;
    }
    for (const [index, place] of file.places.entries()) {
      const changed = other.places[index];
      if (changed === undefined || changed.source === place.source) continue;
      judgePlace(file.path, place, changed);
    }
  }
  return compared;

  function judgePlace(path: string, one: Place, other: Place): void {
    const { places } = compared;
    places.total += 1;
    const where = `${path}:${one.line}\n  ${one.source}\n  ${other.source}`;
    if (one.sql !== null || other.sql !== null) {
      if (one.sql !== null && other.sql !== null && isSame(one.sql, other.sql)) {
        places.equal += 1;
        places.bySqlAlchemy += 1;
      } else tell(where, one.sql ?? one.reason, other.sql ?? other.reason);
      return;
    }
    const [read, readAfter] = [readAt(before, path, one.line), readAt(after, path, other.line)];
    // What these methods make of a statement the product does not read.
    const isRead = !/\.(?:delete|update|get)\(/.test(one.source) && !(read?.includes('OUTER JOIN') ?? false);
    if (read === null || readAfter === null || !isRead) {
      places.unjudged += 1;
      differences.push(`not judged: ${where}\n  ${one.reason}\n  ${other.reason}`);
    } else if (isSame(ended(read, one), readAfter)) places.equal += 1;
    else tell(where, read, readAfter);
  }

  function isSame(one: string, other: string): boolean {
    const [first, second] = [one, other].map(text => fingerprint(text));
    return first !== null && first === second;
  }

  /** Parameters as PostgreSQL has them. */
  function fingerprint(text: string): string | null {
    const numbered = text
      .replaceAll(/%\(\w+\)s/g, '$$1')
      .replaceAll(/\(__\[POSTCOMPILE_\w+\]\)/g, '($$1)')
      .replaceAll('%%', '%');
    return parser.fingerprint(numbered);
  }
}

function readAt({ read }: ProjectMeaning, path: string, line: number): string | null {
  return read.find(each => each.file === path && each.line <= line && line <= each.endLine)?.sql ?? null;
}

/** What the method at the end of a legacy query adds to its statement; those of a result add nothing. */
export function ended(sql: string, { source }: Pick<Place, 'source'>): string {
  if (/\.(?:execute|scalars)\(/.test(source)) return sql;
  if (/\.first\(\)/.test(source)) return `${sql}\nLIMIT $1`;
  return /\.count\(\)$/.test(source) ? `SELECT count(*) AS count_1 FROM (${sql}) AS anon_1` : sql;
}

/** What differs of a row; anything else whole. */
function told(one: unknown, other: unknown): string {
  if (!isRow(one) || !isRow(other)) return JSON.stringify(one) ?? 'nothing';
  const own = Object.entries(one).filter(
    ([key, value]) => JSON.stringify(value) !== JSON.stringify(other[key]),
  );
  return JSON.stringify(Object.fromEntries(own));
}

function isRow(value: unknown): value is Row {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
