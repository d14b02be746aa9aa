/** `name = Column(String),`: the comma makes a tuple of it, and the column is lost. */
import type { Assignment } from '../../python/syntax.ts';
import type { FileContext, Rule } from '../rule.ts';
import { columnCallOf, libraryNameOf } from '../shared/models/column-call.ts';
import { attributeName } from '../shared/models/mapped-annotation.ts';

export const commaAfterColumn: Rule = {
  id: 'comma-after-column',
  category: 'model',
  since: '0.1.0',
  severity: 'error',
  preset: 'recommended',
  fix: 'safe',
  documentation: {
    summary: 'A comma after a column makes a tuple of it',
    why: 'A trailing comma turns the value into a tuple with one element, which Declarative ignores with a warning: the class has no such column, neither in the table nor in queries. Moving columns out of a `Table(…)` call leaves such commas behind.',
    instead: 'Take the comma away: `name = Column(String)`.',
    references: ['https://docs.sqlalchemy.org/en/20/orm/declarative_tables.html'],
  },
  examples: [
    {
      bad: 'from sqlalchemy import Column, Integer\n\n\nclass Note(Base):\n    __tablename__ = "notes"\n    id: Mapped[int] = mapped_column(primary_key=True)\n    size = Column(Integer),',
      good: 'from sqlalchemy import Column, Integer\n\n\nclass Note(Base):\n    __tablename__ = "notes"\n    id: Mapped[int] = mapped_column(primary_key=True)\n    size = Column(Integer)',
    },
  ],
  check: { statements: { assignment: checkAssignment } },
};

function checkAssignment(node: Assignment, context: FileContext): void {
  const { value } = node;
  const name = attributeName(node);
  const [only, another] = value?.kind === 'tuple' ? value.elements : [];
  if (!name || !value || only?.kind !== 'call' || another) return;
  if (context.ancestors.at(-1)?.kind !== 'class' || value.parenthesized) return;
  const isMapped =
    columnCallOf(only, context.facts) !== null ||
    libraryNameOf(only.function, context.facts) === 'sqlalchemy.orm.relationship';
  const comma = context.file.text.indexOf(',', only.end);
  if (!isMapped || comma < 0 || comma >= value.end) return;
  context.report({
    range: { start: comma, end: comma + 1 },
    message: `The comma makes ${name.id} a tuple, which SQLAlchemy ignores: the class has no ${name.id}`,
    fixes: [
      { title: 'Remove the comma', edits: [{ range: { start: only.end, end: value.end }, newText: '' }] },
    ],
  });
}
