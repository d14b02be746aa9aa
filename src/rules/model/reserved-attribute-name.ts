/** `metadata: Mapped[…]`: a name that every declarative class keeps for itself. */
import { sliceOf } from '../../base/range.ts';
import { isAtLeast } from '../../python/packages/version.ts';
import type { Assignment, ClassDefinition, Expression } from '../../python/syntax.ts';
import type { FileContext, ReportedFix, Rule } from '../rule.ts';
import { columnCallOf, libraryNameOf } from '../shared/models/column-call.ts';
import { attributeName, insideMapped } from '../shared/models/mapped-annotation.ts';

export const reservedAttributeName: Rule = {
  id: 'reserved-attribute-name',
  category: 'model',
  since: '0.1.0',
  severity: 'error',
  preset: 'recommended',
  fix: 'review',
  documentation: {
    summary: 'A mapped attribute is called `metadata`',
    why: 'Declarative classes keep their `MetaData` in `metadata`. SQLAlchemy 2.0 raises `InvalidRequestError` when the class is declared; 2.1 warns, and then `Model.metadata` is the column.',
    instead:
      'Give the attribute another name and the column the one you want: `metadata_: Mapped[dict] = mapped_column("metadata", JSON)`.',
    references: [
      'https://docs.sqlalchemy.org/en/20/orm/declarative_tables.html#naming-declarative-mapped-columns-explicitly',
    ],
  },
  examples: [
    {
      bad: 'from sqlalchemy import JSON\n\n\nclass Note(Base):\n    __tablename__ = "notes"\n    id: Mapped[int] = mapped_column(primary_key=True)\n    metadata: Mapped[dict] = mapped_column(JSON)',
      good: 'from sqlalchemy import JSON\n\n\nclass Note(Base):\n    __tablename__ = "notes"\n    id: Mapped[int] = mapped_column(primary_key=True)\n    metadata_: Mapped[dict] = mapped_column("metadata", JSON)',
    },
  ],
  check: { statements: { assignment: checkAssignment } },
};

function checkAssignment(node: Assignment, context: FileContext): void {
  const name = attributeName(node);
  const owner = context.ancestors.at(-1);
  if (name?.id !== 'metadata' || owner?.kind !== 'class' || isData(owner, context)) return;
  if (!isMapped(node, context)) return;
  const isNew = isAtLeast(context.project.packagesOf(context.file.path).versionOf('sqlalchemy'), 2, 1);
  context.report({
    range: name,
    message:
      isNew === true
        ? 'metadata is kept for the MetaData of declarative classes: SQLAlchemy warns, and the class loses its own'
        : 'metadata is kept for the MetaData of declarative classes: declaring the class raises InvalidRequestError',
    ...(isNew === true ? { severity: 'warning' } : {}),
    fixes: fixesFor(node, name, context),
  });
}

function isMapped({ annotation, value }: Assignment, { facts }: FileContext): boolean {
  if (value === null) return insideMapped(annotation) !== null;
  if (value.kind !== 'call') return false;
  return columnCallOf(value, facts) !== null || libraryNameOf(value.function, facts) === relationship;
}

const relationship = 'sqlalchemy.orm.relationship';

/** Pydantic's own models and SQLModel's data classes have no MetaData. */
function isData(owner: ClassDefinition, { facts }: FileContext): boolean {
  const isPydantic = owner.arguments.some(({ value }) => {
    const name = libraryNameOf(value, facts);
    return name !== null && /^pydantic\./.test(name);
  });
  const isModel = facts.models.some(model => model.nameRange.start === owner.name.start);
  const isSqlModel = owner.arguments.some(({ value }) => libraryNameOf(value, facts) === 'sqlmodel.SQLModel');
  return isPydantic || (isSqlModel && !isModel);
}

/** The column keeps its name; relationships have none. */
function fixesFor(
  { value }: Assignment,
  name: Expression,
  { file, facts }: FileContext,
): readonly ReportedFix[] {
  const column = value?.kind === 'call' ? columnCallOf(value, facts) : null;
  if (column === null || column.function === 'Field') return [];
  const { call } = column;
  const start = call.argumentsRange.start + 1;
  if (call.arguments[0]?.value.kind === 'string' && call.arguments[0].keyword === null)
    return [{ title: 'Rename the attribute to metadata_', edits: [{ range: name, newText: 'metadata_' }] }];
  const rest = sliceOf(file.text, { start, end: call.end }).trim() === ')' ? '' : ', ';
  return [
    {
      title: 'Rename the attribute to metadata_ and keep the column’s name',
      edits: [
        { range: name, newText: 'metadata_' },
        { range: { start, end: start }, newText: `"metadata"${rest}` },
      ],
    },
  ];
}
