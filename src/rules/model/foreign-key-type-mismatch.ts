/** A text column that refers to a number: PostgreSQL refuses the foreign key. */
import type { Call } from '../../python/syntax.ts';
import type { ColumnAttribute } from '../../sqlalchemy/model.ts';
import type { FileContext, Rule } from '../rule.ts';
import { foreignKeyCallOf, modelsOfTarget } from '../shared/models/foreign-key-call.ts';

export const foreignKeyTypeMismatch: Rule = {
  id: 'foreign-key-type-mismatch',
  category: 'model',
  since: '0.1.0',
  severity: 'error',
  preset: 'recommended',
  fix: null,
  documentation: {
    summary: 'A foreign key has another type than the column that it refers to',
    why: 'PostgreSQL compares the two columns with `=`, and there is none between these types: making the table fails with “foreign key constraint … cannot be implemented”.',
    instead:
      'Give both columns the same type. A column whose type is left out takes that of its foreign key.',
    references: ['https://www.postgresql.org/docs/current/ddl-constraints.html#DDL-CONSTRAINTS-FK'],
  },
  examples: [
    {
      bad: 'from sqlalchemy import ForeignKey\n\n\nclass Note(Base):\n    __tablename__ = "notes"\n    id: Mapped[int] = mapped_column(primary_key=True)\n    user_id: Mapped[str] = mapped_column(String(36), ForeignKey("users.id"), index=True)',
      good: 'from sqlalchemy import ForeignKey\n\n\nclass Note(Base):\n    __tablename__ = "notes"\n    id: Mapped[int] = mapped_column(primary_key=True)\n    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"), index=True)',
    },
  ],
  check: { expressions: { call: checkCall } },
};

function checkCall(node: Call, context: FileContext): void {
  const found = foreignKeyCallOf(node, context);
  const targets = found ? modelsOfTarget(found, context) : [];
  const [target] = targets;
  if (!found || !target || targets.length > 1) return;
  const referred = target.attributes.find(
    (each): each is ColumnAttribute => each.kind === 'column' && each.column === found.key.targetColumns[0],
  );
  const own = found.attribute.sqlType;
  if (!referred?.sqlType || !own) return;
  const families = [familyOf(own), familyOf(referred.sqlType)];
  if (families[0] === families[1] || families.includes(null)) return;
  context.report({
    range: found.target,
    message: `${found.model.name}.${found.attribute.name} is ${own}, and ${found.key.targetTable}.${referred.column} is ${referred.sqlType}: PostgreSQL cannot compare them and refuses the foreign key`,
  });
}

const families: readonly (readonly [string, RegExp])[] = [
  [
    'number',
    /^(SMALLINT|INTEGER|BIGINT|SERIAL|BIGSERIAL|SMALLSERIAL|NUMERIC|DECIMAL|REAL|DOUBLE PRECISION|FLOAT)\b/,
  ],
  ['text', /^(VARCHAR|CHAR|TEXT|CITEXT|CHARACTER)\b/],
  ['uuid', /^UUID$/],
  ['boolean', /^BOOLEAN$/],
  ['bytes', /^BYTEA$/],
  ['date', /^(DATE|TIMESTAMP)\b/],
];

/** Types that PostgreSQL compares with each other; null for those that nothing is known of. */
function familyOf(type: string): string | null {
  if (type.endsWith(']')) return null;
  return families.find(([, pattern]) => pattern.test(type))?.[0] ?? null;
}
