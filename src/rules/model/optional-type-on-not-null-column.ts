/** `Mapped[str | None] = mapped_column(nullable=False)`: the annotation allows what the database refuses. */
import type { Assignment } from '../../python/syntax.ts';
import type { FileContext, Rule } from '../rule.ts';
import { contradictedColumn } from '../shared/models/contradicted-column.ts';

export const optionalTypeOnNotNullColumn: Rule = {
  id: 'optional-type-on-not-null-column',
  category: 'model',
  since: '0.1.0',
  severity: 'information',
  // The manual shows it as a way to say that the attribute is None until a flush.
  preset: 'strict',
  fix: null,
  documentation: {
    summary: 'A NOT NULL column is annotated as if it could hold None',
    why: '`nullable=False` wins over the annotation: the column is NOT NULL, while type checkers let None through. Writing it raises `IntegrityError` when the session flushes.',
    instead: 'Write `Mapped[str]`; or leave `nullable=False` out where NULL is meant to be allowed.',
    references: [
      'https://docs.sqlalchemy.org/en/20/orm/declarative_tables.html#mapped-column-derives-the-datatype-and-nullability-from-the-mapped-annotation',
    ],
  },
  examples: [
    {
      bad: 'class Note(Base):\n    __tablename__ = "notes"\n    id: Mapped[int] = mapped_column(primary_key=True)\n    title: Mapped[str | None] = mapped_column(String(50), nullable=False)',
      good: 'class Note(Base):\n    __tablename__ = "notes"\n    id: Mapped[int] = mapped_column(primary_key=True)\n    title: Mapped[str] = mapped_column(String(50))',
    },
  ],
  check: { statements: { assignment: checkAssignment } },
};

function checkAssignment(node: Assignment, context: FileContext): void {
  const found = contradictedColumn(node, context);
  if (found === null || found.nullable) return;
  context.report({
    range: found.place,
    message: 'The column is NOT NULL: None, which the annotation allows, raises IntegrityError at the flush',
  });
}
