/** PostgreSQL's own words as items: functions, types, and the keywords that go on where the cursor is. */
import { onceForKey } from '../../base/once-for-key.ts';
import { functionLines, typeLines } from '../../sql/names/postgres-words.ts';
import type { NameRole } from '../../sql/names/query-scope.ts';
import { type CompletionItem, orderOf } from './completion-item.ts';

interface FunctionEntry {
  readonly name: string;
  readonly signature: string;
  readonly description: string;
}

const functionsWith = onceForKey((letter): readonly FunctionEntry[] =>
  functionLines
    .filter(line => line[0] === letter)
    .map(line => {
      const [name = '', , signature = '', description = ''] = line.split('|');
      return { name, signature, description };
    }),
);

/** What most statements call, which stands before the rest. */
const everydayFunctions = new Set(
  'abs array_agg avg ceil concat count date_trunc extract floor gen_random_uuid generate_series json_agg jsonb_agg jsonb_build_object jsonb_set lag lead left length lower ltrim max md5 min now rank regexp_replace replace round row_number split_part string_agg sum to_char to_date to_timestamp trim unnest upper'.split(
    ' ',
  ),
);

/** Of the functions those that begin with the same letter: all of them would be longer than anybody reads. */
export function functionItems(prefix: string, next: string): readonly CompletionItem[] {
  return functionsWith(prefix[0]?.toLowerCase() ?? '').map(
    ({ name, signature, description }, index): CompletionItem => {
      const isCall = next === '(';
      const takesNothing = signature.startsWith('() ') && !signature.endsWith(')');
      return {
        label: name,
        kind: 'function',
        detail: signature,
        from: '',
        insert: isCall ? name : `${name}()`,
        ...(isCall || takesNothing ? {} : { cursor: name.length + 1 }),
        order: orderOf(everydayFunctions.has(name) ? 5 : 6, index),
        subject: description === '' ? null : { kind: 'text', text: description },
      };
    },
  );
}

export function typeItems(): readonly CompletionItem[] {
  return typeLines.map((line, index): CompletionItem => {
    const [name = '', description = ''] = line.split('|');
    return {
      label: name,
      kind: 'type',
      detail: '',
      from: '',
      insert: name,
      order: orderOf(4, index),
      subject: { kind: 'text', text: description },
    };
  });
}

const statementWords = ['SELECT', 'INSERT INTO', 'UPDATE', 'DELETE FROM', 'WITH', 'MERGE INTO', 'EXPLAIN'];

const definitionWords = [
  'CREATE TABLE',
  'CREATE INDEX',
  'ALTER TABLE',
  'DROP TABLE',
  'COMMENT ON',
  'TRUNCATE',
];

/** What may follow something whole: the next clause, an operator. */
const clauseWords =
  'AS|FROM|WHERE|JOIN|LEFT JOIN|INNER JOIN|CROSS JOIN|ON|USING|AND|OR|NOT|IN|IS NULL|IS NOT NULL|LIKE|ILIKE|BETWEEN|GROUP BY|HAVING|ORDER BY|ASC|DESC|NULLS FIRST|NULLS LAST|LIMIT|OFFSET|FOR UPDATE|SKIP LOCKED|SET|VALUES|RETURNING|ON CONFLICT|DO NOTHING|DO UPDATE SET|UNION ALL|UNION|EXCEPT|INTERSECT|OVER|FILTER|WHEN|THEN|ELSE|END'.split(
    '|',
  );

const operandWords =
  'NOT|NULL|TRUE|FALSE|CASE|WHEN|EXISTS|DISTINCT|COALESCE|NULLIF|GREATEST|LEAST|CAST|ARRAY|INTERVAL|CURRENT_DATE|CURRENT_TIMESTAMP|ANY|ALL|DEFAULT|SELECT|EXCLUDED'.split(
    '|',
  );

const wordsByRole: Readonly<Record<NameRole, readonly string[]>> = {
  start: [...statementWords, ...definitionWords],
  alias: clauseWords,
  column: operandWords,
  'target-column': [],
  relation: ['LATERAL', 'ONLY'],
  function: [],
  type: [],
};

/** In capitals unless the statement has its own words in small letters. */
export function keywordItems(role: NameRole, text: string): readonly CompletionItem[] {
  const isLower = /\b(?:select|from|where|insert|update|delete|with|set)\b/.test(text);
  return wordsByRole[role].map((word, index): CompletionItem => {
    const written = isLower ? word.toLowerCase() : word;
    return {
      label: written,
      kind: 'keyword',
      detail: '',
      from: '',
      insert: written,
      order: orderOf(7, index),
      subject: null,
    };
  });
}
