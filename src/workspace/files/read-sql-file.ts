/** A file of SQL as statements of the workspace, with the parameters that libraries and psql put values in. */
import type { TextRange } from '../../base/range.ts';
import { readModuleSymbols } from '../../python/modules/modules.ts';
import { readScopes } from '../../python/scopes/scope.ts';
import type { Comment, Module } from '../../python/syntax.ts';
import { bareText } from '../../sql/bare-text.ts';
import {
  beginsWithOtherTool,
  isNamedForOtherDatabase,
  speaksOtherDatabase,
} from '../../sql/other-databases.ts';
import type { SqlParser, SqlToken } from '../../sql/parser.ts';
import { type ScriptStatement, splitScript } from '../../sql/split-script.ts';
import type { SourceFile } from '../../sqlalchemy/project.ts';
import type { RawBind, RawHole } from '../../sqlalchemy/raw-sql.ts';
import { HOLE } from '../../sqlalchemy/render/render-raw.ts';
import type {
  RawSql,
  SourceMapEntry,
  StatementFact,
  StatementParameter,
  Unknown,
} from '../../sqlalchemy/statement.ts';

export interface SqlFile {
  /** As a source without Python. */
  readonly source: SourceFile;
  readonly statements: readonly StatementFact[];
  /** It makes or alters tables: what its statements mean depends on those before them. */
  readonly changesSchema: boolean;
}

export interface SqlFileReader {
  /** Null without a text. The same object for as long as the text is the same. */
  fileOf(path: string, text: string | undefined): SqlFile | null;
}

export function createSqlFileReader(parser: SqlParser): SqlFileReader {
  const kept = new Map<string, SqlFile>();
  return {
    fileOf(path, text) {
      if (text === undefined) return null;
      const known = kept.get(path);
      if (known?.source.text === text) return known;
      const file = readSqlFile(path, text, parser);
      kept.set(path, file);
      return file;
    },
  };
}

function readSqlFile(path: string, text: string, parser: SqlParser): SqlFile {
  if (text.length > longestScript) return largeFile(path, text);
  const source = emptySource(path, text, commentsOf(text, parser));
  const script = splitScript(text, parser);
  const isOthers = script.statements.some(
    each => beginsWithOtherTool(script.text.slice(each.start, each.end)) && !isProcedural(script.text, each),
  );
  const foreign =
    foreignWords(path, text) ??
    (isOthers ? 'The file holds commands of another tool, which PostgreSQL does not have.' : null);
  const statements = script.statements.map(each => statementOf(path, script.text, each, foreign));
  const changesSchema =
    /\b(?:create|alter|drop|rename)\s+(?:\w+\s+){0,3}?(?:table|view|type|schema|column|domain|function|extension|sequence)\b/i.test(
      script.text,
    );
  return { source, statements, changesSchema };
}

/** Characters: what is longer is data. */
const longestScript = 400_000;

function largeFile(path: string, text: string): SqlFile {
  const location = { path, range: { start: 0, end: text.search(/\n|$/) } };
  const unknown: Unknown = { reason: 'too-large', detail: 'The script is too large to be read.', location };
  const statement: StatementFact = { kind: 'text', location, forms: [], unknown, raw: [], returned: false };
  return { source: emptySource(path, text, []), statements: [statement], changesSchema: true };
}

function emptySource(path: string, text: string, comments: readonly Comment[]): SourceFile {
  const module: Module = { start: 0, end: text.length, body: [], comments, errors: [], bodies: 'kept' };
  const scopes = readScopes(module);
  return { path, text, name: '', module, scopes, symbols: readModuleSymbols(module, scopes) };
}

/** `-- …` as Python's comments are: for suppressions. */
function commentsOf(text: string, parser: SqlParser): readonly Comment[] {
  return (parser.scan(text) ?? [])
    .filter(({ name }) => name === 'SQL_COMMENT')
    .map(({ start, end }) => ({ start, end, text: text.slice(start, end) }));
}

/** What speaks EDB's Advanced Server stands in folders that are named after it. */
const advancedServer = /\/(?:ppas|epas)\//;

