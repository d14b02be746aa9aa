/** Two relationships write one foreign key and do not know of each other. */
import type { Call } from '../../python/syntax.ts';
import type { Model, RelationshipAttribute } from '../../sqlalchemy/model.ts';
import type { FileContext, Rule } from '../rule.ts';
import {
  hasHiddenOptions,
  knownTarget,
  relationshipCallOf,
  relationshipOption,
} from '../shared/models/relationship-call.ts';

export const overlappingRelationships: Rule = {
  id: 'overlapping-relationships',
  category: 'model',
  since: '0.1.0',
  severity: 'warning',
  preset: 'recommended',
  fix: null,
  documentation: {
    summary: 'Two relationships write the same foreign key without `back_populates`',
    why: 'Both copy the key at a flush, each from its own state: which one wins is chance, and a change on one side is not seen on the other. SQLAlchemy warns with “relationship X will copy column Q to column P, which conflicts with relationship(s)” (qzyx) when the mappers are configured.',
    instead: 'Link them with `back_populates` on both; or make one of them `viewonly=True`.',
    references: ['https://docs.sqlalchemy.org/en/20/errors.html#error-qzyx'],
  },
  examples: [
    {
      bad: 'from sqlalchemy import ForeignKey\nfrom sqlalchemy.orm import relationship\n\n\nclass Page(Base):\n    __tablename__ = "pages"\n    id: Mapped[int] = mapped_column(primary_key=True)\n    lines: Mapped[list["Line"]] = relationship()\n\n\nclass Line(Base):\n    __tablename__ = "lines"\n    id: Mapped[int] = mapped_column(primary_key=True)\n    page_id: Mapped[int] = mapped_column(ForeignKey("pages.id"), index=True)\n    page: Mapped["Page"] = relationship()',
      good: 'from sqlalchemy import ForeignKey\nfrom sqlalchemy.orm import relationship\n\n\nclass Page(Base):\n    __tablename__ = "pages"\n    id: Mapped[int] = mapped_column(primary_key=True)\n    lines: Mapped[list["Line"]] = relationship(back_populates="page")\n\n\nclass Line(Base):\n    __tablename__ = "lines"\n    id: Mapped[int] = mapped_column(primary_key=True)\n    page_id: Mapped[int] = mapped_column(ForeignKey("pages.id"), index=True)\n    page: Mapped["Page"] = relationship(back_populates="lines")',
    },
  ],
  check: { expressions: { call: checkCall } },
};

function checkCall(node: Call, context: FileContext): void {
  const relationship = relationshipCallOf(node, context);
  const target = relationship && knownTarget(relationship, context);
  if (!relationship || !target || !isAlone(relationship.attribute) || saysMore(node)) return;
  const { model, attribute } = relationship;
  const other = target.attributes.find(
    (each): each is RelationshipAttribute =>
      each.kind === 'relationship' && isOtherSide(each, attribute, model, target),
  );
  if (!other || isSecond(model, attribute, target, other)) return;
  if (attribute.secondary === null && foreignKeysBetween(model, target) !== 1) return;
  context.report({
    range: node.function,
    message: `${model.name}.${attribute.name} and ${target.name}.${other.name} write the same foreign key: SQLAlchemy warns, and a change on one side is not seen on the other`,
  });
}

/** Options that a counterpart may be excused by, or that choose another join. */
function saysMore(call: Call): boolean {
  const options = ['overlaps', 'primaryjoin', 'secondaryjoin', 'foreign_keys', 'backref', 'sync_backref'];
  return hasHiddenOptions(call) || options.some(option => relationshipOption(call, option) !== null);
}

function isAlone(attribute: RelationshipAttribute): boolean {
  const { backPopulates, backref, viewOnly, direction } = attribute;
  return backPopulates === null && backref === null && !viewOnly && direction !== null;
}

function isOtherSide(
  other: RelationshipAttribute,
  attribute: RelationshipAttribute,
  model: Model,
  target: Model,
): boolean {
  if (other.target !== model.qualifiedName || !isAlone(other) || model === target) return false;
  if (attribute.direction === 'many-to-many')
    return other.direction === 'many-to-many' && other.secondary === attribute.secondary;
  return other.direction !== 'many-to-many' && other.direction !== attribute.direction;
}

/** One finding for the two: at the many-to-one, or at the first class by name. */
function isSecond(
  model: Model,
  attribute: RelationshipAttribute,
  target: Model,
  other: RelationshipAttribute,
): boolean {
  if (attribute.direction !== other.direction) return attribute.direction !== 'many-to-one';
  return model.qualifiedName > target.qualifiedName;
}

function foreignKeysBetween(a: Model, b: Model): number {
  const leads = (from: Model, to: Model) =>
    (from.table?.foreignKeys ?? []).filter(key => key.targetTable === to.table?.name).length;
  return leads(a, b) + leads(b, a);
}
