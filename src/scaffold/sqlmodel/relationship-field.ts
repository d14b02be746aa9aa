/** A relationship as SQLModel writes it: `team: "Team" = Relationship(back_populates="heroes")`. */
import type { ClassCode } from '../model/class-code.ts';
import type { RelationshipSide } from '../model/relationship-side.ts';
import { passiveDeletes } from '../model/shared-options.ts';
import type { CodeStyle, ProjectFacts } from '../project-facts.ts';
import { fromImport, type ImportNeed } from '../python-code/import-need.ts';
import { assign, type Bracketed, type Code, call, layOut } from '../python-code/layout.ts';
import { quoted } from '../python-code/quoting.ts';

/** `linkModel` is the class of an association table. */
export function relationshipField(
  side: RelationshipSide,
  facts: ProjectFacts,
  linkModel?: string,
): ClassCode {
  const { style } = facts;
  const annotation = annotationOf(side, style);
  const code = call(
    'Relationship',
    `back_populates=${quoted(side.backPopulates, style)}`,
    ...(linkModel === undefined ? [] : [`link_model=${linkModel}`]),
    ...deletionOptions(side, style),
    ...furtherOptions(side, facts),
  );
  return {
    lines: layOut(assign(`${side.name}: ${annotation.text}`, code), 4, style),
    imports: [...annotation.imports, fromImport('sqlmodel', 'Relationship')],
  };
}

/** SQLModel looks up a quoted name alone: `"Team | None"` would be no class to it. */
function annotationOf(
  { target, targetIsAbove, holds }: RelationshipSide,
  style: CodeStyle,
): { readonly text: string; readonly imports: readonly ImportNeed[] } {
  // Annotations of 3.14 are evaluated when they are asked for.
  const name = targetIsAbove || style.python >= 314 ? target : quoted(target, style);
  switch (holds) {
    case 'list':
      return { text: `list[${name}]`, imports: [] };
    case 'one':
      return { text: name, imports: [] };
    case 'one-or-none':
      return targetIsAbove
        ? { text: `${name} | None`, imports: [] }
        : { text: `Optional[${name}]`, imports: [fromImport('typing', 'Optional')] };
  }
}

/** What the session does to the rows that point, in step with what the database does. */
function deletionOptions({ deletion }: RelationshipSide, style: CodeStyle): readonly string[] {
  if (deletion === null) return [];
  const cascade = deletion.onDelete === 'CASCADE' ? ['cascade_delete=True'] : [];
  return [...cascade, ...passiveDeletes(deletion, style)];
}

function furtherOptions(
  { foreignKeys, remoteSide, joins, holds, deletion }: RelationshipSide,
  facts: ProjectFacts,
): readonly Code[] {
  const { style, habits } = facts;
  const options = [
    ...(foreignKeys === null ? [] : [['foreign_keys', foreignKeys] as const]),
    ...(remoteSide === null ? [] : [['remote_side', remoteSide] as const]),
    ...(joins ? [['primaryjoin', joins.primary] as const, ['secondaryjoin', joins.secondary] as const] : []),
    ...(deletion !== null && holds !== 'list' ? [['uselist', 'False'] as const] : []),
    ...(habits.lazy === null ? [] : [['lazy', quoted(habits.lazy, style)] as const]),
  ];
  if (options.length === 0) return [];
  const dictionary: Bracketed = {
    open: 'sa_relationship_kwargs={',
    elements: options.map(([name, value]) => `${quoted(name, style)}: ${value}`),
    close: '}',
  };
  return [dictionary];
}
