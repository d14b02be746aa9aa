/** Python's strings with SQL in them: each delimiter, raw or not, formatted or not, in both styles of parameters. */
import { type GrammarRule, groups, include, scoped } from './grammar.ts';
import { type BindStyle, boundedSql, type Delimiter, delimiters, sqlRepository } from './sql-rules.ts';

export const sqlScope = 'meta.embedded.inline.sql';
export const interpolationScope = 'meta.interpolation.python';

interface Kind {
  readonly id: string;
  readonly prefix: string;
  readonly raw: boolean;
  readonly formatted: boolean;
}

const kinds: readonly Kind[] = [
  { id: 'plain', prefix: '[bBuU]?', raw: false, formatted: false },
  { id: 'raw', prefix: '[rR][bB]?|[bB][rR]', raw: true, formatted: false },
  { id: 'formatted', prefix: '[fFtT]', raw: false, formatted: true },
  { id: 'raw-formatted', prefix: '[rR][fFtT]|[fFtT][rR]', raw: true, formatted: true },
];

const styles: readonly BindStyle[] = ['named', 'any'];

/** Where a string begins, without consuming it. */
export const stringStart = '(?:[rRbBuUfFtT]{1,2})?["\']';

/** `#strings-named` and `#strings-any`, with all that they include. */
export const stringRepository: Readonly<Record<string, GrammarRule>> = {
  ...sqlRepository,
  ...Object.fromEntries(styles.map(style => [`strings-${style}`, { patterns: stringRules(style) }])),
  interpolation: {
    patterns: [
      scoped('constant.character.escape.python', '\\{\\{|\\}\\}'),
      {
        name: interpolationScope,
        begin: '\\{',
        beginCaptures: { '0': { name: 'constant.character.format.placeholder.other.python' } },
        end: '\\}',
        endCaptures: { '0': { name: 'constant.character.format.placeholder.other.python' } },
        patterns: include('source.python#fstring-terminator-multi', 'source.python#f-expression'),
      },
    ],
  },
  escapes: {
    patterns: include(
      'source.python#escape-sequence-unicode',
      'source.python#escape-sequence',
      'source.python#string-line-continuation',
    ),
  },
};

/** Three quotes before one, or the first two of three would be an empty string. */
function stringRules(style: BindStyle): readonly GrammarRule[] {
  return delimiters.flatMap(delimiter => kinds.map(kind => stringRule(delimiter, kind, style)));
}

function stringRule(delimiter: Delimiter, kind: Kind, style: BindStyle): GrammarRule {
  const { text } = delimiter;
  const isLong = text.length === 3;
  const lines = isLong ? 'multi' : 'single';
  const inside = [
    ...(kind.formatted ? include('#interpolation') : []),
    ...(kind.raw ? [] : include('#escapes')),
  ];
  return {
    name: `string.quoted.${lines}.python`,
    contentName: sqlScope,
    begin: `(?<!\\w)(${kind.prefix})(${text})`,
    beginCaptures: groups('storage.type.string.python', 'punctuation.definition.string.begin.python'),
    end: isLong ? `(${text})` : `(${text})|((?<!\\\\)\\n)`,
    endCaptures: groups('punctuation.definition.string.end.python', 'invalid.illegal.newline.python'),
    patterns: [
      // What SQL quotes or escapes with a backslash comes before Python's escapes.
      ...include(`#binds-${style}`),
      ...boundedSql(delimiter, inside),
      ...inside,
      ...include('#sql-words'),
    ],
  };
}
