/** A function that PostgreSQL does not have, or not for these arguments. */
import { sliceOf } from '../../base/range.ts';
import { nearestName } from '../../base/suggest.ts';
import type { RenderedStatement } from '../../sqlalchemy/statement.ts';
import type { FileContext, ReportedFix, Rule, VerdictSubject } from '../rule.ts';
import { isListed, nameList } from '../rule-option.ts';
import { changeTo } from '../shared/code/change-fix.ts';
import { otherFunctions, postgresqlFunctions } from '../shared/statements/postgresql-functions.ts';
import type { VerdictError } from '../shared/statements/verdict-error.ts';
import type { VerdictPlace } from '../shared/statements/verdict-place.ts';
import { verdictListener } from '../shared/statements/verdict-rule.ts';

const ownFunctions = nameList({
  name: 'functions',
  summary: 'Functions of the database that nothing in the workspace makes',
});

export const unknownFunction: Rule = {
  id: 'unknown-function',
  category: 'sql',
  since: '0.1.0',
  severity: 'error',
  preset: 'recommended',
  fix: 'review',
  documentation: {
    summary: 'A function is misspelt, or PostgreSQL’s does not take these arguments',
    why: '`func` takes any name, so a misspelt one is found only when the statement runs: `function cuont(integer) does not exist` (42883). A name that no function of PostgreSQL resembles may be one of the database’s own; such a statement counts as unknown instead.',
    instead: 'Use the function as PostgreSQL names it, with arguments of the types that it takes.',
    references: [
      'https://www.postgresql.org/docs/current/typeconv-func.html',
      'https://docs.sqlalchemy.org/en/20/core/functions.html',
    ],
  },
  options: [ownFunctions],
  examples: [{ bad: 'select(func.cuont(User.id))', good: 'select(func.count(User.id))' }],
  check: verdictListener({
    accepts: (error, context, { form }) => {
      const name = missingFunction(error);
      return name !== null && (isRefused(name, error, form) || nearFunction(name, context) !== undefined);
    },
    fixes: nameFix,
  }),
};

const missing = /^function (?:\w+\.)?"?([^"(]+)"?\((.*)\) does not exist/;

/** An unknown operator has the same code. */
function missingFunction({ sqlstate, message }: VerdictError): string | null {
  return sqlstate === '42883' ? (missing.exec(message)?.[1] ?? null) : null;
}

/** One of PostgreSQL's own, of which every argument has a type and none of its forms takes them. */
function isRefused(name: string, { message }: VerdictError, { parameters }: RenderedStatement): boolean {
  const given = missing.exec(message)?.[2] ?? '';
  // Made of parameters alone, an expression without a type is taken for a text.
  if (parameters.length > 0 && /\btext\b/.test(given)) return false;
  return postgresqlFunctions.has(name) && !/\b(unknown|record|any\w*)\b/.test(given);
}

function nearFunction(name: string, context: FileContext): string | undefined {
  if (postgresqlFunctions.has(name) || otherFunctions.has(name) || name.length < 3) return undefined;
  if (isListed(context.option(ownFunctions), name)) return undefined;
  if (isMadeInWorkspace(name, context)) return undefined;
  const bare = withoutSubject(name);
  if (postgresqlFunctions.has(bare)) return bare;
  return nearestName(name, postgresqlFunctions) ?? nearestName(bare, postgresqlFunctions);
}

/** `upper` of `to_upper`, `length` of `str_length`, as other languages name them; empty where little would be left. */
function withoutSubject(name: string): string {
  return /^(?:to|str|string|text)_(\w{4,})$/i.exec(name)?.[1] ?? '';
}

/** `CREATE FUNCTION` in a revision or a fixture, or a class that SQLAlchemy registers under the name. */
function isMadeInWorkspace(name: string, { project }: FileContext): boolean {
  const made = `\\b(?:function|aggregate)\\s+(?:\\w+\\.)?"?${name}\\b`;
  const registered = `\\bclass\\s+${name}\\s*\\(|\\b(?:name|identifier)\\s*=\\s*["']${name}["']`;
  return project.filesWith(new RegExp(`${made}|${registered}`, 'i')).length > 0;
}

function nameFix(
  { error }: VerdictSubject,
  { range }: VerdictPlace,
  context: FileContext,
): readonly ReportedFix[] {
  const name = missingFunction(error);
  const near = name === null ? undefined : nearFunction(name, context);
  if (name === null || near === undefined) return [];
  const at = new RegExp(`\\b${name}(?=\\s*\\(|$)`, 'i').exec(sliceOf(context.file.text, range));
  if (!at) return [];
  const start = range.start + at.index;
  return [changeTo({ start, end: start + at[0].length }, near)];
}
