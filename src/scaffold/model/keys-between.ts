/** The foreign keys that are between two models already: a further one makes every relationship between them ambiguous. */
import type { ModelFact, ProjectFacts } from '../project-facts.ts';

export interface KeyBetween {
  readonly owner: ModelFact;
  /** The attributes of its columns. */
  readonly attributes: readonly string[];
  /** True where it joins the table of a subclass to that of its parent. */
  readonly inherits: boolean;
}

/** In both directions. */
export function keysBetween(facts: ProjectFacts, model: ModelFact, target: ModelFact): readonly KeyBetween[] {
  const keys = keysFrom(facts, model, target);
  return model === target ? keys : [...keys, ...keysFrom(facts, target, model)];
}

function keysFrom({ project }: ProjectFacts, owner: ModelFact, target: ModelFact): readonly KeyBetween[] {
  const mapped = project.models.get(`${owner.module}.${owner.name}`);
  const keys = mapped?.table?.foreignKeys ?? [];
  const columns = mapped?.attributes.filter(each => each.kind === 'column') ?? [];
  const isJoined = mapped?.inherits?.style === 'joined';
  const primary = mapped?.table?.primaryKey?.columns ?? [];
  return keys
    .filter(({ targetSchema, targetTable }) =>
      [targetTable, `${targetSchema}.${targetTable}`].includes(target.table),
    )
    .map(key => ({
      owner,
      attributes: key.columns.map(column => columns.find(each => each.column === column)?.name ?? column),
      inherits: isJoined && key.columns.every(column => primary.includes(column)),
    }));
}
