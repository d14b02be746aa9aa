/** `backref="author"`: an attribute that stands in no class. */
import { sliceOf } from '../../base/range.ts';
import { keywordOf } from '../../python/argument-at.ts';
import type { Call } from '../../python/syntax.ts';
import type { FileContext, Rule } from '../rule.ts';
import { isRelationshipCall } from '../shared/models/relationship-call.ts';

export const legacyBackref: Rule = {
  id: 'legacy-backref',
  category: 'model',
  since: '0.1.0',
  severity: 'information',
  preset: 'strict',
  fix: null,
  documentation: {
    summary: '`backref` makes an attribute that the other class does not show',
    why: 'The attribute appears on the other class when the mappers are configured: type checkers and readers of that class do not see it, and it cannot be annotated. SQLAlchemy calls it legacy.',
    instead: 'Write a relationship on both classes, each with `back_populates`.',
    references: ['https://docs.sqlalchemy.org/en/20/orm/backref.html'],
  },
  examples: [
    {
      bad: 'from sqlalchemy import ForeignKey\nfrom sqlalchemy.orm import relationship\n\n\nclass Page(Base):\n    __tablename__ = "pages"\n    id: Mapped[int] = mapped_column(primary_key=True)\n    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"), index=True)\n    user: Mapped["User"] = relationship(backref="pages")',
      good: 'from sqlalchemy import ForeignKey\nfrom sqlalchemy.orm import relationship\n\n\nclass Page(Base):\n    __tablename__ = "pages"\n    id: Mapped[int] = mapped_column(primary_key=True)\n    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"), index=True)\n    user: Mapped["User"] = relationship()',
    },
  ],
  check: { expressions: { call: checkCall } },
};

function checkCall(node: Call, context: FileContext): void {
  const backref = keywordOf(node, 'backref');
  if (!backref || !isRelationshipCall(node, context)) return;
  if (backref.value.kind === 'constant') return;
  context.report({
    range: backref,
    message: `${sliceOf(context.file.text, backref.value)} becomes an attribute of the other class that nothing there shows: write back_populates on both`,
  });
}
