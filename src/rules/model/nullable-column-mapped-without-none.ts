/** `Mapped[str] = mapped_column(nullable=True)`: None comes back where the annotation rules it out. */
import { sliceOf } from '../../base/range.ts';
import { keywordOf } from '../../python/argument-at.ts';
import type { Assignment } from '../../python/syntax.ts';
import { columnCallOf } from '../column-call.ts';
import { allowsNone, insideMapped } from '../mapped-annotation.ts';
import type { FileContext, Rule } from '../rule.ts';

export const nullableColumnMappedWithoutNone: Rule = {
  id: 'nullable-column-mapped-without-none',
  category: 'model',
  since: '0.1.0',
  severity: 'warning',
  // Large projects annotate so by habit.
  preset: 'strict',
  fix: 'review',
  documentation: {
    summary: 'A nullable column is annotated as if it never held None',
    why: "`nullable=True` wins over the annotation: the column takes NULL, and objects come back with None in an attribute that type checkers take for a plain `str`. The mistake shows as `AttributeError: 'NoneType'…` far from the model.",
    instead:
      'Write what the column holds: `Mapped[str | None]`, which makes the column nullable by itself; or drop `nullable=True`.',
    references: [
      'https://docs.sqlalchemy.org/en/20/orm/declarative_tables.html#mapped-column-derives-the-datatype-and-nullability-from-the-mapped-annotation',
    ],
  },
  examples: [
    {
      bad: 'class Note(Base):\n    __tablename__ = "notes"\n    id: Mapped[int] = mapped_column(primary_key=True)\n    title: Mapped[str] = mapped_column(String(50), nullable=True)',
      good: 'class Note(Base):\n    __tablename__ = "notes"\n    id: Mapped[int] = mapped_column(primary_key=True)\n    title: Mapped[str | None] = mapped_column(String(50))',
    },
  ],
  check: { statements: { assignment: checkAssignment } },
};

function checkAssignment(node: Assignment, context: FileContext): void {
  const type = insideMapped(node.annotation);
  if (type === null || node.value?.kind !== 'call' || allowsNone(type) !== false) return;
  const nullable = keywordOf(node.value, 'nullable');
  if (nullable?.value.kind !== 'constant' || nullable.value.value !== 'True') return;
  if (!columnCallOf(node.value, context.facts)) return;
  const written = sliceOf(context.file.text, type);
  context.report({
    range: nullable,
    message: `The column takes NULL, so None comes back where Mapped[${written}] rules it out`,
    fixes: [
      {
        title: `Change the annotation to Mapped[${written} | None]`,
        edits: [{ range: { start: type.end, end: type.end }, newText: ' | None' }],
      },
    ],
  });
}
