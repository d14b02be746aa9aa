/** Which classes of the workspace name which as a base, each file's part kept until something that it was read from changes. */
import { keepSameItems } from '../base/keep-equal.ts';
import type { Subclass } from './linked-project.ts';
import type { SourceFile } from './project.ts';
import { flatten, referenceOfBase } from './reading/class-members.ts';
import { siteOf } from './reading/site.ts';
import { changeBetween, type ModuleView, type RecordedModules, recordModules } from './recorded-modules.ts';

export interface SubclassReadings {
  readonly view: ModuleView;
  readonly readings: ReadonlyMap<string, SubclassReading>;
  /** Direct subclasses by the qualified name of the base, in the order of files and lines. */
  readonly byBase: ReadonlyMap<string, readonly Subclass[]>;
}

interface SubclassReading {
  readonly file: SourceFile;
  readonly modules: RecordedModules;
  readonly found: readonly { readonly base: string; readonly subclass: Subclass }[];
}

export function readSubclasses(
  files: readonly SourceFile[],
  view: ModuleView,
  previous?: SubclassReadings,
): SubclassReadings {
  const change = previous ? changeBetween(previous.view, view) : null;
  const readings = new Map<string, SubclassReading>();
  let same = previous?.readings.size === files.length;
  for (const file of files) {
    const known = previous?.readings.get(file.path);
    const isKept = known?.file === file && (change === null || known.modules.holds(change));
    const reading = isKept ? known : readFile(file, view);
    same &&= reading === known || (reading.found.length === 0 && known?.found.length === 0);
    readings.set(file.path, reading);
  }
  const byBase = same && previous ? previous.byBase : groupByBase(readings.values(), previous?.byBase);
  return { view, readings, byBase };
}

function readFile(file: SourceFile, view: ModuleView): SubclassReading {
  const modules = recordModules(view);
  const site = siteOf(file, modules.names);
  const found: { base: string; subclass: Subclass }[] = [];
  for (const node of flatten(file.module.body)) {
    if (node.kind !== 'class') continue;
    const subclass = { qualifiedName: `${file.name}.${node.name.id}`, node, file };
    for (const base of node.arguments) {
      const parent = base.keyword ? null : referenceOfBase(base.value, site);
      if (parent?.kind === 'class') found.push({ base: parent.qualifiedName, subclass });
    }
  }
  return { file, modules, found };
}

function groupByBase(
  readings: Iterable<SubclassReading>,
  previous: SubclassReadings['byBase'] | undefined,
): SubclassReadings['byBase'] {
  const byBase = new Map<string, Subclass[]>();
  for (const { found } of readings) {
    for (const { base, subclass } of found) {
      const group = byBase.get(base);
      if (group) group.push(subclass);
      else byBase.set(base, [subclass]);
    }
  }
  return new Map([...byBase].map(([base, group]) => [base, keepSameItems(previous?.get(base), group)]));
}