/** `MODEL (name …);` and its kin, which no statement of SQL begins with. */
const modelHead = /(?:^|;)\s*(?:MODEL|AUDIT|METRIC)\s*\(/;

/** What CREATE EXTENSION puts names in place of: https://www.postgresql.org/docs/current/extend-extensions.html. */
const extensionWords = /@extschema(?::\w+)?@|@extowner@/;

/** Why the file is not PostgreSQL's to judge; null where it may be. */
function foreignWords(path: string, text: string): string | null {
  if (isNamedForOtherDatabase(path) || advancedServer.test(path))
    return 'The file’s name says that it is meant for another database.';
  if (speaksOtherDatabase(text)) return 'The file speaks the SQL of another database.';
  const bare = bareText(text);
  if (modelHead.test(bare)) return 'The file is a model that SQLMesh makes SQL of.';
  if (extensionWords.test(text)) return 'CREATE EXTENSION fills in a part of the script.';
  // Braces in strings are JSON's and those of patterns.
  return /\{[{%#]|<[A-Z][A-Z_]*>|\s<[a-z]+(?:_[a-z]+)+>/.test(text) || /(?:^|[^'"\w])\{\w*\}/.test(bare)
    ? 'The file is a template that is filled in before it is sent.'
    : null;
}

function statementOf(
  path: string,
  text: string,
  statement: ScriptStatement,
  foreign: string | null,
): StatementFact {
  const location = { path, range: { start: statement.start, end: statement.end } };
  const raw = rawOf(path, text, statement);
  const otherLanguage = foreign ?? (isProcedural(text, statement) ? proceduralDetail : null);
  const unknown: Unknown | null =
    otherLanguage !== null
      ? { reason: 'unsupported-construct', detail: otherLanguage, location }
      : raw.holes.length > 0
        ? { reason: 'dynamic-sql', detail: 'psql puts a part of the statement in.', location }
        : null;
  const forms = unknown === null ? [raw.form] : [];
  return {
    kind: 'text',
    location,
    forms,
    unknown,
    raw: otherLanguage === null ? [raw] : [],
    returned: false,
  };
}

const proceduralDetail = 'The statement is PL/pgSQL’s: the script is put in a DO block before it is sent.';

function isProcedural(text: string, { tokens: [first] }: ScriptStatement): boolean {
  return first !== undefined && /^perform$/i.test(text.slice(first.start, first.end));
}

/** Something in the text that stands for a value: `:name`, `%(name)s`, and psql's `:'name'` and `:"name"`. */
interface Placeholder extends TextRange {
  readonly name: string | null;
}

function rawOf(path: string, text: string, { start, end, tokens }: ScriptStatement): RawSql {
  const writer = new FormWriter(path);
  let position = start;
  for (const placeholder of placeholdersIn(text, tokens)) {
    writer.copy(text, position, placeholder.start);
    writer.place(placeholder);
    position = placeholder.end;
  }
  writer.copy(text, position, end);
  return { origin: 'file', driver: null, style: 'named', executions: [], ...writer.written };
}

function placeholdersIn(text: string, tokens: readonly SqlToken[]): readonly Placeholder[] {
  const found: Placeholder[] = [];
  for (const [index, token] of tokens.entries()) {
    const [second, third, fourth] = tokens.slice(index + 1, index + 4);
    const written = text.slice(token.start, token.end);
    if (written === ':' && second && second.start === token.end && text[token.start - 1] !== ':') {
      const isName = /^\w+$/.test(text.slice(second.start, second.end));
      const isPsql = second.name === 'SCONST' || text[second.start] === '"';
      const before = tokens[index - 1];
      const slices = before?.name === 'ICONST' || text[(before?.end ?? 0) - 1] === '[';
      if (isPsql) found.push({ start: token.start, end: second.end, name: null });
      else if (isName && second.name !== 'ICONST' && !slices)
        found.push({ start: token.start, end: second.end, name: text.slice(second.start, second.end) });
    }
    if (written === '%' && second && third && fourth && /^%\(\w+\)s\b/.test(text.slice(token.start)))
      found.push({
        start: token.start,
        end: fourth.end + (text.slice(fourth.start, fourth.end) === ')' ? 1 : 0),
        name: text.slice(third.start, third.end),
      });
  }
  return found;
}

/** Puts a form together while it notes where everything came from. */
class FormWriter {
  readonly #path: string;
  readonly #numbers = new Map<string, number>();
  readonly #parameters: StatementParameter[] = [];
  readonly #map: SourceMapEntry[] = [];
  readonly #binds: RawBind[] = [];
  readonly #holes: RawHole[] = [];
  #sql = '';

  constructor(path: string) {
    this.#path = path;
  }

  copy(text: string, start: number, end: number): void {
    if (end > start) this.#add(text.slice(start, end), { start, end });
  }

  place({ name, ...range }: Placeholder): void {
    const location = { path: this.#path, range };
    const sqlStart = this.#sql.length;
    if (name === null) {
      this.#add(HOLE, range);
      this.#holes.push({ sqlStart, sqlEnd: this.#sql.length, location, source: location, how: 'composed' });
      return;
    }
    const position = this.#numbers.get(name) ?? this.#numbers.size + 1;
    if (!this.#numbers.has(name))
      this.#parameters.push({ position, name, location, type: null, sqlType: null, given: null });
    this.#numbers.set(name, position);
    this.#add(`$${position}`, range);
    this.#binds.push({
      name,
      sqlStart,
      sqlEnd: this.#sql.length,
      location,
      expanding: false,
      bound: true,
      type: null,
    });
  }

  get written(): Pick<RawSql, 'form' | 'binds' | 'holes'> {
    const form = { sql: this.#sql, parameters: this.#parameters, map: this.#map };
    return { form, binds: this.#binds, holes: this.#holes };
  }

  #add(sql: string, range: TextRange): void {
    const sqlStart = this.#sql.length;
    this.#sql += sql;
    this.#map.push({ sqlStart, sqlEnd: this.#sql.length, location: { path: this.#path, range } });
  }
}
