/** `lazy="dynamic"`: a legacy Query in the place of a collection. */
import type { Assignment, Call, Expression } from '../../python/syntax.ts';
import type { FileContext, Rule } from '../rule.ts';
import { libraryNameOf } from '../shared/models/column-call.ts';
import { nameOf } from '../shared/models/mapped-annotation.ts';
import { isRelationshipCall, relationshipOption } from '../shared/models/relationship-call.ts';

export const dynamicRelationship: Rule = {
  id: 'dynamic-relationship',
  category: 'model',
  since: '0.1.0',
  severity: 'information',
  preset: 'strict',
  fix: null,
  documentation: {
    summary: 'A dynamic relationship gives a legacy `Query`',
    why: '`lazy="dynamic"` and `DynamicMapped` build on `Query`: there is no way to await it, so that an `AsyncSession` cannot use it, and loader options cannot load it.',
    instead: 'Use `WriteOnlyMapped` and run `session.scalars(user.posts.select())`.',
    references: ['https://docs.sqlalchemy.org/en/20/orm/large_collections.html'],
  },
  examples: [
    {
      bad: 'from sqlalchemy.orm import relationship\n\n\nclass Pupil(User):\n    essays: Mapped[list["Post"]] = relationship(lazy="dynamic", viewonly=True)',
      good: 'from sqlalchemy.orm import WriteOnlyMapped, relationship\n\n\nclass Pupil(User):\n    essays: WriteOnlyMapped["Post"] = relationship(viewonly=True)',
    },
  ],
  check: { expressions: { call: checkCall }, statements: { assignment: checkAssignment } },
};

const message =
  'A dynamic relationship gives a legacy Query, which an AsyncSession cannot use: WriteOnlyMapped takes its place';

function checkCall(node: Call, context: FileContext): void {
  if (libraryNameOf(node.function, context.facts) === 'sqlalchemy.orm.dynamic_loader')
    context.report({ range: node.function, message });
  if (!isRelationshipCall(node, context) && nameOf(node.function) !== 'backref') return;
  const lazy = relationshipOption(node, 'lazy');
  if (lazy?.kind === 'string' && lazy.value === 'dynamic') context.report({ range: lazy, message });
}

function checkAssignment({ annotation }: Assignment, context: FileContext): void {
  const isDynamic = annotation?.kind === 'subscript' && nameOf(annotation.value) === 'DynamicMapped';
  if (isDynamic) context.report({ range: headOf(annotation), message });
}

function headOf(annotation: Expression): Expression {
  return annotation.kind === 'subscript' ? annotation.value : annotation;
}
