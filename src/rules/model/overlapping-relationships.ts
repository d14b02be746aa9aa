/** Two relationships write one foreign key and do not know of each other. */
import type { Call } from '../../python/syntax.ts';
import type { Model, RelationshipAttribute } from '../../sqlalchemy/model.ts';
import type { FileContext, Rule } from '../rule.ts';
import {
  declarationOf,
  hasHiddenOptions,
  knownTarget,
  type RelationshipCall,
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
  if (model === target || (attribute.secondary === null && foreignKeysBetween(model, target) !== 1)) return;
  const other = overlapping(relationship, target, context);
  if (!other || isSecond(relationship, other)) return;
  context.report({
    range: node.function,
    message: `${model.name}.${attribute.name} and ${other.model.name}.${other.attribute.name} write the same foreign key: SQLAlchemy warns, and a change on one side is not seen on the other`,
  });
}

type Relationship = Pick<RelationshipCall, 'model' | 'attribute'>;

/** On the other side, or beside it; one that a `backref` makes among them. */
function overlapping(
  { model, attribute }: RelationshipCall,
  target: Model,
  context: FileContext,
): Relationship | null {
  const beside = model.inherits === null ? among(model, target).filter(each => each !== attribute) : [];
  const other = [...among(target, model), ...beside].find(
    each => writesTheSame(each, attribute) && !isExcused(each, context),
  );
  return other ? { model: beside.includes(other) ? model : target, attribute: other } : null;
}

function among({ attributes }: Model, target: Model): readonly RelationshipAttribute[] {
  return attributes.flatMap(each =>
    each.kind === 'relationship' && each.target === target.qualifiedName ? [each] : [],
  );
}

function writesTheSame(other: RelationshipAttribute, attribute: RelationshipAttribute): boolean {
  if (other.viewOnly || other.direction === null || other.backPopulates === attribute.name) return false;
  if (attribute.direction === 'many-to-many')
    return other.direction === 'many-to-many' && other.secondary === attribute.secondary;
  return other.direction !== 'many-to-many';
}

/** Options that excuse a relationship, or that choose another join. */
const excuses = ['overlaps', 'primaryjoin', 'secondaryjoin', 'foreign_keys', 'sync_backref'];

function saysMore(call: Call): boolean {
  return (
    hasHiddenOptions(call) ||
    [...excuses, 'backref'].some(option => relationshipOption(call, option) !== null)
  );
}

function isAlone(attribute: RelationshipAttribute): boolean {
  const { backPopulates, backref, viewOnly, direction } = attribute;
  return backPopulates === null && backref === null && !viewOnly && direction !== null;
}

const excuse = new RegExp(`\\*\\*|sa_relationship_kwargs|\\b(?:${excuses.join('|')})\\b`);

/** What its declaration says, in which a `backref` has its own. */
function isExcused(attribute: RelationshipAttribute, context: FileContext): boolean {
  return excuse.test(declarationOf(attribute, context));
}

/** One finding for the two, where the other is as lone: at the many-to-one, at the one written later, or at the first class by name. */
function isSecond({ model, attribute }: Relationship, other: Relationship): boolean {
  if (!isAlone(other.attribute)) return false;
  if (model === other.model) return attribute.location.range.start < other.attribute.location.range.start;
  if (attribute.direction !== other.attribute.direction) return attribute.direction !== 'many-to-one';
  return model.qualifiedName > other.model.qualifiedName;
}

function foreignKeysBetween(a: Model, b: Model): number {
  const leads = (from: Model, to: Model) =>
    (from.table?.foreignKeys ?? []).filter(key => key.targetTable === to.table?.name).length;
  return leads(a, b) + leads(b, a);
}
