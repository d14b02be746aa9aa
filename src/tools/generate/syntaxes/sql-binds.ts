/** Parameters in `.sql` files: psql's variables, and the placeholders that libraries read from such files. */
import { type Grammar, groups, scoped } from './grammar.ts';
import { bindScope, castRule } from './sql-rules.ts';

export const sqlBinds: Grammar = {
  name: 'Parameters in SQL',
  scopeName: 'sql.binds.injection',
  injectionSelector: 'L:source.sql -string -comment',
  patterns: [
    castRule,
    {
      name: bindScope,
      // The bound of an array's slice may follow a bracket: `[:n]`.
      match: '(?<![:\\w\\\\\\[])(:)(?:[A-Za-z_]\\w*+|"[^"\\n]+"|\'[^\'\\n]+\')(?!:)',
      captures: groups('punctuation.definition.bind.sql'),
    },
    scoped(bindScope, '\\$\\d+|%\\(\\w+\\)s|%s\\b'),
  ],
  repository: {},
};
