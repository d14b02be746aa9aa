/**
 * What a change of a model costs until the findings of all that depends on it are right again: one more column, and a
 * comment, in the model that most files name. Writes nothing.
 */
import { literalPattern } from '../../base/literal-pattern.ts';
import type { Model } from '../../sqlalchemy/model.ts';
import type { SqlAlchemyProject } from '../../sqlalchemy/project.ts';
import { type OpenedAnalysis, openAnalysis } from './opened-analysis.ts';

export interface ModelChange {
  readonly model: string;
  /** How many files name it. */
  readonly naming: number;
  readonly column: ChangeCost;
  readonly comment: ChangeCost;
}

export interface ChangeCost {
  /** Seconds until all is right again, without those of the processor that PostgreSQL's process takes. */
  readonly seconds: number;
  readonly processor: number;
  /** How many files were checked again. */
  readonly checked: number;
}

/** Null where no model declares a column by an annotation. */
export async function measureModelChange(folder: string): Promise<ModelChange | null> {
  using opened = await openAnalysis(folder, () => {});
  const { project } = opened.store.snapshot;
  const named = mostNamed(project);
  if (named === null) return null;
  const { model, naming } = named;
  const { text } = project.files.get(model.location.path) ?? { text: '' };
  const at = Math.min(...ownColumns(model));
  const indent = /[ \t]*$/.exec(text.slice(0, at))?.[0] ?? '';
  const changed = (line: string) =>
    costOf(opened, model.location.path, `${text.slice(0, at)}${line}\n${indent}${text.slice(at)}`);
  return {
    model: model.name,
    naming,
    comment: await changed('# Added by the measurement.'),
    column: await changed('added_by_the_measurement: Mapped[int | None] = mapped_column()'),
  };
}

function mostNamed({ models, filesWith }: SqlAlchemyProject): {
  readonly model: Model;
  readonly naming: number;
} | null {
  const counted = [...models.values()]
    .filter(model => ownColumns(model).length > 0)
    .map(model => ({
      model,
      naming: filesWith(new RegExp(`\\b${literalPattern(model.name)}\\b`), model.name).length,
    }));
  return counted.sort((one, two) => two.naming - one.naming)[0] ?? null;
}

/** Where those begin that the class declares itself by an annotation. */
function ownColumns({ attributes, location: { path, range } }: Model): readonly number[] {
  return attributes.flatMap(({ kind, location, ...attribute }) => {
    const isOwn = location.path === path && range.start < location.range.start;
    const isAnnotated = kind === 'column' && 'annotation' in attribute && attribute.annotation !== null;
    return isOwn && isAnnotated ? [location.range.start] : [];
  });
}

async function costOf({ store, analysis }: OpenedAnalysis, path: string, text: string): Promise<ChangeCost> {
  const before = new Map(analysis.checks.map(check => [check.path, check]));
  const began = performance.now();
  const used = process.cpuUsage();
  analysis.update(store.setOverlay(path, text), [path]);
  await analysis.settled();
  const { user, system } = process.cpuUsage(used);
  const seconds = (performance.now() - began) / 1_000;
  const checked = analysis.checks.filter(check => before.get(check.path) !== check).length;
  return { seconds, processor: (user + system) / 1e6, checked };
}
