/** `back_populates` on one side only: half of the changes are not seen on the other side. */
import { contains } from '../../base/range.ts';
import type { Call, Expression } from '../../python/syntax.ts';
import { walk } from '../../python/walk.ts';
import type { RelationshipAttribute } from '../../sqlalchemy/model.ts';
import type { FileContext, ReportedFix, Rule } from '../rule.ts';
import {
  hasHiddenOptions,
  isRelationshipCall,
  knownTarget,
  relationshipCallOf,
  relationshipOption,
} from '../shared/models/relationship-call.ts';

export const backPopulatesOneSided: Rule = {
  id: 'back-populates-one-sided',
  category: 'model',
  since: '0.1.0',
  severity: 'warning',
  preset: 'recommended',
  fix: 'review',
  documentation: {
    summary: '`back_populates` stands on one of two relationships only',
    why: 'Each side says where its own changes are to be seen. With one side missing, `page.lines.append(line)` sets `line.page`, but `line.page = page` leaves `page.lines` as it was until the next refresh. SQLAlchemy says nothing.',
    instead: 'Write `back_populates` on both relationships, each naming the other.',
    references: [
      'https://docs.sqlalchemy.org/en/20/orm/backref.html#using-the-legacy-backref-relationship-parameter',
    ],
  },
  examples: [
    {
      bad: 'from sqlalchemy import ForeignKey\nfrom sqlalchemy.orm import relationship\n\n\nclass Page(Base):\n    __tablename__ = "pages"\n    id: Mapped[int] = mapped_column(primary_key=True)\n    lines: Mapped[list["Line"]] = relationship(back_populates="page")\n\n\nclass Line(Base):\n    __tablename__ = "lines"\n    id: Mapped[int] = mapped_column(primary_key=True)\n    page_id: Mapped[int] = mapped_column(ForeignKey("pages.id"), index=True)\n    page: Mapped["Page"] = relationship()',
      good: 'from sqlalchemy import ForeignKey\nfrom sqlalchemy.orm import relationship\n\n\nclass Page(Base):\n    __tablename__ = "pages"\n    id: Mapped[int] = mapped_column(primary_key=True)\n    lines: Mapped[list["Line"]] = relationship(back_populates="page")\n\n\nclass Line(Base):\n    __tablename__ = "lines"\n    id: Mapped[int] = mapped_column(primary_key=True)\n    page_id: Mapped[int] = mapped_column(ForeignKey("pages.id"), index=True)\n    page: Mapped["Page"] = relationship(back_populates="lines")',
    },
  ],
  check: { expressions: { call: checkCall } },
};

function checkCall(node: Call, context: FileContext): void {
  const relationship = relationshipCallOf(node, context);
  const target = relationship && knownTarget(relationship, context);
  // `**options` may hold it, as far as that can be read.
  const written =
    relationshipOption(node, 'back_populates') ?? node.arguments.find(each => each.unpacked)?.value;
  if (!relationship || !target || !written || relationship.attribute.backPopulates === null) return;
  const { model, attribute } = relationship;
  const other = target.attributes.find(each => each.name === attribute.backPopulates);
  if (other?.kind !== 'relationship' || other.backPopulates !== null || other.backref !== null) return;
  if (attribute.viewOnly || other.viewOnly || other.target !== model.qualifiedName) return;
  const call = callOf(other, context);
  if (call === 'hidden') return;
  context.report({
    range: written,
    message: `${target.name}.${other.name} has no back_populates: setting it does not change ${model.name}.${attribute.name} until the next refresh`,
    fixes: call === null ? [] : [fixOf(call, attribute.name)],
  });
}

/** The other relationship's call: null where it stands in another file, `hidden` where it may say more than is read. */
function callOf({ location }: RelationshipAttribute, context: FileContext): Call | 'hidden' | null {
  const file = context.project.files.get(location.path);
  if (!file) return null;
  for (const node of walk(file.module)) {
    if (node.kind !== 'call' || !contains(location.range, node)) continue;
    if (file === context.file && !isRelationshipCall(node, context)) continue;
    if (hasHiddenOptions(node) || relationshipOption(node, 'back_populates') !== null) return 'hidden';
    return file === context.file ? node : null;
  }
  return 'hidden';
}

function fixOf(call: Call, name: string): ReportedFix {
  const last: Expression | undefined = call.arguments.at(-1)?.value;
  const argument = `back_populates="${name}"`;
  const end = last?.end ?? call.argumentsRange.end - 1;
  return {
    title: `Add ${argument} to the other relationship`,
    edits: [{ range: { start: end, end }, newText: last ? `, ${argument}` : argument }],
  };
}
