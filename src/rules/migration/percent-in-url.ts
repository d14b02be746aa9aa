/** A `%` in alembic.ini that is not doubled, as in an escaped password: no command runs. */
import { sliceOf } from '../../base/range.ts';
import type { EnvironmentContext, Rule } from '../rule.ts';
import type { EnvironmentSubject } from '../shared/revisions/revision-subject.ts';

export const percentInUrl: Rule = {
  id: 'percent-in-url',
  category: 'migration',
  since: '0.1.0',
  severity: 'error',
  preset: 'recommended',
  fix: 'safe',
  documentation: {
    summary: 'A `%` in a value of alembic.ini is not doubled',
    why: 'Python’s ConfigParser takes `%` for the beginning of `%(name)s`: a password with `%40` stops every command with InterpolationSyntaxError.',
    instead:
      'Write `%%`. Better: keep the password out of the file, and let env.py take the URL from the environment.',
    references: [
      'https://alembic.sqlalchemy.org/en/latest/tutorial.html#editing-the-ini-file',
      'https://docs.python.org/3/library/configparser.html#interpolation-of-values',
    ],
  },
  examples: [
    {
      bad: '[alembic]\nscript_location = migrations\nsqlalchemy.url = postgresql://app:p%40ss@localhost/app',
      good: '[alembic]\nscript_location = migrations\nsqlalchemy.url = postgresql://app:p%%40ss@localhost/app',
    },
  ],
  check: { environment: checkEnvironment },
};

function checkEnvironment({ environment }: EnvironmentSubject, context: EnvironmentContext): void {
  for (const problem of environment.problems) {
    if (problem.code !== 'broken-interpolation') continue;
    const text = sliceOf(context.textOf(problem.path) ?? '', problem.range);
    const edits = [...text.matchAll(/%%|%\(\w+\)s|%/g)]
      .filter(([found]) => found === '%')
      .map(({ index }) => {
        const at = problem.range.start + index;
        return { range: { start: at, end: at }, newText: '%' };
      });
    if (edits.length === 0) continue;
    const first = edits[0]?.range.start ?? problem.range.start;
    context.report({
      path: problem.path,
      range: { start: first, end: first + 1 },
      message:
        'Each % has to be doubled here: Alembic stops with InterpolationSyntaxError before any command',
      fixes: [{ title: 'Double it', edits }],
    });
  }
}
