/** `id: int = mapped_column()`: without `Mapped[…]` the class cannot be declared. */
import { ownerPart } from '../../base/dotted-name.ts';
import { sliceOf } from '../../base/range.ts';
import type { Assignment, ClassDefinition, Expression } from '../../python/syntax.ts';
import type { FileContext, Rule } from '../rule.ts';
import { importName } from '../shared/code/import-name.ts';
import { isBefore2 } from '../shared/drivers/legacy-version.ts';
import { libraryNameOf } from '../shared/models/column-call.ts';
import { attributeName, nameOf, plainTypes } from '../shared/models/mapped-annotation.ts';

export const unmappedAnnotation: Rule = {
  id: 'unmapped-annotation',
  category: 'model',
  since: '0.1.0',
  severity: 'error',
  preset: 'recommended',
  fix: 'safe',
  documentation: {
    summary: 'A mapped attribute is annotated without `Mapped[…]`',
    why: 'Declarative reads annotations: one that is no `Mapped[…]` raises `MappedAnnotationError` when the class is declared, unless the class says `__allow_unmapped__ = True`.',
    instead:
      'Wrap the type: `id: Mapped[int] = mapped_column(primary_key=True)`; for a plain class variable use `ClassVar[…]`.',
    references: ['https://docs.sqlalchemy.org/en/20/errors.html#error-zlpr'],
  },
  examples: [
    {
      bad: 'class Note(Base):\n    __tablename__ = "notes"\n    id: int = mapped_column(primary_key=True)',
      good: 'class Note(Base):\n    __tablename__ = "notes"\n    id: Mapped[int] = mapped_column(primary_key=True)',
    },
  ],
  check: { statements: { assignment: checkAssignment } },
};

const mappers: ReadonlySet<string> = new Set(['sqlalchemy.orm.mapped_column', 'sqlalchemy.orm.relationship']);

function checkAssignment(node: Assignment, context: FileContext): void {
  const { annotation, value } = node;
  const name = attributeName(node);
  const owner = context.ancestors.at(-1);
  if (!annotation || !name || owner?.kind !== 'class' || !isPlain(annotation)) return;
  if (value?.kind !== 'call') return;
  const called = libraryNameOf(value.function, context.facts);
  if (called === null || !mappers.has(called) || !isDeclarative(owner, context) || isBefore2(context)) return;
  const written = sliceOf(context.file.text, annotation);
  const { expression, edits } = importName(context.file.module, 'sqlalchemy.orm', 'Mapped');
  context.report({
    range: annotation,
    message: `${written} is not Mapped[${written}]: declaring the class raises MappedAnnotationError`,
    fixes: [
      {
        title: `Change to Mapped[${written}]`,
        edits: [
          { range: { start: annotation.start, end: annotation.start }, newText: `${expression}[` },
          { range: { start: annotation.end, end: annotation.end }, newText: ']' },
          ...edits,
        ],
      },
    ],
  });
}

/** Types that surely are no generic of SQLAlchemy's: built-in ones, collections and optionals. */
function isPlain(annotation: Expression): boolean {
  if (annotation.kind === 'binary') return isPlain(annotation.left) || isPlain(annotation.right);
  if (annotation.kind === 'subscript') {
    const head = nameOf(annotation.value);
    return plainTypes.has(head) || head === 'Optional';
  }
  return plainTypes.has(nameOf(annotation));
}

/** A class that is surely scanned: nothing in it or above it says `__allow_unmapped__`. */
function isDeclarative(owner: ClassDefinition, { facts, file, project }: FileContext): boolean {
  const model = facts.models.find(each => each.nameRange.start === owner.name.start);
  if (model?.kind !== 'declarative' || model.incomplete || model.base === null) return false;
  const above = new Set([model.base, ...model.bases].map(ownerPart));
  const files = [...project.files.values()].filter(each => above.has(each.name));
  return ![file, ...files].some(each => each.text.includes('__allow_unmapped__'));
}
