/** `cascade="all, delete-orphan"` on the side that has no orphans. */
import type { Call } from '../../python/syntax.ts';
import { hasHiddenOptions, relationshipCallOf, relationshipOption } from '../relationship-call.ts';
import type { FileContext, Rule } from '../rule.ts';

export const deleteOrphanOnManySide: Rule = {
  id: 'delete-orphan-on-many-side',
  category: 'model',
  since: '0.1.0',
  severity: 'error',
  preset: 'recommended',
  fix: null,
  documentation: {
    summary: '`delete-orphan` stands on a many-to-one or many-to-many relationship',
    why: 'An orphan is a child without its parent: only a one-to-many knows that. On the other side SQLAlchemy would delete the parent with the first child that leaves it, and refuses: configuring the mappers raises `ArgumentError`.',
    instead:
      'Write the cascade on the “one” side. Where a parent really has one child only, add `single_parent=True`.',
    references: ['https://docs.sqlalchemy.org/en/20/errors.html#error-bbf0'],
  },
  examples: [
    {
      bad: 'from sqlalchemy import ForeignKey\nfrom sqlalchemy.orm import relationship\n\n\nclass Line(Base):\n    __tablename__ = "lines"\n    id: Mapped[int] = mapped_column(primary_key=True)\n    post_id: Mapped[int] = mapped_column(ForeignKey("posts.id"), index=True)\n    post: Mapped["Post"] = relationship(cascade="all, delete-orphan")',
      good: 'from sqlalchemy import ForeignKey\nfrom sqlalchemy.orm import relationship\n\n\nclass Line(Base):\n    __tablename__ = "lines"\n    id: Mapped[int] = mapped_column(primary_key=True)\n    post_id: Mapped[int] = mapped_column(ForeignKey("posts.id"), index=True)\n    post: Mapped["Post"] = relationship()',
    },
  ],
  check: { expressions: { call: checkCall } },
};

function checkCall(node: Call, context: FileContext): void {
  const cascade = relationshipOption(node, 'cascade');
  const relationship = cascade && relationshipCallOf(node, context);
  if (!relationship || hasHiddenOptions(node) || relationshipOption(node, 'single_parent') !== null) return;
  const { model, attribute } = relationship;
  const { direction } = attribute;
  if (direction !== 'many-to-one' && direction !== 'many-to-many') return;
  if (!/(^|,)\s*delete-orphan\s*(,|$)/.test(attribute.cascade ?? '') || attribute.viewOnly) return;
  context.report({
    range: cascade,
    message: `${model.name}.${attribute.name} is ${direction}, which cannot have delete-orphan: configuring the mappers raises ArgumentError`,
  });
}
