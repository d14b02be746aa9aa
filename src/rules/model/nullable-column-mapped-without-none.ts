/** `Mapped[str] = mapped_column(nullable=True)`: None comes back where the annotation rules it out. */
import { sliceOf } from '../../base/range.ts';
import type { Assignment } from '../../python/syntax.ts';
import type { FileContext, Rule } from '../rule.ts';
import { contradictedColumn } from '../shared/models/contradicted-column.ts';

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
  const found = contradictedColumn(node, context);
  if (!found?.nullable) return;
  const { place, type } = found;
  const inside = sliceOf(context.file.text, type);
  const words = (text: string) => (type === node.annotation ? text : `Mapped[${text}]`);
  context.report({
    range: place,
    message: `The column takes NULL, so None comes back where ${words(inside)} rules it out`,
    fixes:
      type.kind === 'string'
        ? []
        : [
            {
              title: `Change the annotation to ${words(`${inside} | None`)}`,
              edits: [{ range: { start: type.end, end: type.end }, newText: ' | None' }],
            },
          ],
  });
}
