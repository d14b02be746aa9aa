/** What the project's enums inherit from. */
import type { EnumHabits } from '../project-facts.ts';
import { isBuiltin } from '../python-names.ts';
import { importFor, rootNames } from './learn-key.ts';
import { mostCommon } from './most-common.ts';
import { type OwnClass, type OwnClasses, positionalBases } from './own-classes.ts';

const plain: EnumHabits = { bases: ['enum.Enum'], imports: [{ kind: 'module', module: 'enum' }] };

/** Of at least three classes, and more than half of all; else Python's plain `Enum`. */
export function learnEnums(classes: OwnClasses): EnumHabits {
  const enums = [...classes.values()].filter(
    each =>
      each.bases.some(base => /^(?:Str|Int)?Enum$/.test(base)) &&
      !each.bases.includes('IntEnum') &&
      !each.file.path.startsWith('package:'),
  );
  const usual = mostCommon(enums.map(basesText));
  const alike = enums.filter(each => basesText(each) === usual);
  if (alike.length < 3 || alike.length * 2 <= enums.length) return plain;
  return alike.map(habitsOf).find(each => each !== null) ?? plain;
}

function basesText(owner: OwnClass): string {
  return writtenBases(owner).join(', ');
}

function writtenBases({ node, file }: OwnClass): readonly string[] {
  return positionalBases(node).map(({ start, end }) => file.text.slice(start, end));
}

function habitsOf(owner: OwnClass): EnumHabits | null {
  // The model's file may need SQLAlchemy's `Enum` under that name.
  const bases = writtenBases(owner).map(base => (base === 'Enum' ? 'enum.Enum' : base));
  const names = rootNames(bases).filter(name => !isBuiltin(name) && name !== 'enum');
  const needs = names.flatMap(name => importFor(name, owner.file) ?? []);
  if (needs.length !== names.length) return null;
  const isByModule = bases.some(base => base.startsWith('enum.'));
  return { bases, imports: isByModule ? [...plain.imports, ...needs] : needs };
}
