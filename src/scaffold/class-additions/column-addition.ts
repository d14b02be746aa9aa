/** A new column of an existing model, with the enum that it may need; a foreign key's relationship is apart. */
import type { ColumnPlan } from '../model/model-plan.ts';
import { enumBlocks, helperBelow, isElsewhere, typeContext } from '../model/render-class.ts';
import { columnCode } from '../model/render-column.ts';
import type { ModelFact, ProjectFacts } from '../project-facts.ts';
import type { ClassAddition } from './class-additions.ts';
import { existingModelPlan } from './existing-model.ts';

export function columnAddition(facts: ProjectFacts, model: ModelFact, column: ColumnPlan): ClassAddition {
  const plan = existingModelPlan(model, [column]);
  const code = columnCode(column, plan, typeContext(facts, plan));
  const enums = enumBlocks(facts, plan);
  return {
    path: model.path,
    className: model.name,
    columns: code.lines,
    relationships: [],
    before: enums.map(each => each.lines),
    moves: helperBelow(facts, plan),
    imports: [...code.imports, ...enums.flatMap(each => each.imports)].filter(need =>
      isElsewhere(need, plan),
    ),
    typeImports: [],
  };
}
