/** `name = mapped_column(String)`: without an annotation type checkers know nothing of the attribute. */
import type { Assignment } from '../../python/syntax.ts';
import type { FileContext, Rule } from '../rule.ts';
import { libraryNameOf } from '../shared/models/column-call.ts';
import { attributeName, insideMapped } from '../shared/models/mapped-annotation.ts';

export const missingMappedAnnotation: Rule = {
  id: 'missing-mapped-annotation',
  category: 'model',
  since: '0.1.0',
  severity: 'information',
  preset: 'strict',
  fix: null,
  documentation: {
    summary: 'A mapped attribute has no `Mapped[…]` annotation',
    why: 'Without an annotation the attribute is `Any` to type checkers, on the class and on its objects: misspelt values and None go unnoticed. SQLAlchemy derives neither the type nor NOT NULL from it.',
    instead: 'Annotate it: `name: Mapped[str] = mapped_column(String(50))`.',
    references: [
      'https://docs.sqlalchemy.org/en/20/orm/declarative_tables.html#orm-annotated-declarative-complete-guide',
    ],
  },
  examples: [
    {
      bad: 'class Note(Base):\n    __tablename__ = "notes"\n    id: Mapped[int] = mapped_column(primary_key=True)\n    title = mapped_column(String(50))',
      good: 'class Note(Base):\n    __tablename__ = "notes"\n    id: Mapped[int] = mapped_column(primary_key=True)\n    title: Mapped[str] = mapped_column(String(50))',
    },
  ],
  check: { statements: { assignment: checkAssignment } },
};

const mappers: ReadonlySet<string> = new Set([
  'sqlalchemy.orm.mapped_column',
  'sqlalchemy.orm.relationship',
  'sqlalchemy.Column',
]);

function checkAssignment(node: Assignment, context: FileContext): void {
  const name = attributeName(node);
  const owner = context.ancestors.at(-1);
  if (node.annotation || node.value?.kind !== 'call' || !name || owner?.kind !== 'class') return;
  const called = libraryNameOf(node.value.function, context.facts);
  if (called === null || !mappers.has(called)) return;
  // Before 2.0 columns and relationships had no annotation: where nothing else has one, it is the older style.
  const isAnnotated = owner.body.some(
    each => each.kind === 'assignment' && insideMapped(each.annotation) !== null,
  );
  if (called !== 'sqlalchemy.orm.mapped_column' && !isAnnotated) return;
  const seen = called === 'sqlalchemy.Column' ? 'a Column on its objects too' : 'Any';
  context.report({
    range: name,
    message: `${name.id} has no Mapped[…] annotation, so that it is ${seen} to type checkers`,
  });
}
