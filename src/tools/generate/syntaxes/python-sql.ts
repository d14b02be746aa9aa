/**
 * SQL in Python: the first argument of the calls that send it, and strings that are marked as SQL. A grammar sees names
 * and no types, so the names are chosen: `text(` but not `axes.text(`, `cursor.execute(` but `job.execute(` only where
 * its string begins as SQL does.
 */
import type { Grammar, GrammarRule } from './grammar.ts';
import { groups, include, scoped } from './grammar.ts';
import { stringRepository, stringStart } from './python-strings.ts';

/** Of SQLAlchemy: what they take is SQL with `:name` parameters. */
const sqlAlchemyNames = 'text|tstring|sa_text|sql_text|literal_column|DDL|CheckConstraint|Computed';
const sqlAlchemyModules = 'sa|sqlalchemy|sql|db|schema';

/** What connections, cursors and sessions are called. */
const receivers =
  'cur|curs|cursor|con|conn|connection|bind|pool|db|database|session|engine|tx|trans|transaction|postgres|pg';
const methods =
  'execute|executemany|executescript|fetch|fetchrow|fetchval|fetchmany|fetch_all|fetch_one|fetch_val|iterate|prepare|mogrify|copy_expert|execute_fetchall|execute_insert';

/** How SQL begins, and how a sentence does not. */
const beginning = [
  'select\\s',
  'insert\\s+into\\s',
  'update\\s+\\S+\\s+set\\s',
  'delete\\s+from\\s',
  'with\\s+(?:recursive\\s+)?\\w+\\s+as\\s',
  '(?:create|alter|drop)\\s+(?:or\\s+replace\\s+|unique\\s+|temp(?:orary)?\\s+|materialized\\s+)*(?:table|index|view|type|schema|extension|function|trigger|sequence|role|database|policy)\\s',
  'truncate\\s+(?:table\\s)?',
].join('|');

const anyString = `(?:[rRbBuUfFtT]{1,2})?(?:"""|'''|"|')`;

/** Where a rule has begun without a character of its own, none begins once more. */
const regionScope = 'meta.sql-strings.python';

/** What the argument is called where it is passed by name: by SQLAlchemy and Alembic, asyncpg and psycopg, aiosqlite. */
const keyword = '(?:text|sqltext|statement|query|sql)\\s*=(?!=)';

/** Of a string that goes on: the next piece, or a plus sign before one. */
const goesOn = `#|\\(|${stringStart}|\\+\\s*(?:${stringStart}|$)`;

const scopesOfKeyword = groups(
  'variable.parameter.function-call.python',
  'keyword.operator.assignment.python',
);

/**
 * The first argument: a string, or several that Python joins, with comments between, in brackets or not, by its name or
 * not. Ends at whatever else comes.
 */
function firstArgument(style: 'named' | 'any', before: string, ahead: string): GrammarRule {
  return {
    name: regionScope,
    // Only where Python's own rule has just begun its arguments: else each word of a line would be looked back from.
    begin: `\\G(?<=${before})${ahead}`,
    end: `(?=\\S)(?!${goesOn}|${keyword})`,
    patterns: [
      { match: '\\b(text|sqltext|statement|query|sql)\\s*(=)(?!=)', captures: scopesOfKeyword },
      ...include(`#pieces-${style}`),
    ],
  };
}

function pieces(style: 'named' | 'any'): GrammarRule {
  return {
    patterns: [
      ...include(`#strings-${style}`, 'source.python#comments-base', 'source.python#line-continuation'),
      scoped('keyword.operator.arithmetic.python', '\\+'),
      {
        begin: '\\(',
        beginCaptures: { '0': { name: 'punctuation.parenthesis.begin.python' } },
        end: '\\)',
        endCaptures: { '0': { name: 'punctuation.parenthesis.end.python' } },
        patterns: [
          ...include(`#pieces-${style}`),
          // Python again, once something else than a string has come.
          { begin: '(?=[^\\s)])', end: '(?=\\))', patterns: include('source.python#expression') },
        ],
      },
    ],
  };
}

