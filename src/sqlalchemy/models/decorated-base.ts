/** What decorators make of a class: a declarative base, or a mapped class of a registry. */
import { lastName } from '../../python/last-name.ts';
import type { Expression } from '../../python/syntax.ts';
import { followReference, type Reference } from '../reading/reference.ts';
import type { Site } from '../reading/site.ts';
import type { BaseFact, ClassNode } from './class-node.ts';

interface DecoratedBase {
  readonly own: BaseFact | null;
  /** What the class is mapped by. */
  readonly inherited: BaseFact | null;
}

/** `@as_declarative()` makes a base; `@reg.mapped`, `@reg.mapped_as_dataclass` and `@mapped_as_dataclass(reg)` map the class. */
export function decoratedBase(node: ClassNode, site: Site): DecoratedBase {
  let inherited: BaseFact | null = null;
  for (const decorator of node.node.decorators) {
    const called = decorator.kind === 'call' ? decorator.function : decorator;
    const reference = followReference(called, site);
    const method = called.kind === 'attribute' ? called.attribute.id : '';
    if (
      (reference.kind === 'library' && reference.name === 'as_declarative') ||
      method === 'as_declarative_base'
    ) {
      const own: BaseFact = { qualifiedName: node.qualifiedName, door: 'declarative', variable: null };
      return { own, inherited };
    }
    inherited = registryOf(decorator, called, reference, site) ?? inherited;
  }
  return { own: null, inherited };
}

/** `mapper` is what `called` leads to. */
function registryOf(
  decorator: Expression,
  called: Expression,
  mapper: Reference,
  site: Site,
): BaseFact | null {
  const isMethod =
    called.kind === 'attribute' &&
    (called.attribute.id === 'mapped' || called.attribute.id === 'mapped_as_dataclass');
  const argument = decorator.kind === 'call' ? decorator.arguments[0]?.value : undefined;
  const isFunction = mapper.kind === 'library' && lastName(called) === 'mapped_as_dataclass';
  const owner = isMethod ? called.value : isFunction ? argument : undefined;
  const reference = owner && followReference(owner, site);
  if (reference?.kind !== 'variable' || reference.node.value?.kind !== 'call') return null;
  return {
    qualifiedName: reference.qualifiedName,
    door: 'declarative',
    variable: { file: reference.file, value: reference.node.value },
  };
}
