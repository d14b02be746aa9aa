/** Relationships as attributes of a class. */
import { keyword, stringLiteral } from '../migration/python-literal.ts';
import type { OnDelete } from '../model/model-plan.ts';
import { deletionOptions, namedAttributes, secondaryCondition } from '../model/render-relationship.ts';
import type { ProjectFacts } from '../project-facts.ts';
import { assign, type Code, call, layOut } from '../python-code/layout.ts';
import { tableLabel } from './choose-tables.ts';
import type { Link, Through } from './database-plan.ts';
import type { ModuleScope } from './module-scope.ts';

/** `own` is the class that the attribute is written into. */
export function linkLines(
  link: Link,
  own: string,
  scope: ModuleScope,
  facts: ProjectFacts,
): readonly string[] {
  const { style } = scope;
  const target = stringLiteral(link.shape === 'optional' ? `${link.target} | None` : link.target, style);
  const annotation = link.shape === 'many' ? `list[${target}]` : target;
  const code = call(
    scope.use('sqlalchemy.orm', 'relationship'),
    ...(link.through ? throughOptions(link.through, own, link, scope) : keyOptions(link, own, scope)),
    keyword('back_populates', stringLiteral(link.backPopulates, style)),
    ...(link.side === 'target'
      ? deletionOptions({ onDelete: onDelete(link.key.onDelete), nullable: isNullable(link) }, facts)
      : []),
    ...(facts.habits.lazy === null ? [] : [keyword('lazy', stringLiteral(facts.habits.lazy, style))]),
    ...(link.overlaps.length === 0
      ? []
      : [keyword('overlaps', stringLiteral(link.overlaps.join(','), style))]),
    ...(facts.base?.dataclass ? ['init=False'] : []),
  );
  const mapped = scope.use('sqlalchemy.orm', 'Mapped');
  return layOut(assign(`${link.name}: ${mapped}[${annotation}]`, code), 4, style);
}

function onDelete(action: string | null): OnDelete {
  return action === 'CASCADE' || action === 'SET NULL' || action === 'RESTRICT' ? action : 'NO ACTION';
}

function isNullable({ key, owner }: Link): boolean {
  return owner.table.columns.some(column => key.columns.includes(column.name) && column.nullable);
}

/** Which foreign key is meant, and which end of it is far where a class points to itself. */
function keyOptions(
  { side, key, owner, ambiguous, target }: Link,
  own: string,
  scope: ModuleScope,
): readonly Code[] {
  const columns = key.columns.map(column => owner.attributes.get(column) ?? column);
  const isOwner = side === 'owner';
  const foreign = ambiguous
    ? [keyword('foreign_keys', isOwner ? listed(columns) : namedAttributes(owner.name, columns, scope.style))]
    : [];
  const reflexive = isOwner && target === own && target === owner.name;
  const remote = key.targetColumns.map(column => owner.attributes.get(column) ?? column);
  return [
    ...foreign,
    ...(reflexive ? [keyword('remote_side', namedAttributes(own, remote, scope.style))] : []),
  ];
}

function listed(attributes: readonly string[]): Code {
  return `[${attributes.join(', ')}]`;
}

function throughOptions(
  { table, other, reflexive }: Through,
  own: string,
  link: Link,
  scope: ModuleScope,
): readonly Code[] {
  const { style } = scope;
  const label = tableLabel(table);
  const condition = (key: Link['key']): string =>
    secondaryCondition(
      own,
      label,
      key.columns.map((column, index) => {
        const target = key.targetColumns[index] ?? '';
        return [link.owner.attributes.get(target) ?? target, column];
      }),
    );
  const joins = reflexive
    ? [
        keyword('primaryjoin', stringLiteral(condition(link.key), style)),
        keyword('secondaryjoin', stringLiteral(condition(other), style)),
      ]
    : [];
  const cascades = link.key.onDelete === 'CASCADE' ? ['passive_deletes=True'] : [];
  return [keyword('secondary', stringLiteral(label, style)), ...joins, ...cascades];
}
