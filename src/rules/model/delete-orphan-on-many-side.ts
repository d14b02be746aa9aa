/** `cascade="all, delete-orphan"` on the side that has no orphans. */
import type { Call, Expression } from '../../python/syntax.ts';
import type { RelationshipAttribute } from '../../sqlalchemy/model.ts';
import type { FileContext, Rule } from '../rule.ts';
import { attributesAt } from '../shared/models/declared-attributes.ts';
import { isRelationshipCall, relationshipOption } from '../shared/models/relationship-call.ts';

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
  if (!isRelationshipCall(node, context)) return;
  for (const { model, attribute } of attributesAt(context.project, context.file.path, node)) {
    if (attribute.kind !== 'relationship' || !isWrong(attribute)) continue;
    context.report({
      range: cascadeAt(node, attribute) ?? node.function,
      message: `${model.name}.${attribute.name} is ${attribute.direction}, which cannot have delete-orphan: configuring the mappers raises ArgumentError`,
    });
    return;
  }
}

function isWrong({ cascade, direction, viewOnly, singleParent }: RelationshipAttribute): boolean {
  const isMany = direction === 'many-to-one' || direction === 'many-to-many';
  return isMany && !viewOnly && !singleParent && /(^|,)\s*delete-orphan\s*(,|$)/.test(cascade ?? '');
}

/** Where it is written; null where the arguments were made elsewhere. */
function cascadeAt(node: Call, { fromBackref }: RelationshipAttribute): Expression | null {
  const owner = fromBackref ? relationshipOption(node, 'backref') : node;
  if (owner?.kind !== 'call') return owner;
  return relationshipOption(owner, 'cascade') ?? relationshipOption(owner, 'cascade_delete');
}
