/** A model that is there, as the plan that the rendering of new models works on: its file, its key, and what is added. */
import type { ColumnPlan, KeyPlan, ModelPlan } from '../model/model-plan.ts';
import type { ModelFact } from '../project-facts.ts';

export function existingModelPlan(model: ModelFact, columns: readonly ColumnPlan[]): ModelPlan {
  return {
    name: model.name,
    table: model.table,
    ownTable: model.table,
    place: { kind: 'file', path: model.path, module: model.module },
    key: keyPlan(model),
    mixins: [],
    timestamps: false,
    columns,
  };
}

/** Only its type matters: that of foreign keys to it. */
function keyPlan({ key }: ModelFact): KeyPlan {
  if (key?.type === 'str')
    return { kind: 'usual', sample: { annotation: 'str', arguments: [], imports: [] } };
  return { kind: key?.type === 'UUID' ? 'uuid' : 'integer' };
}
