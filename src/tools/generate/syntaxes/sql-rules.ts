/**
 * PostgreSQL inside of a Python string. VS Code's own grammar for SQL cannot be included: a quote or a comment that is
 * open at the end of the string would colour the rest of the file. Here nothing reaches past the string's delimiter.
 */
import { anyWord, type GrammarRule, groups, include, scoped } from './grammar.ts';
import { constants, keywords, types } from './postgresql-words.ts';

export const bindScope = 'variable.parameter.bind.sql';

/** `"""`, `'''`, `"` or `'`. */
export interface Delimiter {
  readonly id: string;
  readonly text: string;
}

export const delimiters: readonly Delimiter[] = [
  { id: 'double3', text: '"""' },
  { id: 'single3', text: "'''" },
  { id: 'double', text: '"' },
  { id: 'single', text: "'" },
];

/** How parameters are written: `named` as text() has them, `any` where the driver decides. */
export type BindStyle = 'named' | 'any';

/** Casts are told apart first, so that no bind begins at their second colon. */
export const castRule = scoped('keyword.operator.cast.sql', '::');

/** As SQLAlchemy reads them: no word, colon or backslash before, no colon behind. */
const namedBind: GrammarRule = {
  name: bindScope,
  match: '(?<![:\\w\\\\])(:)[A-Za-z_]\\w*+(?!:)',
  captures: groups('punctuation.definition.bind.sql'),
};

const driverBinds: readonly GrammarRule[] = [
  scoped('constant.character.escape.sql', '%%'),
  scoped(bindScope, '%(?:\\(\\w+\\))?[sbt]\\b|\\$\\d+'),
  // A question mark between operands is an operator of jsonb.
  scoped(bindScope, '(?<=[=<>(,]|[=<>(,] )\\?(?![|&?])|\\?(?=\\s*(?:[,);]|$))'),
];

/** Repository entries that the rules of strings include. */
export const sqlRepository: Readonly<Record<string, GrammarRule>> = {
  'sql-words': {
    patterns: [
      castRule,
      { begin: '/\\*', end: '\\*/|(?=\'\'\'|""")', name: 'comment.block.sql' },
      scoped('punctuation.definition.dollar-quote.sql', '\\$(?:[A-Za-z_]\\w*)?\\$'),
      scoped('constant.language.sql', anyWord(constants)),
      // `count(`, but `values (` and `in (` stay keywords.
      scoped('support.function.sql', `(?!${anyWord(keywords)})\\b[A-Za-z_]\\w*(?=\\()`),
      scoped('storage.type.sql', `(?<!\\.)${anyWord(types)}(?!\\s*\\.)`),
      scoped('keyword.other.sql', `(?<!\\.)${anyWord(keywords)}(?!\\s*\\.)`),
      scoped('constant.numeric.sql', '(?<![\\w.$])\\d+(?:\\.\\d+)?(?:[eE][+-]?\\d+)?\\b'),
      scoped('keyword.operator.sql', '->>?|#>>?|@>|<@|\\|\\||[-+*/<>=~!@#%^&|?]+'),
    ],
  },
  'binds-named': { patterns: [scoped('constant.character.escape.sql', '\\\\{1,2}:'), namedBind] },
  'binds-any': { patterns: [...include('#binds-named'), ...driverBinds] },
};

/** What depends on how the string ends: comments, literals, quoted names. `inside` is what literals may hold besides. */
export function boundedSql(delimiter: Delimiter, inside: readonly GrammarRule[]): readonly GrammarRule[] {
  const { text } = delimiter;
  const isLong = text.length === 3;
  const stop = isLong ? `(?=${text})` : `(?=${text}|$)`;
  // One line of source may be several of SQL.
  const comment = isLong ? `--(?:(?!${text}).)*` : `--(?:(?!${text}|\\\\n).)*`;
  return [
    scoped('comment.line.double-dash.sql', comment),
    quoted("'", 'string.quoted.single.sql'),
    quoted('"', 'string.quoted.double.sql'),
  ];

  function quoted(mark: string, name: string): GrammarRule {
    // The string's own quote can only stand in it behind a backslash. A doubled quote ends a literal and begins another.
    const quote = text === mark ? `\\\\${mark}` : mark;
    const isPart = text === mark.repeat(3) ? `(?!${mark}${mark})` : '';
    return { name, begin: `${quote}${isPart}`, end: `${quote}|${stop}`, patterns: inside };
  }
}
