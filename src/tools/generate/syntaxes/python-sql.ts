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

/** The first argument: a string, or several that Python joins, with comments between. Ends at whatever else comes. */
function firstArgument(style: 'named' | 'any', before: string, ahead: string): GrammarRule {
  return {
    name: regionScope,
    // Only where Python's own rule has just begun its arguments: else each word of a line would be looked back from.
    begin: `\\G(?<=${before})${ahead}`,
    end: `(?=\\S)(?!#|${stringStart})`,
    patterns: include(`#strings-${style}`, 'source.python#comments-base', 'source.python#line-continuation'),
  };
}

/** The argument may begin on the next line. */
const argumentAhead = `(?=\\s*(?:${stringStart}|#|$))`;

const mark = '\\s*language\\s*=\\s*(?i:sql|postgresql)\\b';

export const pythonSql: Grammar = {
  name: 'SQL in Python',
  scopeName: 'python.sql.injection',
  injectionSelector: `L:source.python -string -comment -${regionScope}`,
  patterns: include('#named-calls', '#driver-calls', '#other-calls', '#marked-string', '#marked-line'),
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
    'other-calls': firstArgument('any', `\\.(?:${methods})\\(`, `(?=\\s*${anyString}\\s*(?i:${beginning}))`),
    'marked-string': {
      name: regionScope,
      begin: `(?<!\\w)(?=${anyString}\\s*--\\s*(?i:sql)\\b)`,
      end: '(?!\\G)(?<=["\'])',
      patterns: include('#strings-any'),
    },
    // The comment, and the logical line below it.
    'marked-line': {
      begin: `(#)${mark}.*\\n`,
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
    ...stringRepository,
  },
};
