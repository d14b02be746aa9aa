/** Functions of a settings class that make a field's value: `@validator("url", pre=True)`, `@field_validator("url", mode="before")`. */
import { lastName } from '../../python/last-name.ts';
import type { FunctionDefinition } from '../../python/syntax.ts';
import { bodyMembers, type ClassMember } from './class-members.ts';
import { referenceOfName } from './reference.ts';
import type { Site } from './site.ts';

/** Null where the class that declares the field has none for it. */
export function validatorOf(field: string, { owner }: ClassMember, site: Site): FunctionDefinition | null {
  const reference = referenceOfName(owner, site);
  if (reference.kind !== 'class') return null;
  for (const node of bodyMembers(reference.node).values())
    if (node.kind === 'function' && validates(node, field)) return node;
  return null;
}

function validates({ decorators }: FunctionDefinition, field: string): boolean {
  return decorators.some(
    each =>
      each.kind === 'call' &&
      /^(?:field_)?validator$/.test(lastName(each.function) ?? '') &&
      each.arguments.some(({ value }) => value.kind === 'string' && value.value === field),
  );
}
