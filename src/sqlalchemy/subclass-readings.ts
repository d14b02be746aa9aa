/** Which classes of the workspace name which as a base, each file's part kept until something that it was read from changes. */
import { keepSameItems } from '../base/keep-equal.ts';
import { ReplacedMap } from '../base/replaced-map.ts';
import { FileReadings, type ReadingsChange } from './file-readings.ts';
import type { Subclass } from './linked-project.ts';
import type { ModuleView } from './module-view.ts';
import type { SourceFile } from './project.ts';
import { flatten, referenceOfBase } from './reading/class-members.ts';
import { siteOf } from './reading/site.ts';
import type { RecordedModules } from './recorded-modules.ts';

/** Direct subclasses by the qualified name of the base, in the order of files and lines. */
export type SubclassesByBase = ReplacedMap<string, readonly Subclass[]>;

interface SubclassReading {
  readonly modules: RecordedModules;
  readonly found: readonly { readonly base: string; readonly subclass: Subclass }[];
}

/** Has a lifetime: it goes on with each version of a project. */
export class SubclassReadings {
  readonly #readings: FileReadings<SubclassReading>;
  #byBase: SubclassesByBase;

  constructor(view: ModuleView) {
    this.#readings = new FileReadings(view, (file, record) => readFile(file, record()));
    this.#byBase = groupByBase(this.#readings.values());
  }

  /** Of the version that it went on to last: the same map for as long as it holds the same. */
  get byBase(): SubclassesByBase {
    return this.#byBase;
  }

  /** Gives the bases whose subclasses may be others than before; null where it may be any. */
  moveTo(view: ModuleView): ReadonlySet<string> | null {
    const change = this.#readings.moveTo(view);
    const renewed = change.reordered ? null : renewedIn(change.reread);
    this.#byBase =
      renewed === null
        ? groupByBase(this.#readings.values(), this.#byBase)
        : withRenewed(this.#byBase, renewed);
    return renewed === null ? null : renewed.bases;
  }
}

interface Renewed {
  readonly bases: ReadonlySet<string>;
  /** By the one before. */
  readonly subclasses: ReadonlyMap<Subclass, Subclass>;
}

/** Null where classes came or went: their places among the others are to be found. */
function renewedIn(reread: ReadingsChange<SubclassReading>['reread']): Renewed | null {
  const subclasses = new Map<Subclass, Subclass>();
  const bases = new Set<string>();
  for (const { before, now } of reread) {
    const found = now?.found ?? [];
    if (before?.found.length !== found.length) return null;
    for (const [index, { base, subclass }] of before.found.entries()) {
      const other = found[index];
      if (other?.base !== base || (subclasses.get(subclass) ?? other.subclass) !== other.subclass)
        return null;
      subclasses.set(subclass, other.subclass);
      bases.add(base);
    }
  }
  return { bases, subclasses };
}

function withRenewed(byBase: SubclassesByBase, { bases, subclasses }: Renewed): SubclassesByBase {
  if (bases.size === 0) return byBase;
  const renewed = (base: string) => (byBase.get(base) ?? []).map(each => subclasses.get(each) ?? each);
  return byBase.replacing([...bases].map(base => [base, renewed(base)] as const));
}

function readFile(file: SourceFile, modules: RecordedModules): SubclassReading {
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
  return { modules, found };
}

function groupByBase(readings: Iterable<SubclassReading>, previous?: SubclassesByBase): SubclassesByBase {
  const byBase = new Map<string, Subclass[]>();
  for (const { found } of readings) {
    for (const { base, subclass } of found) {
      const group = byBase.get(base);
      if (group) group.push(subclass);
      else byBase.set(base, [subclass]);
    }
  }
  return new ReplacedMap(
    new Map([...byBase].map(([base, group]) => [base, keepSameItems(previous?.get(base), group)])),
  );
}
