/** The primary key that most models declare in their own bodies, so that a new one can be declared the same way. */

import { firstPart } from '../../base/dotted-name.ts';
import { absoluteModule } from '../../python/modules/qualify.ts';
import type { Model } from '../../sqlalchemy/model.ts';
import type { SourceFile } from '../../sqlalchemy/project.ts';
import type { BaseFact, KeySample } from '../project-facts.ts';
import { fromImport, type ImportNeed } from '../python-code/import-need.ts';
import { assignedName, lastName, type Statement } from '../python-syntax.ts';
import { mostCommon } from './most-common.ts';
import type { OwnClass, OwnClasses } from './own-classes.ts';

/** Null where most models have none of their own called `id`, or one that needs no copying. */
export function learnKeySample(
  models: readonly Model[],
  classes: OwnClasses,
  base: BaseFact | null,
): KeySample | null {
  const samples = models
    .flatMap(model => sampleOf(classes.get(model.qualifiedName)) ?? [])
    .filter(sample => isUsable(sample, base));
  const text = mostCommon(samples.map(textOf));
  const sample = samples.find(each => textOf(each) === text);
  return sample && !plainKeys.includes(textOf(sample)) ? sample : null;
}

/** Single models may be dataclasses where the base's others are not. */
function isUsable(sample: KeySample, base: BaseFact | null): boolean {
  const isForDataclass = sample.arguments.some(each => /^(?:init|default_factory|kw_only)\s*=/.test(each));
  return !isForDataclass || base?.dataclass === true || base?.kind === 'sqlmodel';
}

const plainKeys = ['int primary_key=True', 'int | None default=None, primary_key=True'];

function textOf(sample: KeySample): string {
  return `${sample.annotation} ${sample.arguments.join(', ')}`;
}

function sampleOf(owner: OwnClass | undefined): KeySample | null {
  const statement = owner?.node.body.find(each => assignedName(each) === 'id');
  if (!owner || statement?.kind !== 'assignment') return null;
  const { annotation, value } = statement;
  const called = value?.kind === 'call' ? lastName(value.function) : null;
  if (!annotation || value?.kind !== 'call') return null;
  const [mapped] =
    annotation.kind === 'subscript' && lastName(annotation) === 'Mapped' ? annotation.indices : [];
  const inner = called === 'Field' ? annotation : called === 'mapped_column' ? mapped : undefined;
  if (!inner) return null;
  const { file } = owner;
  const written = (range: { readonly start: number; readonly end: number }): string =>
    file.text.slice(range.start, range.end);
  const values = value.arguments.map(written);
  if (!values.some(each => /^primary_key\s*=\s*True$/.test(each)) || values.some(each => /[\n#]/.test(each)))
    return null;
  const names = rootNames([written(inner), ...values]);
  return {
    annotation: written(inner),
    arguments: values,
    imports: names.flatMap(name => importFor(name, file) ?? []),
  };
}

/** Names that stand for themselves: no attributes, keywords of arguments, or words in strings. */
export function rootNames(texts: readonly string[]): readonly string[] {
  const code = texts.map(text => text.replaceAll(/"[^"]*"|'[^']*'/g, '').replace(/^\w+\s*=(?!=)/, ''));
  const names = code.flatMap(text => text.match(/(?<![.\w])[A-Za-z_]\w*(?!\w*\s*=(?!=))/g) ?? []);
  return [...new Set(names)];
}

/** How a file has a name: imported, or defined by itself; null where neither is at its top level. */
export function importFor(name: string, file: SourceFile): ImportNeed | null {
  for (const statement of file.module.body) {
    const need = bindingOf(statement, name, file);
    if (need) return need;
  }
  return null;
}

function bindingOf(statement: Statement, name: string, file: SourceFile): ImportNeed | null {
  switch (statement.kind) {
    case 'import': {
      const found = statement.names.find(each => (each.alias?.id ?? firstPart(each.name)) === name);
      return found
        ? { kind: 'module', module: found.name, ...(found.alias ? { alias: found.alias.id } : {}) }
        : null;
    }
    case 'import-from': {
      const found = statement.names.find(each => (each.alias?.id ?? each.name) === name);
      if (!found) return null;
      const written = found.alias ? `${found.name} as ${found.alias.id}` : found.name;
      const module = absoluteModule(statement, file);
      return module === null ? null : fromImport(module, written);
    }
    case 'class':
    case 'function':
      return statement.name.id === name ? fromImport(file.name, name) : null;
    default:
      return assignedName(statement) === name ? fromImport(file.name, name) : null;
  }
}
