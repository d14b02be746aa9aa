/**
 * All of a module that names across files are resolved by: what it binds at its top level, as text to be compared. An edit
 * in the body of a function or class leaves it alone, so that what only asked for names need not be read again.
 */

import { lastName } from '../last-name.ts';
import type { Binding } from '../scopes/binding.ts';
import type { Expression, ImportFrom } from '../syntax.ts';
import { knowsItsPackage, type ModuleEntry, type ModuleSymbols } from './modules.ts';

const surfaces = new WeakMap<ModuleSymbols, string>();

/** The same text where every name is resolved alike by `qualify.ts`. Without positions: their order counts. */
export function surfaceOf(symbols: ModuleSymbols): string {
  const known = surfaces.get(symbols);
  if (known !== undefined) return known;
  const { starImports, all } = symbols;
  const surface = JSON.stringify([inOrder(symbols).map(bindingData), starImports.map(importData), all]);
  surfaces.set(symbols, surface);
  return surface;
}

/** A surface by its names, for who asks for some of them. */
export interface SurfaceParts {
  /** In source order; a name may be bound more than once. */
  readonly bindings: readonly SurfaceBinding[];
  /** What the answer for any name may depend on. */
  readonly shared: string;
}

export interface SurfaceBinding {
  readonly name: string;
  /** With every name of the module that its meaning leads on to. */
  readonly text: string;
}

export function surfacePartsOf(entry: ModuleEntry): SurfaceParts {
  const { starImports, all } = entry.symbols;
  return {
    bindings: inOrder(entry.symbols).map(each => ({
      name: each.name,
      text: JSON.stringify(bindingData(each)),
    })),
    shared: JSON.stringify([entry.name, starImports.map(importData), all, knowsItsPackage(entry)]),
  };
}

function inOrder({ exports }: ModuleSymbols): readonly Binding[] {
  return [...exports.values()].flat().sort((one, two) => one.range.start - two.range.start);
}

function bindingData(binding: Binding): unknown {
  const { name, kind, branch } = binding;
  switch (kind) {
    case 'import':
      return [name, kind, branch, binding.module];
    case 'import-from':
      return [name, kind, branch, ...importData(binding.node), binding.imported];
    case 'assignment':
      return [name, kind, branch, binding.unpacked, chainOf(binding.value), lastName(binding.value)];
    default:
      return [name, kind, branch];
  }
}

function importData({ level, module }: ImportFrom): readonly unknown[] {
  return [level, module];
}

/** Of a plain alias (`Base = models.Base`), which means what it stands for; null for any other value. */
function chainOf(value: Expression): string | null {
  if (value.kind === 'name') return value.id;
  if (value.kind !== 'attribute') return null;
  const owner = chainOf(value.value);
  return owner === null ? null : `${owner}.${value.attribute.id}`;
}