/** The argument may begin on the next line. */
const argumentAhead = `(?=\\s*(?:${keyword}\\s*)?(?:\\(\\s*)*(?:${stringStart}|#|$))`;

const mark = '\\s*language\\s*=\\s*(?i:sql|postgresql)\\b';

/** A string of one line from its beginning to its end. */
const wholeString = '(?:[rRbBuUfFtT]{1,2})?(?:"(?:[^"\\\\\\n]|\\\\.)*"|\'(?:[^\'\\\\\\n]|\\\\.)*\')';

export const pythonSql: Grammar = {
  name: 'SQL in Python',
  scopeName: 'python.sql.injection',
  injectionSelector: `L:source.python -string -comment -${regionScope}`,
  patterns: include(
    '#named-calls',
    '#driver-calls',
    '#other-calls',
    '#keyword-argument',
    '#marked-string',
    '#marked-behind',
    '#marked-line',
  ),
  repository: {
    'named-calls': firstArgument(
      'named',
      // A negative look-behind inside of a look-behind matches where it must not.
      `(?:^|[^\\w.])(?:${sqlAlchemyNames})\\(|\\b(?:${sqlAlchemyModules})\\.(?:${sqlAlchemyNames})\\(|\\b(?:batch_)?op\\.execute\\(`,
      argumentAhead,
    ),
    'driver-calls': firstArgument(
      'any',
      `(?:\\b|_)(?:${receivers})\\.(?:${methods})\\(|\\.exec_driver_sql\\(`,
      argumentAhead,
    ),
    'other-calls': firstArgument(
      'any',
      `\\.(?:${methods})\\(`,
      `(?=\\s*(?:${keyword}\\s*)?(?:\\(\\s*)*${anyString}\\s*(?i:${beginning}))`,
    ),
    // Wherever it stands among the arguments: nothing but SQL is called that.
    'keyword-argument': {
      name: regionScope,
      begin: `\\b(sqltext)\\s*(=)\\s*(?=${stringStart})`,
      beginCaptures: scopesOfKeyword,
      end: `(?=\\S)(?!${goesOn})`,
      patterns: include('#pieces-named'),
    },
    // The last string of a line, with the comment behind it.
    'marked-behind': {
      name: regionScope,
      begin: `(?<!\\w)(?=${wholeString}[\\s)\\],;]*#${mark})`,
      end: '(?!\\G)(?<=["\'])',
      patterns: include('#strings-any'),
    },
    // A line of its own: `"--sql"` is an option of a program.
    'marked-string': {
      name: regionScope,
      begin: `(?<!\\w)(?=${anyString}\\s*--[ \\t]*(?i:sql)[ \\t]*(?:$|[:;]|\\\\[rn]))`,
      end: '(?!\\G)(?<=["\'])',
      patterns: include('#strings-any'),
    },
    // The comment, and the logical line below it. Behind a string it is about that one.
    'marked-line': {
      begin: `(?<!["')\\],;] |["')\\],;]  )(#)${mark}.*\\n`,
      beginCaptures: {
        '0': { name: 'comment.line.number-sign.python' },
        '1': { name: 'punctuation.definition.comment.python' },
      },
      end: '\\n',
      patterns: include('#marked-code'),
    },
    'marked-code': {
      patterns: [
        ...include('#strings-any'),
        {
          begin: '[(\\[]',
          end: '[)\\]]',
          patterns: [
            // Only what comes first is the SQL.
            { begin: ',', end: '(?=[)\\]])', patterns: include('source.python#expression') },
            ...include('#marked-code'),
          ],
        },
        scoped('keyword.control.flow.python', '\\b(?:await|return|yield)\\b'),
        {
          match: '\\b([A-Za-z_]\\w*)(?=\\()',
          captures: groups('meta.function-call.generic.python'),
        },
        ...include(
          'source.python#comments-base',
          'source.python#builtin-types',
          'source.python#assignment-operator',
          'source.python#operator',
          'source.python#punctuation',
        ),
      ],
    },
    'pieces-named': pieces('named'),
    'pieces-any': pieces('any'),
    ...stringRepository,
  },
};
