/** `back_populates` names what does not exist on the other class, or what does not lead back. */
import { nearestName } from '../../base/suggest.ts';
import type { Call, Expression } from '../../python/syntax.ts';
import type { Model, RelationshipAttribute } from '../../sqlalchemy/model.ts';
import type { FileContext, Rule } from '../rule.ts';
import { changeTo } from '../shared/code/change-fix.ts';
import {
  knownTarget,
  mayHideOptions,
  type RelationshipCall,
  relationshipCallOf,
  relationshipOption,
} from '../shared/models/relationship-call.ts';

export const backPopulatesMismatch: Rule = {
  id: 'back-populates-mismatch',
  category: 'model',
  since: '0.1.0',
  severity: 'error',
  preset: 'recommended',
  fix: 'review',
  documentation: {
    summary: '`back_populates` names no relationship that leads back',
    why: 'The other class must have a relationship of that name, to this class and in the other direction. Otherwise the mappers cannot be configured: the first query of any model raises, often in a place that has nothing to do with these two classes.',
    instead:
      'Name the relationship of the other class. For a tree, the many-to-one side needs `remote_side`.',
    references: [
      'https://docs.sqlalchemy.org/en/20/orm/relationship_api.html#sqlalchemy.orm.relationship.params.back_populates',
    ],
  },
  examples: [
    {
      bad: 'from sqlalchemy import ForeignKey\nfrom sqlalchemy.orm import relationship\n\n\nclass Page(Base):\n    __tablename__ = "pages"\n    id: Mapped[int] = mapped_column(primary_key=True)\n    lines: Mapped[list["Line"]] = relationship(back_populates="pag")\n\n\nclass Line(Base):\n    __tablename__ = "lines"\n    id: Mapped[int] = mapped_column(primary_key=True)\n    page_id: Mapped[int] = mapped_column(ForeignKey("pages.id"), index=True)\n    page: Mapped["Page"] = relationship(back_populates="lines")',
      good: 'from sqlalchemy import ForeignKey\nfrom sqlalchemy.orm import relationship\n\n\nclass Page(Base):\n    __tablename__ = "pages"\n    id: Mapped[int] = mapped_column(primary_key=True)\n    lines: Mapped[list["Line"]] = relationship(back_populates="page")\n\n\nclass Line(Base):\n    __tablename__ = "lines"\n    id: Mapped[int] = mapped_column(primary_key=True)\n    page_id: Mapped[int] = mapped_column(ForeignKey("pages.id"), index=True)\n    page: Mapped["Page"] = relationship(back_populates="lines")',
    },
  ],
  check: { expressions: { call: checkCall } },
};

function checkCall(node: Call, context: FileContext): void {
  const relationship = relationshipCallOf(node, context);
  const name = relationship?.attribute.backPopulates;
  const target = relationship && knownTarget(relationship, context);
  const written = relationshipOption(node, 'back_populates');
  if (!relationship || !target || !name || !written) return;
  const other = target.attributes.find(attribute => attribute.name === name);
  if (!other) reportUnknown(name, target, written, context);
  else if (other.kind === 'column')
    report(written, `${target.name}.${name} is a column, not a relationship`, context);
  else if (other.kind === 'relationship') checkOther(other, target, relationship, written, context);
}

function checkOther(
  other: RelationshipAttribute,
  target: Model,
  { model, attribute }: RelationshipCall,
  written: Expression,
  context: FileContext,
): void {
  const back = other.target === null ? undefined : context.project.models.get(other.target);
  if (!back) return;
  if (!isRelated(back, model))
    report(written, `${target.name}.${other.name} leads to ${back.name}, not to ${model.name}`, context);
  else if (
    isSameDirection(attribute, other) &&
    ![attribute, other].some(each => each.viewOnly || mayHideOptions(each, context))
  )
    report(
      written,
      `${model.name}.${attribute.name} and ${target.name}.${other.name} are both ${attribute.direction}`,
      context,
    );
}

function isRelated(a: Model, b: Model): boolean {
  return a === b || a.bases.includes(b.qualifiedName) || b.bases.includes(a.qualifiedName);
}

function isSameDirection(a: RelationshipAttribute, b: RelationshipAttribute): boolean {
  return a.direction !== null && a.direction === b.direction && a.direction !== 'many-to-many';
}

function reportUnknown(name: string, target: Model, written: Expression, context: FileContext): void {
  const relationships = target.attributes.filter(attribute => attribute.kind === 'relationship');
  const nearest = nearestName(
    name,
    relationships.map(each => each.name),
  );
  const isString = written.kind === 'string';
  context.report({
    range: written,
    message: `${target.name} has no attribute ${name}: configuring the mappers raises InvalidRequestError${nearest ? `; did you mean ${nearest}?` : ''}`,
    fixes: nearest && isString ? [changeTo(written, `"${nearest}"`, nearest)] : [],
  });
}

function report(range: Expression, what: string, context: FileContext): void {
  context.report({ range, message: `${what}: configuring the mappers raises an error` });
}
