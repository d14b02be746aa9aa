/** A type that PostgreSQL does not have, where it has one of a near name. */
import { nearestName } from '../../base/suggest.ts';
import type { FileContext, ReportedFix, Rule, VerdictSubject } from '../rule.ts';
import { changeTo } from '../shared/code/change-fix.ts';
import type { VerdictPlace } from '../shared/statements/verdict-place.ts';
import { verdictListener } from '../shared/statements/verdict-rule.ts';

export const unknownType: Rule = {
  id: 'unknown-type',
  category: 'sql',
  since: '0.1.0',
  severity: 'error',
  preset: 'recommended',
  fix: 'review',
  documentation: {
    summary: 'A statement names a type that does not exist, and a near name does',
    why: 'The statement fails each time it runs (42704). A type that resembles none of PostgreSQL’s and none of the models’ enums may be made elsewhere; such a statement counts as unknown instead.',
    instead: 'Use the type’s name as PostgreSQL has it.',
    references: ['https://www.postgresql.org/docs/current/datatype.html'],
  },
  examples: [
    {
      bad: 'text("SELECT CAST(name AS interger) FROM users")',
      good: 'text("SELECT CAST(name AS integer) FROM users")',
    },
  ],
  check: verdictListener({
    accepts: ({ sqlstate, message }) => sqlstate === '42704' && nearType(message) !== undefined,
    fixes: typeFix,
  }),
};

/** Those that people write by name; what resembles them is a slip. */
const types =
  'smallint integer bigint numeric decimal real boolean text varchar character bytea date time timestamp timestamptz interval uuid json jsonb inet cidr macaddr money point tsvector tsquery int4range int8range numrange tsrange tstzrange daterange citext hstore'.split(
    ' ',
  );

function nearType(message: string): string | undefined {
  const missing = /^type "([^"[]+)(?:\[\])*" does not exist/.exec(message)?.[1];
  return missing === undefined || missing.length < 4 ? undefined : nearestName(missing, types);
}

function typeFix(
  subject: VerdictSubject,
  place: VerdictPlace,
  _context: FileContext,
): readonly ReportedFix[] {
  const near = nearType(subject.error.message);
  if (near === undefined || !place.verbatim) return [];
  return [changeTo(place.range, near)];
}
